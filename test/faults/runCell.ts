import { sleep, type IDataObject } from 'n8n-workflow';

import type { Simulator } from '../../simulator/contract';
import { startSimulator } from '../../simulator/server';
import { parameters, reportsOf } from '../engine/desk';
import {
	retryRun,
	runContactUser,
	type ContactUserRun,
	type ContactUserSetup,
} from '../engine/harness';
import { MAX_RETRIES, type Cell } from './cells';
import { violationsOf } from './judge';
import type { Stalls } from './stalls';

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

/** The simulator's late commits are made by then. */
const SETTLED_AFTER_MS = 2600;

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
	if (cell.commitsLate) await sleep(SETTLED_AFTER_MS);
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
