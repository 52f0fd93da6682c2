import type { DeskPlan, Fate, Sent } from './desk';
import type { ExecutionSetup, Row } from './execution';
import { reportsIn } from './judge';
import { onStage, setSystemClock, type Ending, type Stage } from './stage';

/*
 * Each is a way in which somebody could be contacted twice, or be said to be contacted who was not. The clock is
 * virtual; Desk is as in ./desk.ts.
 */
const lost = (failsMs = 0, arrives = false): Fate => ({
	does: 'loses',
	arrives,
	worksMs: 0,
	failsMs,
});
const LOST = lost();
const LOST_AFTER_CONTACT = lost(0, true);
const HEALTHY: Fate = { does: 'works', worksMs: 20 };

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
	return ({ userId }: { userId: string }): Fate => left.get(userId)?.shift() ?? HEALTHY;
};
/** Mia alone, in a run of its own; and in one that n8n may run again. */
const mia = (more?: Partial<ExecutionSetup>) => setup([row('mia')], more);
const retried = (rows: Row[], more: Partial<ExecutionSetup> = {}) =>
	setup(rows, { mode: 'stopWorkflow', store: {}, ...more });
const contactsOf = (log: Sent[], userId: string) =>
	log.filter((sent) => sent.command === 'contact_user' && sent.userId === userId);
const madeIn = (log: Sent[]) => log.filter(({ committedAt }) => committedAt !== undefined);
const outcomesOf = (ending: Ending) => reportsIn(ending).map(({ report }) => report.outcome);

test('a retry counts from the end of the try: a session that was closed since is not believed', async () => {
	await onStage(
		{
			fateOf: inOrder({ ann: [LOST_AFTER_CONTACT], bob: [{ does: 'works', worksMs: 31_500 }] }),
			// A look of which no answer comes in 10.5 s.
			sessionFateOf: inOrder({ ann: [lost(10_500), lost(10_500)] }),
			closesAfterMs: () => 60_000,
		},
		async ({ run, clock, log }) => {
			const startedAt = clock.now();
			const both = retried([row('ann'), row('bob')], { options: { timeout: 40_000 } });
			expect(await run(both)).toHaveProperty('error');
			expect(clock.now() - startedAt).toBeGreaterThanOrEqual(31_500);
			await clock.sleep(startedAt + 70_000 - clock.now());

			expect(outcomesOf(await run(both)).sort()).toEqual(['contacted', 'unconfirmed']);
			expect(contactsOf(log, 'ann')).toHaveLength(1);
		},
	);
});

describe('a contact of which no answer came is not taken for undone, and is not made again', () => {
	type Story = [
		what: string,
		desk: { contact: Fate; looks?: Fate[]; closedAfterMs?: number } & Partial<DeskPlan>,
		play: (stage: Stage) => Promise<Ending[]>,
	];
	let defects = 1;
	const breaksOnce = () => {
		if (defects-- > 0) throw new TypeError('a defect');
	};
	test.each<Story>([
		...[70_000, 300_000].map((timeout): Story => [
			`by a try that hung for ${timeout} ms, whose session may have been closed meanwhile`,
			{ contact: lost(timeout, true), closedAfterMs: 61_000 },
			async ({ run }) => [await run(mia({ options: { timeout, maxRetries: 3 } }))],
		]),
		[
			'by a retry that waits long for its turn, which counts that time too',
			{ contact: LOST_AFTER_CONTACT, looks: [LOST, LOST, lost(30_000)], closedAfterMs: 61_000 },
			async ({ run, clock }) => {
				const own = retried([row('mia')]);
				await run(own);
				await clock.sleep(45_000);
				const other = run(mia({ options: { timeout: 40_000 } }));
				await clock.sleep(1);
				return await Promise.all([other, run(own)]);
			},
		],
		[
			'on a computer that slept meanwhile: the hour passes for Desk alone, while the clock of the process stands still',
			{ contact: LOST_AFTER_CONTACT, looks: [LOST], closedAfterMs: 1000 },
			async ({ run, clock }) => {
				const finished = run(mia({ options: { maxRetries: 3 } }));
				await clock.sleep(1000);
				setSystemClock(clock, () => 3_600_000);
				return [await finished];
			},
		],
		[
			'by a look that ends more than a minute after the try began',
			{
				...{ contact: lost(45_000, true), closedAfterMs: 1000 },
				looks: [LOST, { does: 'works', worksMs: 20_000 }],
			},
			async ({ run }) => [await run(mia({ options: { timeout: 45_000, maxRetries: 3 } }))],
		],
		[
			'by whoever comes a minute after the try began',
			{ contact: lost(10_000, true), looks: [LOST, LOST], closedAfterMs: 61_000 },
			async ({ run, clock }) => {
				const startedAt = clock.now();
				const own = retried([row('mia')]);
				await run(own);
				await clock.sleep(startedAt + 65_000 - clock.now());
				return [await run(own), await run(mia())];
			},
		],
		[
			'by a retry after the system clock was set back, which makes long ago no just now',
			{ contact: LOST_AFTER_CONTACT, looks: [LOST, LOST], closedAfterMs: 60_000 },
			async ({ run, clock }) => {
				const own = retried([row('mia')]);
				await run(own);
				await clock.sleep(70_000);
				setSystemClock(clock, () => -3_600_000);
				return [await run(own)];
			},
		],
		[
			'after a defect of the node, neither by a retry nor by a later execution',
			{
				...{ contact: { does: 'works', worksMs: 0 }, sessionFateOf: () => LOST },
				afterAnswer: breaksOnce,
			},
			async ({ run }) => {
				const logged: string[] = [];
				const own = retried([row('mia')], { onDefect: (text) => logged.push(text) });
				expect(await run(own)).toHaveProperty('error');
				const endings = [await run(own), await run(mia())];
				expect(logged).toEqual([expect.stringContaining('unexpected TypeError at item 1')]);
				return endings;
			},
		],
		[
			'through that account for all who come next, whatever theirs',
			{
				contact: LOST_AFTER_CONTACT,
				sessionFateOf: ({ account }) => (account === '@first' ? LOST : HEALTHY),
			},
			async ({ run }) => {
				const second = { account: '@second' };
				const rows = [row('mia'), row('mia', second), row('mia', { ...second, group: 1001 })];
				return [await run(setup(rows))];
			},
		],
	])('%s', async (_what, { contact, looks = [], closedAfterMs = 3_600_000, ...desk }, play) => {
		const planned = {
			...{ fateOf: inOrder({ mia: [contact] }), sessionFateOf: inOrder({ mia: looks }) },
			...{ closesAfterMs: () => closedAfterMs, ...desk },
		};
		await onStage(planned, async (stage) => {
			for (const ending of await play(stage)) {
				expect(new Set(outcomesOf(ending))).toEqual(new Set(['unconfirmed']));
			}
			expect(contactsOf(stage.log, 'mia')).toHaveLength(1);
		});
	});
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
			const own = retried([...unclear, 'broken'].map((userId) => row(userId)));
			expect(await run(own)).toMatchObject({
				error: {
					description: expect.stringContaining('Contacted: 0 users. Not contacted: 5 items.'),
				},
			});
			await clock.sleep(3_600_000);

			expect(outcomesOf(await run(own))).toEqual(Array(5).fill('contacted'));
			expect(madeIn(log)).toHaveLength(5);
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
				await run(mia());
				const own = retried([row('mia', { account }), row('ann')]);

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
			sessionFateOf: inOrder({ mia: [LOST, LOST, HEALTHY, LOST] }),
		},
		async ({ run, clock }) => {
			const own = retried([row('mia')]);
			await run(own);
			await clock.sleep(10_000);

			expect(outcomesOf(await run(own))).toEqual(['unconfirmed']);
		},
	);
});

describe('a user in doubt through one account', () => {
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
				fateOf: ({ account }) => (account === '@third' ? HEALTHY : LOST_AFTER_CONTACT),
				sessionFateOf: inOrder({ mia: [LOST, LOST, HEALTHY, LOST, LOST] }),
			},
			async ({ run, log }) => {
				const own = retried([row('mia', { account: '@second' })]);
				await run(own);
				// Asks about the one through @second first, which was made.
				await run(mia());

				expect(outcomesOf(await run(own))).toEqual(['contacted']);
				await run(mia());

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
			run(mia()),
			run(setup([elsewhere])),
			run(setup([row('mia'), elsewhere])),
		]);

		expect(endings.flatMap(outcomesOf).sort()).toEqual([
			'contacted',
			...Array(3).fill('userUnavailable'),
		]);
		expect(madeIn(log)).toHaveLength(1);
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
			const own = retried([row('mia')]);
			await run(own);
			const cancelling = new AbortController();
			const other = run(mia({ cancelSignal: cancelling.signal }));
			while (contactsOf(log, 'mia').length < 2) await clock.sleep(100);
			cancelling.abort();
			await other;

			await run(own);
			// Desk is at work on the second one until then.
			await clock.sleep(5000);

			expect(madeIn(log)).toHaveLength(1);
		},
	);
});
