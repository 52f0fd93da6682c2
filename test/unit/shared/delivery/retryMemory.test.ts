import type { IContextObject } from 'n8n-workflow';

import { NOT_TRIED, type Done, type Failed } from '../../../../nodes/shared/delivery/command';
import { openRetryMemory } from '../../../../nodes/shared/delivery/retryMemory';
import { EARLIER } from './scriptedDesk';

/** Sent as long ago as it ended, when not said. */
const ago = (endedAgoMs: number, sentAgoMs = endedAgoMs) => ({ endedAgoMs, sentAgoMs });

const NOW = 1_700_000_000_000;
const APP = '["https://console.tim.qq.com",1400000000]';
const OTHER_APP = '["https://console.tim.qq.com",1400000001]';
const ADA = ['contact', 'user-1', '@account'];
const BOB = ['contact', 'user-2', '@account'];
const EVE = ['contact', 'user-3', '@account'];

let store: IContextObject;
beforeEach(() => {
	store = {};
});

/**
 * The memory as the next try of the execution finds it: n8n has stored it as JSON meanwhile, and the process may be
 * another one, whose clock started at another time.
 */
function open({ runIndex = 0, nowMs = NOW, processMs = 777_000, processId = 1 } = {}) {
	store = JSON.parse(JSON.stringify(store)) as IContextObject;
	return openRetryMemory(
		{ store, runIndex },
		{ unixMs: () => nowMs, processMs: () => processMs, processId },
	);
}
const later = (ms: number) => open({ nowMs: NOW + ms, processMs: 777_000 + ms });
const elsewhere = (ms: number) => open({ nowMs: NOW + ms, processMs: 5, processId: 2 });

type NotedEnded = Parameters<ReturnType<typeof open>['note']>[2];

/** A run of which this became of some items, and which n8n may run again. */
function runOnce(noted: Array<[string[], NotedEnded, app?: string]>, memory = open()): void {
	for (const [identity, ended, app = APP] of noted) memory.note(identity, app, ended);
	memory.keep();
}

/** Tried just now, by the clock of the process. */
const triedAt = 777_000;
const sentBefore = (ms: number) => ({ processMs: triedAt - ms, unixMs: NOW - ms });
const done: Done = {
	...{
		kind: 'done',
		answer: { MemberId: 'agent@example.com' },
		shownBy: 'answer',
		attempts: 1,
		triedAt,
	},
};
const unclear: Failed = { ...EARLIER, triedAt };
const refused: Failed = { ...unclear, mayBeDone: false };
const withoutTime = ({ triedAt: _at, ...ended }: Done | Failed) => ended;

describe('a retry of an execution', () => {
	test('knows what an earlier try did, how, and what stayed unclear, and since when', () => {
		runOnce([
			[ADA, done],
			[BOB, unclear],
			[EVE, NOT_TRIED],
		]);
		expect(later(60_000).recall(ADA, APP)).toEqual({ ended: withoutTime(done), ...ago(60_000) });
		expect(later(60_000).recall(BOB, APP)).toEqual({ ended: withoutTime(unclear), ...ago(60_000) });
		expect(open().recall(EVE, APP)).toBeUndefined();
		expect(open().isEmpty).toBe(false);
	});

	test('counts from the end of the try, not of the run', () => {
		runOnce([[ADA, { ...unclear, triedAt: triedAt - 31_500 }]]);
		expect(elsewhere(38_500).recall(ADA, APP)).toMatchObject(ago(70_000));
	});

	test('knows when the try was sent, by the clock that says the most', () => {
		runOnce([[ADA, { ...unclear, sentAt: sentBefore(10_000) }]]);
		expect(later(5000).recall(ADA, APP)).toMatchObject(ago(5000, 15_000));
		// The computer slept for an hour: the clock of the process stood still.
		const slept = open({ nowMs: NOW + 3_600_000, processMs: 782_000 });
		expect(slept.recall(ADA, APP)).toMatchObject(ago(5000, 3_610_000));
		expect(elsewhere(3_600_000).recall(ADA, APP)).toMatchObject(ago(3_600_000, 3_610_000));
	});

	test('takes the end of a try whose start was not kept for its start', () => {
		runOnce([[ADA, unclear]]);
		expect(elsewhere(38_500).recall(ADA, APP)).toMatchObject(ago(38_500));
	});

	test('counts by the clock of its own process when the system was set back; in another one, it may have been at any time', () => {
		runOnce([[ADA, unclear]]);
		const nowMs = NOW - 3_600_000;
		const own = open({ nowMs, processMs: 777_000 + 70_000 });
		expect(own.recall(ADA, APP)).toMatchObject(ago(70_000));
		expect(open({ nowMs, processId: 2 }).recall(ADA, APP)).toMatchObject(ago(0, Infinity));
	});

	test('of several tries that stay unclear counts from the end of the last and the start of the first', () => {
		const earlier = { ...unclear, triedAt: triedAt - 5000, sentAt: sentBefore(9000) };
		const last = { ...unclear, sentAt: sentBefore(1000) };
		runOnce([earlier, last, earlier].map((ended) => [ADA, ended]));
		expect(open().recall(ADA, APP)).toMatchObject(ago(0, 9000));
	});

	test('of however many rows', () => {
		const ended = { ...unclear, sentAt: sentBefore(1000) };
		runOnce(Array.from({ length: 200_000 }, () => [ADA, ended]));
		expect(open().recall(ADA, APP)).toMatchObject(ago(0, 1000));
	});

	test.each([
		['what was done rather than what is unclear', [refused, unclear, done, refused], done],
		['what is unclear rather than a refusal', [refused, unclear, refused], unclear],
	])('of several rows of the same remembers %s', (_what, rows, kept) => {
		runOnce(rows.map((ended) => [ADA, ended]));
		expect(open().recall(ADA, APP)?.ended).toEqual(withoutTime(kept));
	});

	test('does again what surely failed, since its cause may be mended', () => {
		runOnce([[ADA, refused]]);
		expect(open().recall(ADA, APP)).toBeUndefined();
		expect(open().isEmpty).toBe(true);
	});

	test.each([
		['another user', BOB, APP],
		['another account', ['contact', 'user-1', '@other'], APP],
		['what only reads the same when joined', ['contact', 'user-1","@account'], APP],
		['another application', ADA, OTHER_APP],
	])('takes %s for another one', (_name, identity, app) => {
		runOnce([[ADA, done]]);
		expect(open().recall(identity, app)).toBeUndefined();
		runOnce([[ADA, unclear, OTHER_APP]]);
		expect([APP, OTHER_APP].map((of) => open().recall(ADA, of)?.ended.kind)).toEqual([
			'done',
			'failed',
		]);
	});

	test('knows it also while it cannot tell the application, since the credential cannot be read', () => {
		runOnce([[ADA, done]]);
		expect(open().recall(ADA, undefined)?.ended).toEqual(withoutTime(done));
		expect(open().recall(BOB, undefined)).toBeUndefined();
	});

	test('in a loop, another run of the node is another batch', () => {
		runOnce([[ADA, done]], open({ runIndex: 3 }));
		expect(open({ runIndex: 3 }).recall(ADA, APP)).toBeDefined();
		expect(open({ runIndex: 2 }).isEmpty).toBe(true);
	});
});

describe('a second try that ends in an error as well', () => {
	test.each<[string, NotedEnded | undefined]>([
		['it did not come to, or could not read any more', undefined],
		['it did not try, since it was stopped before', NOT_TRIED],
		['it found out nothing new about', { ...unclear, fromEarlierTry: true }],
	])('still knows what %s, and since when', (_what, ended) => {
		runOnce([
			[ADA, done],
			[BOB, unclear],
		]);
		runOnce(ended ? [ADA, BOB].map((identity) => [identity, ended]) : [[EVE, done]], later(5000));
		expect(later(9000).recall(ADA, APP)).toEqual({ ended: withoutTime(done), ...ago(9000) });
		expect(later(9000).recall(BOB, APP)).toEqual({ ended: withoutTime(unclear), ...ago(9000) });
	});

	test('knows better what has turned out meanwhile', () => {
		runOnce([
			[ADA, unclear],
			[BOB, unclear],
		]);
		runOnce([
			[ADA, done],
			[BOB, refused],
		]);
		expect(open().recall(ADA, APP)?.ended.kind).toBe('done');
		expect(open().recall(BOB, APP)).toBeUndefined();
	});
});

test('a run that n8n does not come back to leaves nothing, and what others keep in the same place is left alone', () => {
	store = { noItemsLeft: true };
	runOnce([[ADA, done]]);
	expect(store).toMatchObject({ noItemsLeft: true });
	open().forget();
	expect(store).toEqual({ noItemsLeft: true });
});

test('what is stored tells how it ended, but not of whom', () => {
	runOnce([
		[ADA, done],
		[BOB, NOT_TRIED],
	]);
	const stored = JSON.stringify(store);
	for (const named of ['user-1', 'user-2', '@account', '1400000000', 'console.tim'])
		expect(stored).not.toContain(named);
	const hash = expect.stringMatching(/^[\w+/]{43}=$/);
	const kept = { appHash: hash, ended: withoutTime(done), triedAt: NOW };
	expect(Object.values(store)).toEqual([
		{
			0: {
				[Object.keys(Object.values(store)[0]['0'])[0]]: [
					{ ...kept, processId: 1, processTriedAt: triedAt },
				],
			},
		},
	]);
});

test('nothing is remembered where n8n gives no place for it, as for a tool', () => {
	const clocks = { unixMs: () => NOW, processMs: () => 0, processId: 1 };
	runOnce([[ADA, done]], openRetryMemory(undefined, clocks));
	expect(openRetryMemory(undefined, clocks).isEmpty).toBe(true);
});
