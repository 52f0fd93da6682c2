import type { IContextObject } from 'n8n-workflow';

import { openRetryMemory } from '../../../nodes/ContactUser/retryMemory';
import type { Ending, Outcome } from '../../../nodes/ContactUser/report';
import { endingOf, OUTCOMES, REQUEST } from './endings';

const NOW = 1_700_000_000_000;
const OTHER = { ...REQUEST, userId: 'user-2' };

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

const contact = (ending: Ending, request = REQUEST) => ({ request, ending });

describe('a retry of an execution', () => {
	test('knows whom an earlier try contacted, and how', () => {
		open().remember([contact(contacted)]);
		expect(open().recall(0, REQUEST)).toMatchObject({ ending: contacted, endedAt: NOW });
		expect(open().has(0)).toBe(true);
	});

	test('knows whose contact stayed unconfirmed, and since when', () => {
		open(0, NOW).remember([contact(unconfirmed)]);
		expect(open(0, NOW + 60_000).recall(0, REQUEST)).toMatchObject({
			ending: unconfirmed,
			endedAt: NOW,
		});
	});

	test('knows items by their place', () => {
		open().remember([contact(notTried), contact(contacted, OTHER)]);
		expect(open().recall(1, OTHER)).toMatchObject({ ending: contacted });
		expect(open().recall(0, OTHER)).toBeUndefined();
		expect(open().has(0)).toBe(false);
		expect(open().has(2)).toBe(false);
	});

	test('replays no other outcome, since its cause may be mended', () => {
		const others = OUTCOMES.filter((outcome) => !['contacted', 'unconfirmed'].includes(outcome));
		for (const outcome of others) {
			store = {};
			open().remember([contact(endingOf({ outcome }))]);
			expect(open().recall(0, REQUEST)).toBeUndefined();
			expect(open().has(0)).toBe(false);
		}
	});

	test.each([
		['user', { userId: 'user-2' }],
		['account', { customerServiceAccount: '@other' }],
		['group', { agentGroup: 1002 }],
		['group', { agentGroup: null }],
		['agent', { agent: 'other@example.com' }],
		['agent', { agent: null }],
	])('takes the same item with another %s for another contact', (_name, field) => {
		open().remember([contact(contacted)]);
		expect(open().recall(0, { ...REQUEST, ...field })).toBeUndefined();
	});

	test('does not mistake fields that only read the same when joined', () => {
		const joined = { ...REQUEST, userId: 'a', customerServiceAccount: 'b","c' };
		open().remember([contact(contacted, joined)]);
		const other = { ...REQUEST, userId: 'a","b', customerServiceAccount: 'c' };
		expect(open().recall(0, other)).toBeUndefined();
	});

	test('in a loop, another run of the node is another batch', () => {
		open(3).remember([contact(contacted)]);
		expect(open(3).recall(0, REQUEST)).toBeDefined();
		expect(open(2).recall(0, REQUEST)).toBeUndefined();
		expect(open(2).has(0)).toBe(false);
	});
});

describe('a second try that ends in an error as well', () => {
	test('still knows the items that it did not come to', () => {
		open(0, NOW).remember([contact(contacted), contact(unconfirmed, OTHER), contact(notTried)]);
		const fewer = new Array<ReturnType<typeof contact>>(3);
		fewer[2] = contact(contacted, { ...REQUEST, userId: 'user-3' });
		open(0, NOW + 5000).remember(fewer);
		const third = open(0, NOW + 9000);
		expect(third.recall(0, REQUEST)).toMatchObject({ ending: contacted, endedAt: NOW });
		expect(third.recall(1, OTHER)).toMatchObject({ ending: unconfirmed, endedAt: NOW });
		expect(third.recall(2, { ...REQUEST, userId: 'user-3' })).toMatchObject({
			endedAt: NOW + 5000,
		});
	});

	test('still knows an item that it did not try, since it was stopped before', () => {
		open().remember([contact(contacted)]);
		open().remember([contact(notTried)]);
		expect(open().recall(0, REQUEST)).toMatchObject({ ending: contacted });
	});

	test('still knows an item whose parameters it could not read any more', () => {
		open().remember([contact(contacted)]);
		open().remember([{ ending: endingOf({ outcome: 'configurationError' }) }]);
		expect(open().recall(0, REQUEST)).toMatchObject({ ending: contacted });
	});

	test('keeps the time of the try that is still unconfirmed, not the time it was asked again', () => {
		open(0, NOW).remember([contact(unconfirmed)]);
		open(0, NOW + 60_000).remember([contact({ ...unconfirmed, fromEarlierTry: true })]);
		expect(open().recall(0, REQUEST)).toMatchObject({ endedAt: NOW });
	});

	test.each<Outcome>(['agentUnavailable', 'configurationError', 'userUnavailable', 'failed'])(
		'forgets an unconfirmed item that has now turned out to be %s',
		(outcome) => {
			open().remember([contact(unconfirmed)]);
			open().remember([contact(endingOf({ outcome }))]);
			expect(open().has(0)).toBe(false);
		},
	);

	test('knows an unconfirmed item that has now been contacted as contacted', () => {
		open().remember([contact(unconfirmed)]);
		open().remember([contact(contacted)]);
		expect(open().recall(0, REQUEST)).toMatchObject({ ending: { outcome: 'contacted' } });
	});
});

test('a run that ends normally leaves nothing behind', () => {
	open().remember([contact(contacted)]);
	open().forget();
	expect(store).toEqual({});
	expect(open().has(0)).toBe(false);
});

test('what other parts of n8n keep in the same place is left alone', () => {
	store = { noItemsLeft: true };
	open().remember([contact(contacted)]);
	expect(store).toMatchObject({ noItemsLeft: true });
	open().forget();
	expect(store).toEqual({ noItemsLeft: true });
});

test('what is stored tells how it ended, but not of whom', () => {
	open().remember([contact(contacted), contact(notTried, OTHER)]);
	const stored = JSON.stringify(store);
	for (const named of ['user-1', 'user-2', '@account', '1001']) expect(stored).not.toContain(named);
	const [runs] = Object.values(store) as Array<Record<string, Record<string, object>>>;
	expect(Object.keys(store)).toHaveLength(1);
	expect(Object.keys(runs)).toEqual(['0']);
	expect(Object.keys(runs['0'])).toEqual(['0']);
	expect(Object.keys(runs['0']['0']).sort()).toEqual(['endedAt', 'ending', 'request']);
});

test('nothing is remembered where n8n gives no place for it, as for a tool', () => {
	const memory = openRetryMemory(undefined, () => NOW);
	memory.remember([contact(contacted)]);
	expect(memory.has(0)).toBe(false);
	expect(openRetryMemory(undefined, () => NOW).has(0)).toBe(false);
	expect(() => memory.forget()).not.toThrow();
});
