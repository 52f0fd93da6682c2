import type { IExecuteFunctions } from 'n8n-workflow';

import type { DeskContext, DeskCredential } from '../desk/callDesk';
import type { Finding } from '../desk/judge';
import { createScheduler, type Scheduler, type Slot } from '../sending/scheduler';
import { newSignal } from '../sending/waiting';
import { failedBy, NOT_TRIED, type Ended, type Failed } from './command';
import { applicationOf, cancelSignalOf, CLOCK } from './process';
import type { RetryMemory } from './retryMemory';

export interface RunSettings {
	/** Most requests in flight at once. */
	concurrency: number;
	/** Most starts per second of an application; 0 means no pace. */
	requestsPerSecond: number;
	/** How often one command is sent again after the first time. */
	maxRetries: number;
	/** Milliseconds for one answer. */
	timeoutMs: number;
}

/** Most commands allow 200 per second (https://cloud.tencent.com/document/product/269/93324); 5 % under it loses nothing. */
export const DEFAULT_REQUESTS_PER_SECOND = 190;

const HALT_SLICE_MS = 250;

/** Tencent itself gives up after 3 s: https://cloud.tencent.com/document/product/269/1519 */
export const DEFAULT_SETTINGS: RunSettings = {
	// As many as the pace brings under way where an answer takes a second.
	concurrency: 200,
	requestsPerSecond: DEFAULT_REQUESTS_PER_SECOND,
	maxRetries: 3,
	timeoutMs: 10_000,
};

/** One run of a node. */
export interface Run {
	context: DeskContext;
	settings: RunSettings;
	scheduler: Scheduler<Finding>;
	/** Undefined: what was done is remembered for no later run. */
	memory?: RetryMemory;
	/** Told of how a command ended, before anything else may be sent because of it. */
	onEnded(ended: Ended, itemIndex: number): void;
}

/** An item that is being worked on. */
export interface Item {
	index: number;
	slot: Slot;
	run: Run;
	/** What the items before this one have taken a place for, they have: changes of one key keep the order of the items. */
	afterThoseBefore: Promise<unknown>;
	/** Lets those behind go on. */
	letNext(): void;
	/** Whether something was sent for it that changes something. */
	hasSentChange?: true;
}

/** An item's way to Desk. */
export interface Line {
	item: Item;
	credential: DeskCredential;
}

export function openRun(
	context: DeskContext,
	settings: RunSettings,
	{ memory, onEnded = () => {} }: Partial<Pick<Run, 'memory' | 'onEnded'>> = {},
): Run {
	const scheduler = createScheduler<Finding>(settings, {
		clock: CLOCK,
		applicationOf,
		cancelSignal: cancelSignalOf(context),
	});
	return { context, settings, scheduler, memory, onEnded };
}

/**
 * Works through the items of a run, and fills in how each ended. Never rejects: n8n answers a throw under On Error =
 * Continue by sending all inputs on as if all was well.
 * @param records one for each item; `work` may fill in more of its own
 */
export async function forEachItem<Worked extends { ended: Ended }>(
	run: Run,
	records: Worked[],
	work: (item: Item, record: Worked) => Promise<Ended>,
): Promise<void> {
	const { scheduler, memory } = run;
	let before: Promise<unknown> = Promise.resolve();
	await scheduler.forEach(records.length, async (index, slot) => {
		const record = records[index] as Worked;
		const next = newSignal();
		const afterThoseBefore = before;
		before = before.then(async () => await next.given);
		const item: Item = { index, slot, run, afterThoseBefore, letNext: next.give };
		try {
			// What an earlier run did is told also by a run that has been stopped.
			const isOver = scheduler.halted.isGiven() && memory?.isEmpty !== false;
			record.ended = isOver ? NOT_TRIED : await work(item, record);
		} catch (error) {
			logDefect(run.context, index, error);
			record.ended = unexpected(item.hasSentChange === true);
		}
		next.give();
		run.onEnded(record.ended, index);
	});
	scheduler.close();
}

/**
 * For what has no items: gives `work` a way to Desk.
 * @param budgetMs after which nothing more is sent; by default there is no such time
 */
export async function withLine<Result>(
	context: DeskContext,
	credential: DeskCredential,
	settings: RunSettings,
	work: (line: Line) => Promise<Result>,
	budgetMs = Infinity,
): Promise<Result> {
	const run = openRun(context, settings);
	void haltAfter(budgetMs, run);
	const results: Result[] = [];
	try {
		await run.scheduler.forEach(1, async (index, slot) => {
			const item = { index, slot, run, afterThoseBefore: Promise.resolve(), letNext: () => {} };
			results.push(await work({ item, credential }));
		});
		return results[0] as Result;
	} finally {
		run.scheduler.halt();
		run.scheduler.close();
	}
}

/** In slices, so that no timer outlives what it is for. */
async function haltAfter(ms: number, { scheduler }: Run): Promise<void> {
	if (ms === Infinity) return;
	const haltAt = CLOCK.now() + ms;
	for (let left = ms; left > 0 && !scheduler.halted.isGiven(); left = haltAt - CLOCK.now()) {
		await CLOCK.sleep(Math.min(left, HALT_SLICE_MS));
	}
	scheduler.halt();
}

/** A defect of the node itself. */
export function unexpected(mayBeDone: boolean): Failed {
	const message = mayBeDone
		? 'The node failed unexpectedly, so it is not known whether it was done.'
		: 'The node failed unexpectedly, so nothing was changed.';
	const advice = 'Report it to the maintainers of the node.';
	return { ...failedBy({ message, advice }, 'failed'), mayBeDone };
}

/** Logs a defect of a node: where it happened, never what it says, since its text could hold what was sent. */
export function logDefect(context: DeskContext, itemIndex: number, error: unknown): void {
	const name = error instanceof Error ? error.name : typeof error;
	const stack = error instanceof Error ? (error.stack ?? '') : '';
	const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
	const { logger } = context as IExecuteFunctions;
	logger.error(
		[
			`${context.getNode().name} met an unexpected ${name} at item ${itemIndex + 1}`,
			...frames,
		].join('\n'),
	);
}
