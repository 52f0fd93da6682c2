import './quiet';

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import type { IDataObject } from 'n8n-workflow';

import type { Simulator, Step } from '../../simulator/contract';
import { byId, startAnew } from '../engine/desk';
import { numberedUsers, setupOf, withSimulator } from './batch';
import { printFigures } from './figures';
import { RUNS_ALL } from './howMuch';
import { statementsOf, violationsOf } from './judge';
import { runLoop, turnOf } from './nodeInLoop';

/*
 * What the soak assumes: one run, one account, faults that take little time themselves. What it varies: the fault, and
 * users that come again, in the same and in another group, anywhere in the batch.
 */
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes in use on the heap, after everything that nobody holds is gone. */
function heapInUse(): number {
	collectGarbage();
	return process.memoryUsage().heapUsed;
}
const megabytes = (bytes: number): number => Math.round(bytes / 2 ** 20);

const ITEMS = RUNS_ALL ? 20_000 : 2500;
const REPEATED_SHARE = 0.02;
const OTHER_GROUP_SHARE = 0.005;
const FAULTY_SHARE = 0.05;
const CONCURRENCY = 150;
const SAMPLE_EVERY = ITEMS / 10;
/** From a quarter of the run to its end: at most 15,000 reports, and the ledger and the log of the simulator. */
const MOST_GROWTH_MB = 40;
/** When all of that is gone. */
const MOST_LEFT_MB = 15;
const LONGEST_MS = 600_000;

/** Mostly faults that take no time themselves; a rate limit slows everybody down, so there are few. */
const FAULTS: Array<[weight: number, step: Step]> = [
	[20, { fault: 'reset' }],
	[15, { fault: 'reset', commit: true }],
	[15, { fault: 'http502' }],
	[10, { fault: 'http502', commit: true }],
	[10, { fault: 'halfBody', commit: true }],
	[10, { fault: 'html' }],
	[10, { answer: 141002 }],
	[5, { answer: 60008 }],
	[3, { fault: 'hang', commit: true }],
	[1, { fault: 'hang' }],
	[1, { answer: 60007 }],
];
const DRAWER = FAULTS.flatMap(([weight, step]) => Array<Step>(weight).fill(step));

type Item = { userId: string; group: number | '' };

/** As many items, some of which name a user that another one has named. */
function someRepeated(): Item[] {
	const place = () => Math.floor(Math.random() * ITEMS);
	const items = numberedUsers(ITEMS).map((user): Item => ({ ...user, group: '' }));
	return items.map((item) => {
		const drawn = Math.random();
		if (drawn < OTHER_GROUP_SHARE) return { ...items[place()], group: 1002 };
		return drawn < REPEATED_SHARE ? items[place()] : item;
	});
}

function planFaults(simulator: Simulator): number {
	const unlucky = numberedUsers(ITEMS).filter(() => Math.random() < FAULTY_SHARE);
	for (const { userId } of unlucky) {
		simulator.plan(userId, DRAWER[Math.floor(Math.random() * DRAWER.length)]);
	}
	return unlucky.length;
}

async function contactAll(simulator: Simulator, items: IDataObject[]) {
	const base = setupOf(simulator, items, {
		requestsPerSecond: 0,
		concurrency: CONCURRENCY,
		timeout: 5000,
	});
	const agentGroup = byId('={{ $json.group }}');
	const setup = { ...base, parameters: { ...base.parameters, agentGroup } };
	return turnOf(await runLoop({ batches: [items], setup }), 0);
}

/** Runs the batch and tells what came of it; holds on to nothing of the run. */
async function soak(simulator: Simulator, items: Item[]) {
	const startedAt = Date.now();
	const run = await contactAll(simulator, items);
	const seconds = (Date.now() - startedAt) / 1000;
	const userIds = items.map(({ userId }) => userId);
	const outcomes: Record<string, number> = {};
	for (const [outcome] of statementsOf(run, userIds).values()) {
		outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
	}
	return { seconds, outcomes, violations: violationsOf(run, userIds, simulator.ledger) };
}

it(
	`${ITEMS} items with 5 % faults: nobody is contacted twice or forgotten, and the memory stays flat`,
	async () => {
		const heaps: number[] = [];
		let served = 0;
		const onRequest = () => {
			if (++served % SAMPLE_EVERY === 0) heaps.push(heapInUse());
		};
		await withSimulator({ onRequest }, async (simulator) => {
			// Loads and compiles whatever is loaded and compiled once.
			await contactAll(simulator, numberedUsers(500));
			startAnew(simulator);
			const items = someRepeated();
			const heapBefore = heapInUse();
			const rssBefore = process.memoryUsage.rss();
			const faults = planFaults(simulator);
			heaps.length = 0;

			const { seconds, outcomes, violations } = await soak(simulator, items);

			const rssAfter = process.memoryUsage.rss();
			const requests = simulator.requests.length;
			simulator.reset();
			const heapAfter = heapInUse();
			const early = heaps[Math.floor(heaps.length / 4)];
			const late = heaps[heaps.length - 1];
			printFigures('Soak', [
				{
					items: ITEMS,
					faults,
					requests,
					...outcomes,
					violations: violations.length,
					seconds: Math.round(seconds),
					'items/s': Math.round(ITEMS / seconds),
					'RSS MB': `${megabytes(rssBefore)} -> ${megabytes(rssAfter)}`,
					'heap MB': [heapBefore, ...heaps, heapAfter].map(megabytes).join(' '),
				},
			]);
			expect(violations).toEqual([]);
			expect(outcomes.contacted).toBeGreaterThan(
				new Set(items.map(({ userId }) => userId)).size * 0.98,
			);
			expect(megabytes(late - early)).toBeLessThan(MOST_GROWTH_MB);
			expect(megabytes(heapAfter - heapBefore)).toBeLessThan(MOST_LEFT_MB);
		});
	},
	LONGEST_MS,
);
