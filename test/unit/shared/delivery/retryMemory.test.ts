import type { IContextObject } from 'n8n-workflow';

import {
	openRetryMemory,
	type RememberedItem,
} from '../../../../nodes/shared/delivery/retryMemory';
import type { ContactResult, Outcome } from '../../../../nodes/ContactUser/result';
import { resultOf, OUTCOMES } from './resultOf';

/** Sent as long ago as it ended, when not said. */
const ago = (endedAgoMs: number, sentAgoMs = endedAgoMs) => ({ endedAgoMs, sentAgoMs });

const NOW = 1_700_000_000_000;
const APP = '["https://console.tim.qq.com",1400000000]';
const ADA = { userId: 'user-1', customerServiceAccount: '@account' };
const BOB = { userId: 'user-2', customerServiceAccount: '@account' };

let store: IContextObject;
beforeEach(() => {
	store = {};
});

/**
 * The memory as the next try of the execution finds it: n8n has stored it as JSON meanwhile, and the process may be
 * another one, whose clock started at another time.
 */
function open(runIndex = 0, nowMs = NOW, processMs = 777_000, processId = 1) {
	store = JSON.parse(JSON.stringify(store)) as IContextObject;
	return openRetryMemory(
		{ store, runIndex },
		{ unixMs: () => nowMs, processMs: () => processMs, processId },
	);
}

/** Tried just now, by the clock of the process. */
const TRIED = { triedAt: 777_000 };
const withoutTime = ({ triedAt: _time, ...result }: ContactResult) => result;

const unconfirmed = resultOf({ ...TRIED, outcome: 'unconfirmed', errorCode: null, attempts: 2 });
const contacted = resultOf({ ...TRIED, assignedAgent: 'agent@example.com', attempts: 1 });
const notTried: ContactResult = resultOf({ outcome: 'failed', notTried: true, attempts: 0 });

const item = (
	result: ContactResult,
	request = ADA,
	app: string | undefined = APP,
): RememberedItem => ({
	request,
	app,
	result,
});
const unread = (result: ContactResult): RememberedItem => ({ request: ADA, result });

describe('a retry of an execution', () => {
	test('knows whom an earlier try contacted, and how', () => {
		open().remember([item(contacted)]);
		expect(open().recall(ADA, APP)).toEqual({ result: withoutTime(contacted), ...ago(0) });
		expect(open().isEmpty).toBe(false);
	});

	test('knows whose contact stayed unconfirmed, and since when', () => {
		open(0, NOW).remember([item(unconfirmed)]);
		expect(open(0, NOW + 60_000).recall(ADA, APP)).toEqual({
			result: withoutTime(unconfirmed),
			...ago(0, 60_000),
		});
	});

	test('knows a user in whatever row it stands', () => {
		open().remember([item(notTried), item(contacted, BOB)]);
		expect(open().recall(BOB, APP)).toMatchObject({ result: { outcome: 'contacted' } });
		expect(open().recall(ADA, APP)).toBeUndefined();
	});

	test('counts from the end of the try, not of the run', () => {
		open(0, NOW, 777_000).remember([item({ ...unconfirmed, triedAt: 777_000 - 31_500 })]);
		expect(open(0, NOW + 38_500, 5, 2).recall(ADA, APP)).toMatchObject(ago(70_000));
	});

	test('knows when the try was sent, by the clock that says the most', () => {
		const sentAt = { processMs: 777_000 - 10_000, unixMs: NOW - 10_000 };
		open(0, NOW, 777_000).remember([item({ ...unconfirmed, sentAt })]);
		expect(open(0, NOW + 5000, 782_000).recall(ADA, APP)).toMatchObject(ago(5000, 15_000));
		// The computer slept for an hour: the clock of the process stood still.
		const later = NOW + 3_600_000;
		expect(open(0, later, 782_000).recall(ADA, APP)).toMatchObject(ago(5000, 3_610_000));
		expect(open(0, later, 1, 2).recall(ADA, APP)).toMatchObject(ago(3_600_000, 3_610_000));
	});

	test('of an execution that an older version of the node has left, takes the end of the try for its start', () => {
		open(0, NOW).remember([item(unconfirmed)]);
		expect(JSON.stringify(store)).not.toContain('sentAt');
		expect(open(0, NOW + 38_500, 5, 2).recall(ADA, APP)).toMatchObject(ago(38_500));
	});

	test('counts by the clock of its own process when the system was set back meanwhile', () => {
		open(0, NOW, 777_000, 1).remember([item(unconfirmed)]);
		const setBack = NOW - 3_600_000;
		expect(open(0, setBack, 777_000 + 70_000, 1).recall(ADA, APP)).toMatchObject(ago(70_000));
		expect(open(0, setBack, 777_000 + 70_000, 2).recall(ADA, APP)).toMatchObject(ago(0, Infinity));
	});

	test('of several tries of one user that stay in doubt, counts from the end of the last and the start of the first', () => {
		const sentAt = { processMs: 777_000 - 9000, unixMs: NOW - 9000 };
		const earlier = { ...unconfirmed, triedAt: 777_000 - 5000, sentAt };
		const last = { ...unconfirmed, sentAt: { processMs: 777_000 - 1000, unixMs: NOW - 1000 } };
		open().remember([item(earlier), item(last), item(earlier)]);
		expect(open().recall(ADA, APP)).toMatchObject(ago(0, 9000));
	});

	test('of several rows of one user, remembers the contact rather than the doubt, and the doubt rather than a refusal', () => {
		const busy = resultOf({ ...TRIED, outcome: 'agentUnavailable' });
		open().remember([item(busy), item(unconfirmed), item(contacted), item(busy)]);
		expect(open().recall(ADA, APP)).toMatchObject({ result: { outcome: 'contacted' } });
		store = {};
		open().remember([item(busy), item(unconfirmed), item(busy)]);
		expect(open().recall(ADA, APP)).toMatchObject({ result: { outcome: 'unconfirmed' } });
	});

	test('of however many rows of one user that stay in doubt', () => {
		const sentAt = { processMs: 777_000 - 1000, unixMs: NOW - 1000 };
		open().remember(new Array<RememberedItem>(200_000).fill(item({ ...unconfirmed, sentAt })));
		expect(open().recall(ADA, APP)).toMatchObject(ago(0, 1000));
	});

	test('replays no other outcome, since its cause may be mended', () => {
		const others = OUTCOMES.filter((outcome) => !['contacted', 'unconfirmed'].includes(outcome));
		for (const outcome of others) {
			store = {};
			open().remember([item(resultOf({ ...TRIED, outcome }))]);
			expect(open().recall(ADA, APP)).toBeUndefined();
			expect(open().isEmpty).toBe(true);
		}
	});

	test.each([
		['user', { userId: 'user-2' }],
		['account', { customerServiceAccount: '@other' }],
	])('takes the same item with another %s for another contact', (_name, field) => {
		open().remember([item(contacted)]);
		expect(open().recall({ ...ADA, ...field }, APP)).toBeUndefined();
	});

	test('takes the same user of another application for another contact', () => {
		open().remember([item(contacted)]);
		expect(open().recall(ADA, '["https://console.tim.qq.com",1400000001]')).toBeUndefined();
	});

	test('knows the user also while it cannot tell the application, since the credential cannot be read', () => {
		open().remember([item(contacted)]);
		expect(open().recall(ADA, undefined)).toMatchObject({ result: withoutTime(contacted) });
		expect(open().recall(BOB, undefined)).toBeUndefined();
	});

	test('does not mistake fields that only read the same when joined', () => {
		const joined = { userId: 'a', customerServiceAccount: 'b","c' };
		open().remember([item(contacted, joined)]);
		const other = { userId: 'a","b', customerServiceAccount: 'c' };
		expect(open().recall(other, APP)).toBeUndefined();
	});

	test('takes a try of the future, by the clock of another process, for one of any time', () => {
		open(0, NOW + 60_000).remember([item(unconfirmed)]);
		expect(open(0, NOW, 5, 2).recall(ADA, APP)).toMatchObject(ago(0, Infinity));
	});

	test('in a loop, another run of the node is another batch', () => {
		open(3).remember([item(contacted)]);
		expect(open(3).recall(ADA, APP)).toBeDefined();
		expect(open(2).recall(ADA, APP)).toBeUndefined();
		expect(open(2).isEmpty).toBe(true);
	});
});

describe('a second try that ends in an error as well', () => {
	test('still knows the items that it did not come to', () => {
		const eve = { ...ADA, userId: 'user-3' };
		open(0, NOW).remember([item(contacted), item(unconfirmed, BOB), item(notTried, eve)]);
		const fewer = new Array<RememberedItem>(3);
		fewer[2] = item(contacted, eve);
		open(0, NOW + 5000).remember(fewer.filter(Boolean));
		const third = open(0, NOW + 9000);
		expect(third.recall(ADA, APP)).toEqual({ result: withoutTime(contacted), ...ago(0, 9000) });
		expect(third.recall(BOB, APP)).toEqual({ result: withoutTime(unconfirmed), ...ago(0, 9000) });
		expect(third.recall(eve, APP)).toEqual({ result: withoutTime(contacted), ...ago(0, 4000) });
	});

	test('still knows an item that it did not try, since it was stopped before', () => {
		open().remember([item(contacted)]);
		open().remember([item(notTried)]);
		expect(open().recall(ADA, APP)).toMatchObject({ result: withoutTime(contacted) });
	});

	test('still knows an item whose parameters or credential it could not read any more', () => {
		open().remember([item(contacted)]);
		open().remember([unread(resultOf({ outcome: 'configurationError' }))]);
		expect(open().recall(ADA, APP)).toMatchObject({ result: withoutTime(contacted) });
	});

	test('keeps the time of a try of which it found out nothing new', () => {
		open(0, NOW).remember([item(unconfirmed)]);
		open(0, NOW + 60_000).remember([item({ ...unconfirmed, fromEarlierTry: true })]);
		expect(open(0, NOW + 60_000).recall(ADA, APP)).toMatchObject(ago(0, 60_000));
	});

	test.each<Outcome>(['agentUnavailable', 'configurationError', 'userUnavailable', 'failed'])(
		'forgets an unconfirmed item that has now turned out to be %s',
		(outcome) => {
			open().remember([item(unconfirmed)]);
			open().remember([item(resultOf({ ...TRIED, outcome }))]);
			expect(open().isEmpty).toBe(true);
		},
	);

	test('knows an unconfirmed item that has now been contacted as contacted', () => {
		open().remember([item(unconfirmed)]);
		open().remember([item(contacted)]);
		expect(open().recall(ADA, APP)).toMatchObject({ result: { outcome: 'contacted' } });
	});
});

test('a run that ends normally leaves nothing behind', () => {
	open().remember([item(contacted)]);
	open().forget();
	expect(store).toEqual({});
	expect(open().isEmpty).toBe(true);
});

test('what other parts of n8n keep in the same place is left alone', () => {
	store = { noItemsLeft: true };
	open().remember([item(contacted)]);
	expect(store).toMatchObject({ noItemsLeft: true });
	open().forget();
	expect(store).toEqual({ noItemsLeft: true });
});

test('what is stored tells how it ended, but not of whom', () => {
	open().remember([item(contacted), item(notTried, BOB)]);
	const stored = JSON.stringify(store);
	for (const named of ['user-1', 'user-2', '@account', '1400000000', 'console.tim'])
		expect(stored).not.toContain(named);
	const [runs] = Object.values(store) as Array<Record<string, Record<string, object[]>>>;
	expect(Object.keys(store)).toHaveLength(1);
	expect(Object.keys(runs)).toEqual(['0']);
	const [kept] = Object.values(runs['0']);
	expect(Object.keys(runs['0'])).toHaveLength(1);
	expect(kept).toEqual([
		{
			...{ appHash: expect.any(String), result: withoutTime(contacted), triedAt: NOW },
			...{ processId: 1, processTriedAt: 777_000 },
		},
	]);
});

test('nothing is remembered where n8n gives no place for it, as for a tool', () => {
	const clocks = { unixMs: () => NOW, processMs: () => 0, processId: 1 };
	const memory = openRetryMemory(undefined, clocks);
	memory.remember([item(contacted)]);
	expect(memory.isEmpty).toBe(true);
	expect(openRetryMemory(undefined, clocks).isEmpty).toBe(true);
	expect(() => memory.forget()).not.toThrow();
});
