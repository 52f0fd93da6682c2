import { sleep } from 'n8n-workflow';

import type { Simulator } from '../../simulator/contract';
import { startSimulator } from '../../simulator/server';
import { byId, parameters, reportsOf, startAnew } from '../engine/desk';
import type { NodeRun, NodeSetup } from '../engine/harness';
import { runWithRetries } from './batch';
import { MAX_RETRIES, type Cell } from './cells';
import { mayKeepMemoryFor, lostBy, statementsOf, violationsOfAll, type JudgedBatch } from './judge';
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

/** Runs one cell; when it stopped, presses Retry, and holds all that ran against the ledger. */
export async function runCell(cell: Cell, stalls: Stalls): Promise<CellResult> {
	const startedAt = performance.now();
	const simulator = await startSimulator();
	// The node remembers for a minute which users of an application are in doubt.
	startAnew(simulator);
	const elsewhere = await cell.prepare(simulator);
	try {
		const early: string[] = [];
		const onTry = async (tried: JudgedBatch) => {
			early.push(...(await violationsSoFar(cell, tried, simulator)));
		};
		const batches = await runAll(cell, setupOf(cell, simulator, elsewhere?.baseUrl), onTry);
		if (cell.commitsLate) await sleep(SETTLED_AFTER_MS);
		const runs = batches.flatMap(({ tries }) => tries);
		// Of each execution, the last try is what stands.
		const final = batches.map(({ tries, ...batch }): JudgedBatch => ({
			...batch,
			run: tries[tries.length - 1],
		}));
		const reports = final.flatMap(({ run }) => reportsOf(run.outputs.flat()));
		// Beside others, what becomes of a user depends on them.
		const alone = cell.company === 'alone' ? runs : [];
		return {
			strained: stalls.longestSince(startedAt) > cell.timeout / 2,
			runs: runs.length,
			items: batches.reduce((sum, { tries, userIds }) => sum + tries.length * userIds.length, 0),
			violations: [...early, ...violationsOfAll(final, simulator.ledger)],
			unexpected: [
				...alone.flatMap((run, turn) => unexpectedIn(cell, run, turn)),
				...followedRedirects(simulator),
			],
			contacted: reports.filter(({ outcome }) => outcome === 'contacted').length,
			unconfirmed: reports.filter(({ outcome }) => outcome === 'unconfirmed').length,
		};
	} finally {
		await Promise.all([simulator.close(), elsewhere?.close()]);
	}
}

/** One execution: its first try, and a second one when that failed. */
interface Execution extends Omit<JudgedBatch, 'run'> {
	tries: NodeRun[];
}

type OnTry = (tried: JudgedBatch) => Promise<void>;

/** What is wrong when a try has ended. What else goes on may have made contacts that it cannot know of. */
async function violationsSoFar(cell: Cell, tried: JudgedBatch, { ledger }: Simulator) {
	if (cell.company !== 'alone') return lostBy(tried);
	if (cell.commitsLate) await sleep(SETTLED_AFTER_MS);
	return violationsOfAll([tried], ledger);
}

async function runAll(cell: Cell, setup: NodeSetup, onTry: OnTry): Promise<Execution[]> {
	const batch = async (more: Partial<NodeSetup> = {}) =>
		await runWithRetry({ ...setup, ...more }, onTry);
	const { items = [] } = setup;
	const again = items.filter((_item, i) => !cell.users[i].onlyOnce);
	switch (cell.company) {
		case 'alone':
			return [await batch()];
		case 'batchAtOnce':
			return await Promise.all([batch(), batch({ items: [...again].reverse(), node: CONTINUE })]);
		case 'batchAfterwards':
			return [await batch(), await batch({ items: again, node: CONTINUE })];
		case 'toolCallsAtOnce': {
			const faulty = again.filter(({ userId }) => !String(userId).startsWith('clean')).slice(0, 3);
			const calls = faulty.flatMap((item) => [item, item]);
			return await Promise.all([
				batch(),
				...calls.map(async (item) => await batch({ items: [item], node: AS_TOOL })),
			]);
		}
	}
}

const CONTINUE = { onError: 'continueRegularOutput' as const };
const AS_TOOL = { type: 'n8n-nodes-tencent-desk.contactUserTool' };

async function runWithRetry(setup: NodeSetup, onTry: OnTry): Promise<Execution> {
	const { items = [] } = setup;
	const userIds = items.map(({ userId }) => String(userId));
	const mayKeepMemory = mayKeepMemoryFor(setup);
	const tries = await runWithRetries(setup, 1, async (run) => {
		await onTry({ run, userIds, mayKeepMemory });
	});
	return { tries, userIds, mayKeepMemory };
}

function setupOf(cell: Cell, simulator: Simulator, elsewhere?: string): NodeSetup {
	return {
		items: cell.users.map(({ userId, lot, group = '' }) => ({
			userId,
			group,
			baseUrl: lot === 'elsewhere' ? elsewhere : simulator.url,
		})),
		parameters: parameters(
			{ agentGroup: byId('={{ $json.group }}') },
			{
				maxRetries: MAX_RETRIES,
				concurrency: cell.concurrency,
				timeout: cell.timeout,
				singleOutput: cell.singleOutput,
			},
		),
		node: {
			onError: cell.onError,
			retryOnFail: cell.maxTries > 1,
			maxTries: cell.maxTries,
			waitBetweenTries: 1,
		},
		credential: { ...simulator.credential, baseUrl: '={{ $json.baseUrl }}' },
	};
}

/** Of the first row of each user; those that come again depend on what became of it. */
function unexpectedIn(cell: Cell, run: NodeRun, turn: number): string[] {
	// A stopped run reports nothing, and keeps for its retry who was contacted or may have been.
	const kept =
		run.error &&
		statementsOf(
			run,
			cell.users.map(({ userId }) => userId),
		);
	const reports = kept ? [] : reportsOf(run.outputs.flat());
	const isLaterTry = turn > 0 || cell.maxTries > 1;
	return cell.users.flatMap(({ userId, lot, group }) => {
		if (group !== undefined) return [];
		const outcomes =
			kept?.get(userId) ??
			reports
				.filter((report) => report.userId === userId && report.agentGroup === null)
				.map(({ outcome }) => String(outcome));
		const expected = cell.expected[lot] ?? '';
		// Whoever surely was not contacted is asked for again, and may not meet the fault again.
		const allowed =
			isLaterTry && expected !== 'unconfirmed' ? `${expected} or contacted` : expected;
		const isTold = kept !== undefined || outcomes.length > 0;
		return isTold && outcomes.every((outcome) => allowed.includes(outcome))
			? []
			: [`${userId} is ${outcomes.join()} instead of ${allowed}`];
	});
}

const followedRedirects = ({ requests }: Simulator): string[] =>
	requests.filter(({ command }) => command === 'redirected').map(() => 'a redirect was followed');
