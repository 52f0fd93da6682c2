import type { IDataObject } from 'n8n-workflow';

import type { Simulator, Step } from '../../simulator/contract';
import { startSimulator } from '../../simulator/server';
import { ON_ERROR_MODES, parameters, reportsOf, type OnError } from '../engine/desk';
import {
	retryRun,
	runContactUser,
	type ContactUserRun,
	type ContactUserSetup,
} from '../engine/harness';
import type { FaultKind } from './faultKinds';
import type { FaultyServer, StartedServer } from './faultyServers';
import { violationsOf } from './judge';
import type { watchForStalls } from './stalls';

/** How a user of a batch fares: never meets the fault, meets it once, with every request, or unseen. */
export type Lot = 'clean' | 'once' | 'always' | 'blind' | 'elsewhere';

export interface Cell {
	fault: string;
	onError: OnError;
	concurrency: number;
	/** Milliseconds. Short only where a time-out is waited for: a busy machine may be late by a second. */
	timeout: number;
	users: Array<{ userId: string; lot: Lot }>;
	/** What is to become of each lot when every item is reported. */
	expected: Partial<Record<Lot, string>>;
	/** Starts whatever the cell needs, and gives the address of the users of the lot `elsewhere`. */
	prepare(simulator: Simulator): Promise<StartedServer | undefined>;
}

export interface CellResult {
	/** The machine stood still for long enough to make a time-out of its own. */
	strained: boolean;
	runs: number;
	items: number;
	/** Against the four invariants. */
	violations: string[];
	/** Reports that are true, but not what the fault calls for. */
	unexpected: string[];
	contacted: number;
	unconfirmed: number;
}

const MAX_RETRIES = 1;
/** The simulator's late commits are made by then. */
const SETTLED_AFTER_MS = 2600;

const CONCURRENCIES = [1, 10];
const LOTS: Record<number, Lot[]> = {
	1: 'clean clean once clean clean clean blind clean always clean clean clean'.split(' ') as Lot[],
	10: (
		'clean clean once clean once clean always clean once blind ' +
		'clean always clean clean once clean blind clean clean clean'
	).split(' ') as Lot[],
};
const UNREADABLE_SESSIONS: Step[] = [
	{ fault: 'html' },
	{ fault: 'reset' },
	{ fault: 'http502' },
	{ answer: 70500 },
	{ fault: 'empty' },
];

const timeoutOf = ({ timesOut }: { timesOut?: true }): number => (timesOut ? 2000 : 10_000);

/** All modes and concurrencies of a fault. `turn` makes the cells differ in who comes first. */
function everyWay<T>(make: (onError: OnError, concurrency: number, turn: number) => T): T[] {
	return ON_ERROR_MODES.flatMap((onError, mode) =>
		CONCURRENCIES.map((concurrency, way) => make(onError, concurrency, mode * 2 + way)),
	);
}

function rotate<T>(list: T[], by: number): T[] {
	return list.map((_entry, index) => list[(index + by) % list.length]);
}

export function cellsOf(kind: FaultKind, number: number): Cell[] {
	return everyWay((onError, concurrency, turn) => {
		const users = rotate(LOTS[concurrency], number + turn).map((lot, i) => ({
			userId: `${lot}-${i}`,
			lot,
		}));
		const unreadable: Step = kind.timesOut
			? { fault: 'hang' }
			: UNREADABLE_SESSIONS[(number + turn) % UNREADABLE_SESSIONS.length];
		return {
			fault: kind.name,
			onError,
			concurrency,
			timeout: timeoutOf(kind),
			users,
			expected: { clean: 'contacted', once: kind.once, always: kind.always, blind: kind.blind },
			async prepare(simulator) {
				for (const { userId, lot } of users) {
					const times = { clean: 0, once: 1, blind: 1, always: MAX_RETRIES + 1, elsewhere: 0 }[lot];
					simulator.plan(userId, ...Array<Step>(times).fill(kind.step));
					if (lot === 'blind') simulator.planSession(userId, ...Array<Step>(8).fill(unreadable));
				}
				return undefined;
			},
		};
	});
}

export function cellsOfServer(server: FaultyServer, number: number): Cell[] {
	return everyWay((onError, concurrency, turn) => ({
		fault: server.name,
		onError,
		concurrency,
		timeout: timeoutOf(server),
		users: rotate(LOTS[concurrency], number + turn).map((planned, i) => {
			const lot = planned === 'clean' ? 'clean' : 'elsewhere';
			return { userId: `${lot}-${i}`, lot };
		}),
		expected: { clean: 'contacted', elsewhere: server.outcome },
		prepare: server.start,
	}));
}

export type Stalls = ReturnType<typeof watchForStalls>;

/** Runs one cell; when it stopped, presses Retry, and holds both tries against the ledger. */
export async function runCell(cell: Cell, stalls: Stalls): Promise<CellResult> {
	const startedAt = performance.now();
	const simulator = await startSimulator();
	const elsewhere = await cell.prepare(simulator);
	try {
		const setup = setupOf(cell, simulator, elsewhere?.baseUrl);
		const first = await runContactUser(setup);
		const result = await judgeRun(cell, first, simulator);
		const strained = stalls.longestSince(startedAt) > cell.timeout / 2;
		if (first.error === undefined) return { ...result, strained };

		const second = await judgeRun(cell, await retryRun(first.run, setup), simulator);
		return {
			...second,
			strained,
			runs: 2,
			violations: [...result.violations, ...second.violations.map((text) => `on Retry: ${text}`)],
		};
	} finally {
		await Promise.all([simulator.close(), elsewhere?.close()]);
	}
}

function setupOf(cell: Cell, simulator: Simulator, elsewhere?: string): ContactUserSetup {
	return {
		items: cell.users.map(({ userId, lot }) => ({
			userId,
			baseUrl: lot === 'elsewhere' ? elsewhere : simulator.url,
		})),
		parameters: parameters(
			{},
			{ maxRetries: MAX_RETRIES, concurrency: cell.concurrency, timeout: cell.timeout },
		),
		node: { onError: cell.onError },
		credential: { ...simulator.credential, baseUrl: '={{ $json.baseUrl }}' },
	};
}

async function judgeRun(
	cell: Cell,
	run: ContactUserRun,
	simulator: Simulator,
): Promise<Omit<CellResult, 'strained'>> {
	if (cell.fault.includes('later')) {
		await new Promise((resolve) => setTimeout(resolve, SETTLED_AFTER_MS));
	}
	const reports = reportsOf(run.outputs.flat());
	const userIds = cell.users.map(({ userId }) => userId);
	return {
		runs: 1,
		items: userIds.length,
		violations: violationsOf(run, userIds, simulator.ledger),
		unexpected: cell.onError === 'stopWorkflow' ? [] : unexpectedIn(cell, reports, simulator),
		contacted: reports.filter(({ outcome }) => outcome === 'contacted').length,
		unconfirmed: reports.filter(({ outcome }) => outcome === 'unconfirmed').length,
	};
}

function unexpectedIn(cell: Cell, reports: IDataObject[], { requests }: Simulator): string[] {
	const wrong = cell.users.flatMap(({ userId, lot }) => {
		const outcome = reports.find((report) => report.userId === userId)?.outcome;
		const expected = cell.expected[lot];
		return expected?.includes(String(outcome))
			? []
			: [`${userId} is ${String(outcome)} instead of ${expected}`];
	});
	const followed = requests.filter(({ command }) => command === 'redirected').length;
	return [...wrong, ...(followed > 0 ? [`${followed} redirects were followed`] : [])];
}
