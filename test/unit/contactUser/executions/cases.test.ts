import type { Fate, Sent } from './desk';
import type { ExecutionSetup, Row } from './execution';
import { reportsIn } from './judge';
import { onStage, setSystemClock, type Ending } from './stage';

/*
 * Each is a way in which somebody could be contacted twice, or be said to be contacted who was not. The clock is
 * virtual; Desk is as in ./desk.ts.
 */
const LOST_AFTER_CONTACT: Fate = { does: 'loses', arrives: true, worksMs: 0, failsMs: 0 };
const LOST: Fate = { does: 'loses', arrives: false, worksMs: 0, failsMs: 0 };
/** A session read of which no answer comes in 10.5 s. */
const HANGS: Fate = { does: 'loses', arrives: false, worksMs: 0, failsMs: 10_500 };

let sdkAppId = 1_300_000_000;
beforeEach(() => sdkAppId++);

const row = (userId: string, more: Partial<Row> = {}): Row => ({
	userId,
	account: '@first',
	sdkAppId,
	...more,
});
const setup = (rows: Row[], more: Partial<ExecutionSetup> = {}): ExecutionSetup => ({
	rows,
	mode: 'continueRegularOutput',
	...more,
	options: { maxRetries: 0, requestsPerSecond: 0, ...more.options },
});
/** Fates in order, by user; healthy when none is left. */
const inOrder = (fates: Record<string, Fate[]>) => {
	const left = new Map(Object.entries(fates).map(([userId, list]) => [userId, [...list]]));
	return ({ userId }: { userId: string }): Fate =>
		left.get(userId)?.shift() ?? { does: 'works', worksMs: 20 };
};
const contactsOf = (log: Sent[], userId: string) =>
	log.filter((sent) => sent.command === 'contact_user' && sent.userId === userId);
const outcomesOf = (ending: Ending) => reportsIn(ending).map(({ report }) => report.outcome);

test('a retry counts from the end of the try: a session that was closed since is not believed', async () => {
	await onStage(
		{
			fateOf: inOrder({ ann: [LOST_AFTER_CONTACT], bob: [{ does: 'works', worksMs: 31_500 }] }),
			sessionFateOf: inOrder({ ann: [HANGS, HANGS] }),
			closesAfterMs: () => 60_000,
		},
		async ({ run, clock, log }) => {
			const startedAt = clock.now();
			const store = {};
			const both = setup([row('ann'), row('bob')], {
				mode: 'stopWorkflow',
				options: { timeout: 40_000 },
				store,
			});
			expect(await run(both)).toHaveProperty('error');
			expect(clock.now() - startedAt).toBeGreaterThanOrEqual(31_500);
			await clock.sleep(startedAt + 70_000 - clock.now());

			const retried = await run(both);

			expect(outcomesOf(retried).sort()).toEqual(['contacted', 'unconfirmed']);
			expect(contactsOf(log, 'ann')).toHaveLength(1);
		},
	);
});

test.each([70_000, 300_000])(
	'a try that hung for %d ms is not believed undone: its session may have been closed meanwhile',
	async (timeout) => {
		await onStage(
			{
				fateOf: inOrder({ mia: [{ does: 'loses', arrives: true, worksMs: 0, failsMs: timeout }] }),
				closesAfterMs: () => 61_000,
			},
			async ({ run, log }) => {
				const ending = await run(setup([row('mia')], { options: { timeout, maxRetries: 3 } }));

				expect(outcomesOf(ending)).toEqual(['unconfirmed']);
				expect(contactsOf(log, 'mia')).toHaveLength(1);
			},
		);
	},
);

test('a retry that waits long for its turn counts that time too: a session that was closed since is not believed', async () => {
	await onStage(
		{
			fateOf: inOrder({ mia: [LOST_AFTER_CONTACT] }),
			sessionFateOf: inOrder({ mia: [LOST, LOST, { ...LOST, failsMs: 30_000 }] }),
			closesAfterMs: () => 61_000,
		},
		async ({ run, clock, log }) => {
			const own = setup([row('mia')], { mode: 'stopWorkflow', store: {} });
			await run(own);
			await clock.sleep(45_000);
			const other = run(setup([row('mia')], { options: { timeout: 40_000 } }));
			await clock.sleep(1);

			const retried = run(own);

			expect(outcomesOf(await other)).toEqual(['unconfirmed']);
			expect(outcomesOf(await retried)).toEqual(['unconfirmed']);
			expect(contactsOf(log, 'mia')).toHaveLength(1);
		},
	);
});

test('a computer that slept while a try was in doubt does not take the session that was closed meanwhile for none', async () => {
	await onStage(
		// The hour passes for Desk alone: the clock of the process stands still.
		{
			fateOf: inOrder({ mia: [LOST_AFTER_CONTACT] }),
			closesAfterMs: () => 1000,
			sessionFateOf: inOrder({ mia: [LOST] }),
		},
		async ({ run, clock, log }) => {
			const finished = run(setup([row('mia')], { options: { maxRetries: 3 } }));
			await clock.sleep(1000);
			setSystemClock(clock, () => 3_600_000);

			expect(outcomesOf(await finished)).toEqual(['unconfirmed']);
			expect(contactsOf(log, 'mia')).toHaveLength(1);
		},
	);
});

test('a look at the session that ends more than a minute after the try began tells nothing', async () => {
	await onStage(
		{
			fateOf: inOrder({ mia: [{ does: 'loses', arrives: true, worksMs: 0, failsMs: 45_000 }] }),
			sessionFateOf: inOrder({ mia: [LOST, { does: 'works', worksMs: 20_000 }] }),
			closesAfterMs: () => 1000,
		},
		async ({ run, log }) => {
			const ending = await run(
				setup([row('mia')], { options: { timeout: 45_000, maxRetries: 3 } }),
			);

			expect(outcomesOf(ending)).toEqual(['unconfirmed']);
			expect(contactsOf(log, 'mia')).toHaveLength(1);
		},
	);
});

test('whoever comes a minute after a try in doubt began does not take its closed session for none', async () => {
	await onStage(
		{
			fateOf: inOrder({
				mia: [{ does: 'loses', arrives: true, worksMs: 0, failsMs: 10_000 }],
			}),
			sessionFateOf: inOrder({ mia: [LOST, LOST] }),
			closesAfterMs: () => 61_000,
		},
		async ({ run, clock, log }) => {
			const startedAt = clock.now();
			const own = setup([row('mia')], { mode: 'stopWorkflow', store: {} });
			await run(own);
			await clock.sleep(startedAt + 65_000 - clock.now());

			expect(outcomesOf(await run(own))).toEqual(['unconfirmed']);
			expect(outcomesOf(await run(setup([row('mia')])))).toEqual(['unconfirmed']);
			expect(contactsOf(log, 'mia')).toHaveLength(1);
		},
	);
});

test.each<[string, Fate]>([
	['that surely did not happen', { does: 'refuses', code: 80003 }],
	['in doubt', LOST_AFTER_CONTACT],
])('a run that is stopped by a try %s sends nothing more for its user', async (_what, fate) => {
	await onStage(
		{ fateOf: inOrder({ mia: [fate] }), sessionFateOf: inOrder({ mia: [LOST, LOST] }) },
		async ({ run, log }) => {
			const rows = [undefined, 1001, 1002].map((group) => row('mia', { group }));

			expect(await run(setup(rows, { mode: 'stopWorkflow' }))).toHaveProperty('error');
			expect(contactsOf(log, 'mia')).toHaveLength(1);
		},
	);
});

test('a stopped run finds out, by their sessions, who was not contacted: a retry an hour later contacts them', async () => {
	const unclear = ['ann', 'ben', 'cleo', 'dan'];
	await onStage(
		{
			fateOf: inOrder({
				...Object.fromEntries(unclear.map((userId) => [userId, [LOST]])),
				broken: [{ does: 'refuses', code: 80003 }],
			}),
		},
		async ({ run, clock, log }) => {
			const own = setup(
				[...unclear, 'broken'].map((userId) => row(userId)),
				{
					mode: 'stopWorkflow',
					store: {},
				},
			);
			expect(await run(own)).toMatchObject({
				error: {
					description: expect.stringContaining('Contacted: 0 users. Not contacted: 5 items.'),
				},
			});
			await clock.sleep(3_600_000);

			expect(outcomesOf(await run(own))).toEqual(Array(5).fill('contacted'));
			expect(log.filter(({ committedAt }) => committedAt !== undefined)).toHaveLength(5);
		},
	);
});

test.each(
	['@first', '@second'].flatMap((account) => [1000, 3_600_000].map((ms) => [account, ms] as const)),
)(
	'a doubt that another execution has left stops a run under Stop Workflow, asked for through %s too; its retry %d ms later lets it pass',
	async (account, laterMs) => {
		await onStage(
			{ fateOf: inOrder({ mia: [LOST_AFTER_CONTACT] }), sessionFateOf: () => LOST },
			async ({ run, clock, log }) => {
				await run(setup([row('mia')]));
				const own = setup([row('mia', { account }), row('ann')], {
					mode: 'stopWorkflow',
					store: {},
				});

				expect(await run(own)).toHaveProperty('error.message', expect.stringMatching(/^User mia:/));
				await clock.sleep(laterMs);

				expect(outcomesOf(await run(own))).toEqual(['contacted', 'unconfirmed']);
				expect(contactsOf(log, 'mia')).toHaveLength(1);
			},
		);
	},
);

test('a retry does not stop for the doubt that its own execution has left, although one look has told and the next cannot', async () => {
	await onStage(
		{
			fateOf: inOrder({ mia: [LOST] }),
			sessionFateOf: inOrder({ mia: [LOST, LOST, { does: 'works', worksMs: 20 }, LOST] }),
		},
		async ({ run, clock }) => {
			const own = setup([row('mia')], { mode: 'stopWorkflow', store: {} });
			await run(own);
			await clock.sleep(10_000);

			expect(outcomesOf(await run(own))).toEqual(['unconfirmed']);
		},
	);
});

describe('a user in doubt through one account', () => {
	test('stays in doubt through that account for all who come next, whatever theirs', async () => {
		await onStage(
			{
				fateOf: inOrder({ mia: [LOST_AFTER_CONTACT] }),
				sessionFateOf: ({ account }) =>
					account === '@first' ? LOST : { does: 'works', worksMs: 20 },
			},
			async ({ run, log }) => {
				const ending = await run(
					setup([
						row('mia'),
						row('mia', { account: '@second' }),
						row('mia', { account: '@second', group: 1001 }),
					]),
				);

				expect(outcomesOf(ending)).toEqual(Array(3).fill('unconfirmed'));
				expect(contactsOf(log, 'mia')).toHaveLength(1);
			},
		);
	});

	test('is contacted through another one once that session tells what came of it', async () => {
		await onStage(
			{
				fateOf: inOrder({ mia: [LOST_AFTER_CONTACT] }),
				sessionFateOf: inOrder({ mia: [LOST, LOST] }),
			},
			async ({ run, log }) => {
				const ending = await run(setup([row('mia'), row('mia', { account: '@second' })]));

				expect(reportsIn(ending)).toMatchObject([
					{ report: { outcome: 'contacted', attempts: 1, customerServiceAccount: '@second' } },
					{ report: { outcome: 'unconfirmed', customerServiceAccount: '@first' } },
				]);
				expect(contactsOf(log, 'mia')).toHaveLength(2);
			},
		);
	});

	test('stays in doubt there when a retry finds out what became of its own try through another one', async () => {
		await onStage(
			{
				fateOf: ({ account }) =>
					account === '@third' ? { does: 'works', worksMs: 20 } : LOST_AFTER_CONTACT,
				sessionFateOf: inOrder({ mia: [LOST, LOST, { does: 'works', worksMs: 20 }, LOST, LOST] }),
			},
			async ({ run, log }) => {
				const own = setup([row('mia', { account: '@second' })], {
					mode: 'stopWorkflow',
					store: {},
				});
				await run(own);
				// Asks about the one through @second first, which was made.
				await run(setup([row('mia')]));

				expect(outcomesOf(await run(own))).toEqual(['contacted']);
				await run(setup([row('mia')]));

				const viaFirst = contactsOf(log, 'mia').filter(({ account }) => account === '@first');
				expect(viaFirst).toHaveLength(1);
			},
		);
	});

	test('is not said to be contacted through another one where somebody else talks with the user', async () => {
		await onStage(
			{
				fateOf: inOrder({ mia: [LOST] }),
				sessionFateOf: inOrder({ mia: [LOST, LOST] }),
				isTalking: ({ account }) => account === '@second',
			},
			async ({ run }) => {
				const ending = await run(setup([row('mia'), row('mia', { account: '@second' })]));

				expect(outcomesOf(ending)).toEqual(['unconfirmed', 'userUnavailable']);
			},
		);
	});
});

test('a user of one application is contacted once at a time, also by credentials that name another host of Tencent', async () => {
	await onStage({ fateOf: () => ({ does: 'works', worksMs: 1000 }) }, async ({ run, log }) => {
		const elsewhere = row('mia', { baseUrl: 'https://adminapi.my-imcloud.com' });
		const endings = await Promise.all([
			run(setup([row('mia')])),
			run(setup([elsewhere])),
			run(setup([row('mia'), elsewhere])),
		]);

		expect(endings.flatMap(outcomesOf).sort()).toEqual([
			'contacted',
			...Array(3).fill('userUnavailable'),
		]);
		expect(log.filter(({ committedAt }) => committedAt !== undefined)).toHaveLength(1);
	});
});

test('simulators of one application at two addresses of this machine are two Desks', async () => {
	await onStage({ fateOf: () => ({ does: 'works', worksMs: 1000 }) }, async ({ run, clock }) => {
		const begunAt = clock.now();
		await Promise.all([
			run(setup([row('mia', { baseUrl: 'http://127.0.0.1:7171' })])),
			run(setup([row('mia', { baseUrl: 'http://127.0.0.1:7172' })])),
		]);

		expect(clock.now() - begunAt).toBeLessThan(2000);
	});
});

test('a retry waits for the newest try in doubt, also when that was of another execution', async () => {
	await onStage(
		{
			fateOf: inOrder({
				mia: [LOST, { does: 'loses', arrives: true, worksMs: 3000, failsMs: 0 }],
			}),
			sessionFateOf: inOrder({ mia: [LOST, LOST] }),
		},
		async ({ run, clock, log }) => {
			const own = setup([row('mia')], { mode: 'stopWorkflow', store: {} });
			await run(own);
			const cancelling = new AbortController();
			const other = run(setup([row('mia')], { cancelSignal: cancelling.signal }));
			while (contactsOf(log, 'mia').length < 2) await clock.sleep(100);
			cancelling.abort();
			await other;

			await run(own);
			// Desk is at work on the second one until then.
			await clock.sleep(5000);

			const made = contactsOf(log, 'mia').filter(({ committedAt }) => committedAt !== undefined);
			expect(made).toHaveLength(1);
		},
	);
});

test('a retry after the system clock was set back does not take what is long ago for just now', async () => {
	await onStage(
		{
			fateOf: inOrder({ mia: [LOST_AFTER_CONTACT] }),
			sessionFateOf: inOrder({ mia: [LOST, LOST] }),
			closesAfterMs: () => 60_000,
		},
		async ({ run, clock, log }) => {
			const own = setup([row('mia')], { mode: 'stopWorkflow', store: {} });
			await run(own);
			await clock.sleep(70_000);
			setSystemClock(clock, () => -3_600_000);

			expect(outcomesOf(await run(own))).toEqual(['unconfirmed']);
			expect(contactsOf(log, 'mia')).toHaveLength(1);
		},
	);
});

test('a defect of the node after something was sent leaves a doubt: neither a retry nor a later execution sends again', async () => {
	let defects = 1;
	await onStage(
		{
			fateOf: inOrder({ mia: [{ does: 'works', worksMs: 0 }] }),
			sessionFateOf: () => LOST,
			afterAnswer: () => {
				if (defects-- > 0) throw new TypeError('a defect');
			},
		},
		async ({ run, log }) => {
			const logged: string[] = [];
			const own = setup([row('mia')], {
				mode: 'stopWorkflow',
				store: {},
				onDefect: (text) => logged.push(text),
			});
			expect(await run(own)).toHaveProperty('error');
			expect(outcomesOf(await run(own))).toEqual(['unconfirmed']);
			expect(outcomesOf(await run(setup([row('mia')])))).toEqual(['unconfirmed']);

			expect(contactsOf(log, 'mia')).toHaveLength(1);
			expect(logged).toEqual([expect.stringContaining('unexpected TypeError at item 1')]);
		},
	);
});

test('a defect of the node while it reads one item costs that item only: nothing was sent, and the log tells where, not what', async () => {
	const hostile = Object.defineProperty(new Error('a-secret'), 'cause', {
		get: () => {
			throw new RangeError('a-secret');
		},
	});
	await onStage({}, async ({ run, log }) => {
		const logged: string[] = [];
		const ending = await run(
			setup([row('ann'), row('mia'), row('noah')], {
				getCredentials: async (index) => {
					if (index === 1) throw hostile;
					return undefined as never;
				},
				onDefect: (text) => logged.push(text),
			}),
		);

		expect(outcomesOf(ending)).toEqual(['contacted', 'contacted', 'failed']);
		expect(log.map(({ userId }) => userId)).toEqual(['ann', 'noah']);
		expect(logged).toEqual([expect.stringMatching(/unexpected RangeError at item 2\n\s+at /)]);
		expect(logged.join()).not.toContain('a-secret');
	});
});
