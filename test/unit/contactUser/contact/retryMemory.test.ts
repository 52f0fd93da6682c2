import type { IContextObject } from 'n8n-workflow';

import {
	openRetryMemory,
	type RememberedItem,
} from '../../../../nodes/ContactUser/contact/retryMemory';
import type { Ending, Outcome } from '../../../../nodes/ContactUser/output/report';
import { endingOf, OUTCOMES } from './endings';

const NOW = 1_700_000_000_000;
const APP = '["https://console.tim.qq.com",1400000000]';
const ADA = { userId: 'user-1', customerServiceAccount: '@account' };
const BOB = { userId: 'user-2', customerServiceAccount: '@account' };

let store: IContextObject;
beforeEach(() => {
	store = {};
});

/** The memory as the next try of the execution finds it: n8n has stored it as JSON meanwhile. */
function open(runIndex = 0, nowMs = NOW) {
	store = JSON.parse(JSON.stringify(store)) as IContextObject;
	return openRetryMemory({ store, runIndex }, () => nowMs);
}

const unconfirmed = endingOf({ outcome: 'unconfirmed', errorCode: null, attempts: 2 });
const contacted = endingOf({ assignedAgent: 'agent@example.com', attempts: 1 });
const notTried: Ending = endingOf({ outcome: 'failed', notTried: true, attempts: 0 });

const item = (ending: Ending, echo = ADA, app: string | undefined = APP): RememberedItem => ({
	echo,
	app,
	ending,
});
const unread = (ending: Ending, echo = ADA): RememberedItem => ({ echo, ending });

describe('a retry of an execution', () => {
	test('knows whom an earlier try contacted, and how', () => {
		open().remember([item(contacted)]);
		expect(open().recall(0, ADA, APP)).toEqual({ ending: contacted, agoMs: 0 });
		expect(open().has(0)).toBe(true);
	});

	test('knows whose contact stayed unconfirmed, and since when', () => {
		open(0, NOW).remember([item(unconfirmed)]);
		expect(open(0, NOW + 60_000).recall(0, ADA, APP)).toEqual({
			ending: unconfirmed,
			agoMs: 60_000,
		});
	});

	test('knows items by their place', () => {
		open().remember([item(notTried), item(contacted, BOB)]);
		expect(open().recall(1, BOB, APP)).toMatchObject({ ending: contacted });
		expect(open().recall(0, BOB, APP)).toBeUndefined();
		expect(open().has(0)).toBe(false);
		expect(open().has(2)).toBe(false);
	});

	test('replays no other outcome, since its cause may be mended', () => {
		const others = OUTCOMES.filter((outcome) => !['contacted', 'unconfirmed'].includes(outcome));
		for (const outcome of others) {
			store = {};
			open().remember([item(endingOf({ outcome }))]);
			expect(open().recall(0, ADA, APP)).toBeUndefined();
			expect(open().has(0)).toBe(false);
		}
	});

	test.each([
		['user', { userId: 'user-2' }],
		['account', { customerServiceAccount: '@other' }],
	])('takes the same item with another %s for another contact', (_name, field) => {
		open().remember([item(contacted)]);
		expect(open().recall(0, { ...ADA, ...field }, APP)).toBeUndefined();
	});

	test('takes the same user of another application for another contact', () => {
		open().remember([item(contacted)]);
		expect(open().recall(0, ADA, '["https://console.tim.qq.com",1400000001]')).toBeUndefined();
	});

	test('knows the user also while it cannot tell the application, since the credential cannot be read', () => {
		open().remember([item(contacted)]);
		expect(open().recall(0, ADA, undefined)).toMatchObject({ ending: contacted });
		expect(open().recall(0, BOB, undefined)).toBeUndefined();
	});

	test('does not mistake fields that only read the same when joined', () => {
		const joined = { userId: 'a', customerServiceAccount: 'b","c' };
		open().remember([item(contacted, joined)]);
		const other = { userId: 'a","b', customerServiceAccount: 'c' };
		expect(open().recall(0, other, APP)).toBeUndefined();
	});

	test('takes a try of the future, by the clock of another process, for one of just now', () => {
		open(0, NOW + 60_000).remember([item(unconfirmed)]);
		expect(open(0, NOW).recall(0, ADA, APP)).toMatchObject({ agoMs: 0 });
	});

	test('in a loop, another run of the node is another batch', () => {
		open(3).remember([item(contacted)]);
		expect(open(3).recall(0, ADA, APP)).toBeDefined();
		expect(open(2).recall(0, ADA, APP)).toBeUndefined();
		expect(open(2).has(0)).toBe(false);
	});
});

describe('a second try that ends in an error as well', () => {
	test('still knows the items that it did not come to', () => {
		const eve = { ...ADA, userId: 'user-3' };
		open(0, NOW).remember([item(contacted), item(unconfirmed, BOB), item(notTried, eve)]);
		const fewer = new Array<RememberedItem>(3);
		fewer[2] = item(contacted, eve);
		open(0, NOW + 5000).remember(fewer);
		const third = open(0, NOW + 9000);
		expect(third.recall(0, ADA, APP)).toEqual({ ending: contacted, agoMs: 9000 });
		expect(third.recall(1, BOB, APP)).toEqual({ ending: unconfirmed, agoMs: 9000 });
		expect(third.recall(2, eve, APP)).toEqual({ ending: contacted, agoMs: 4000 });
	});

	test('still knows an item that it did not try, since it was stopped before', () => {
		open().remember([item(contacted)]);
		open().remember([item(notTried)]);
		expect(open().recall(0, ADA, APP)).toMatchObject({ ending: contacted });
	});

	test('still knows an item whose parameters or credential it could not read any more', () => {
		open().remember([item(contacted)]);
		open().remember([unread(endingOf({ outcome: 'configurationError' }))]);
		expect(open().recall(0, ADA, APP)).toMatchObject({ ending: contacted });
	});

	test('keeps the time of a try of which it found out nothing new', () => {
		open(0, NOW).remember([item(unconfirmed)]);
		open(0, NOW + 60_000).remember([item({ ...unconfirmed, fromEarlierTry: true })]);
		expect(open(0, NOW + 60_000).recall(0, ADA, APP)).toMatchObject({ agoMs: 60_000 });
	});

	test.each<Outcome>(['agentUnavailable', 'configurationError', 'userUnavailable', 'failed'])(
		'forgets an unconfirmed item that has now turned out to be %s',
		(outcome) => {
			open().remember([item(unconfirmed)]);
			open().remember([item(endingOf({ outcome }))]);
			expect(open().has(0)).toBe(false);
		},
	);

	test('knows an unconfirmed item that has now been contacted as contacted', () => {
		open().remember([item(unconfirmed)]);
		open().remember([item(contacted)]);
		expect(open().recall(0, ADA, APP)).toMatchObject({ ending: { outcome: 'contacted' } });
	});
});

test('a run that ends normally leaves nothing behind', () => {
	open().remember([item(contacted)]);
	open().forget();
	expect(store).toEqual({});
	expect(open().has(0)).toBe(false);
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
	const [runs] = Object.values(store) as Array<Record<string, Record<string, object>>>;
	expect(Object.keys(store)).toHaveLength(1);
	expect(Object.keys(runs)).toEqual(['0']);
	expect(Object.keys(runs['0'])).toEqual(['0']);
	expect(Object.keys(runs['0']['0']).sort()).toEqual([
		'appHash',
		'contactHash',
		'endedAt',
		'ending',
	]);
});

test('nothing is remembered where n8n gives no place for it, as for a tool', () => {
	const memory = openRetryMemory(undefined, () => NOW);
	memory.remember([item(contacted)]);
	expect(memory.has(0)).toBe(false);
	expect(openRetryMemory(undefined, () => NOW).has(0)).toBe(false);
	expect(() => memory.forget()).not.toThrow();
});
