import type { Simulator, Step } from '../../simulator/contract';
import { ON_ERROR_MODES, type OnError } from '../engine/desk';
import type { FaultKind } from './faultKinds';
import type { FaultyServer } from './faultyServers';
import type { StartedServer } from './rawServers';

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
	/** A contact may be made after the run has ended. */
	commitsLate: boolean;
	/** Starts whatever the cell needs, and gives the address of the users of the lot `elsewhere`. */
	prepare(simulator: Simulator): Promise<StartedServer | undefined>;
}

/** Per user, in every cell. */
export const MAX_RETRIES = 1;

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
			commitsLate: 'fault' in kind.step && kind.step.fault === 'lateCommit',
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
		commitsLate: false,
		expected: { clean: 'contacted', elsewhere: server.outcome },
		prepare: server.start,
	}));
}
