import { play, playRun, type Scenario, type Settings } from './scriptedDesk';

import type { IExecuteFunctions } from 'n8n-workflow';

import { THIS_PROCESS } from '../../../../nodes/shared/delivery/process';
import { openRetryMemory } from '../../../../nodes/shared/delivery/retryMemory';
import { DEFAULT_SETTINGS, withLine } from '../../../../nodes/shared/delivery/run';
import { answer, done, noConnection, timeOut } from '../../replies';

afterEach(() => jest.restoreAllMocks());

const tell = { may: 'tell' } as const;
/** An item whose change is the same as that of all others. */
const alike = (...contacts: Scenario['contacts']): Scenario => ({
	...{ contacts, instead: tell, more: { key: ['one'], identity: ['one'] } },
});

test('by default, 200 requests may be under way: as many as the pace starts where an answer takes a second', () => {
	expect(DEFAULT_SETTINGS).toEqual({
		...{ concurrency: 200, requestsPerSecond: 190, maxRetries: 3, timeoutMs: 10_000 },
	});
});

test.each<[string, number, number, number, Scenario['instead']]>([
	['contacts', 200, 100, 1600, undefined],
	['other changes', 200, 100, 1600, tell],
	['look-ups', 200, 100, 1600, 'read'],
	// As from another continent.
	['contacts', 1000, 400, 6000, undefined],
	['other changes', 1000, 400, 6000, tell],
	['look-ups', 1000, 400, 6000, 'read'],
])(
	'at the defaults only the pace holds up %s: of %d users, where an answer takes %d ms, they end within %d ms',
	async (_what, count, tookMs, endsWithinMs, instead) => {
		const one: Scenario = { contacts: [[done, tookMs]], instead };
		const [{ endedAt }] = await playRun(Array<Scenario>(count).fill(one), DEFAULT_SETTINGS);
		expect(endedAt).toBeLessThan(endsWithinMs);
	},
);

describe('a defect of the node', () => {
	const breaksDown = () => {
		throw new TypeError('what was sent');
	};
	test.each<[string, Settings, boolean, RegExp]>([
		[
			'before anything was sent',
			{ before: async (i) => void (i === 1 && breaksDown()) },
			false,
			/so nothing was changed\.$/,
		],
		[
			'after a change was sent',
			{ after: (i) => void (i === 1 && breaksDown()) },
			true,
			/so it is not known whether it was done\.$/,
		],
	])(
		'%s costs that item alone; the log tells where, never what',
		async (_when, settings, mayBeDone, words) => {
			const scenario: Scenario = { contacts: [done], instead: tell };
			const [first, second, third] = await playRun([scenario, scenario, scenario], settings);
			expect([first, third].map((one) => one?.ended.kind)).toEqual(['done', 'done']);
			const finding = { message: expect.stringMatching(words), class: 'failed' };
			expect(second?.ended).toMatchObject({ kind: 'failed', mayBeDone, finding });
			expect(first.defects).toEqual([
				expect.stringMatching(/^Desk met an unexpected TypeError at item 2\n\s+at .*breaksDown/),
			]);
			expect(first.defects.join()).not.toContain('what was sent');
		},
	);

	test('while a request is under way leaves it unclear, also for a retry', async () => {
		const store = {};
		const memory = () => openRetryMemory({ store, runIndex: 0 }, THIS_PROCESS);
		const first = memory();
		// The script has no answer: asking for one throws.
		const [{ ended, defects }] = await playRun([alike()], { memory: first, app: 1 });
		expect(ended).toMatchObject({ kind: 'failed', mayBeDone: true });
		expect(defects).toHaveLength(1);
		first.keep();
		const retried = await play(alike(done), { memory: memory(), app: 1 });
		expect(retried).toMatchObject({
			commands: '',
			ended: { mayBeDone: true, fromEarlierTry: true },
		});
	});
});

test('changes of one key are made in the order of the items, although reading the first one takes long', async () => {
	const before: Settings['before'] = async (i, clock) => await clock.sleep(i === 0 ? 1000 : 0);
	const [first, second, other] = await playRun(
		[alike(done), alike(done), { contacts: [done], instead: tell }],
		{ before },
	);
	expect([first.commands, second?.commands]).toEqual(['end 1000', 'end 1020']);
	expect(other?.commands).toMatch(/^end 10\d\d$/);
});

test('items that ask for the same change each have their own: a retry knows which of them was made', async () => {
	const store = {};
	const first = openRetryMemory({ store, runIndex: 0 }, THIS_PROCESS);
	await playRun([alike(done), alike(noConnection), alike(timeOut)], {
		...{ memory: first, maxRetries: 0, app: 2 },
	});
	first.keep();

	const memory = openRetryMemory({ store, runIndex: 0 }, THIS_PROCESS);
	const retried = await playRun([alike(), alike(done), alike()], { memory, app: 2 });
	expect(retried.map(({ commands }) => commands)).toEqual(['', 'end 0', '']);
	expect(retried.map(({ ended }) => ended.kind)).toEqual(['done', 'done', 'failed']);
});

test('how an item ended is told before anything else of its key may be sent', async () => {
	const halted: Settings = { begin: ({ run }) => (run.onEnded = () => run.scheduler.halt()) };
	const outcomes = await playRun([alike(answer(80003)), alike(done)], halted);
	expect(outcomes.map(({ ended }) => ended.kind)).toEqual(['failed', 'notTried']);
});

test('what has no items has a line of its own, gets what its work gives, and meets what it throws', async () => {
	const context = {} as IExecuteFunctions;
	const account = { origin: 'https://desk.example', sdkAppId: 1, adminUserId: 'a', secretKey: 'k' };
	const credential = { account, data: {} };
	const ask = async (work: () => Promise<string>) =>
		await withLine(context, credential, DEFAULT_SETTINGS, async (line) => {
			expect(line.credential).toBe(credential);
			return await work();
		});
	expect(await ask(async () => 'rows')).toBe('rows');
	await expect(ask(async () => await Promise.reject(new Error('No list')))).rejects.toThrow(
		'No list',
	);
});
