import type { Fate, Sent } from './desk';
import type { Row } from './execution';
import { reportsIn } from './judge';
import { onStage, type Ending } from './stage';

/*
 * Runs at defaults (200 at once, 190 a second, 3 retries, 10 s) against limits that do not lift and behind users whose
 * requests hang, on a virtual clock. What they assume: an answer takes 20 ms, and a limit strikes everybody.
 */
const HANGS: Fate = { does: 'loses', arrives: true, worksMs: 0, failsMs: 10_000 };
const HEALTHY: Fate = { does: 'works', worksMs: 20 };
const PACE = 190;

let sdkAppId = 1_350_000_000;
beforeEach(() => sdkAppId++);

const rows = (count: number, nameOf = (n: number) => `user-${n}`): Row[] =>
	Array.from({ length: count }, (_, n) => ({ userId: nameOf(n), account: '@first', sdkAppId }));

interface Run {
	ending: Ending;
	/** Seconds since the run began. */
	endedAfter: number;
	log: Sent[];
	/** When, in seconds, requests about a user were started. */
	startsOf(isMeant: (userId: string) => boolean): number[];
}

async function runAtDefaults(
	items: Row[],
	fateOf: (userId: string) => Fate,
	sessionFate = HEALTHY,
): Promise<Run> {
	const planned = {
		fateOf: ({ userId }: { userId: string }) => fateOf(userId),
		sessionFateOf: () => sessionFate,
	};
	return await onStage(planned, async ({ run, clock, log }) => {
		const startedAt = clock.now();
		const ending = await run({ rows: items, mode: 'continueRegularOutput' });
		const secondsAt = (time: number) => (time - startedAt) / 1000;
		return {
			ending,
			endedAfter: secondsAt(clock.now()),
			log,
			startsOf: (isMeant) =>
				log.filter(({ userId }) => isMeant(userId)).map((sent) => secondsAt(sent.startedAt)),
		};
	});
}

describe.each([50, 10_000])('%i users of an application whose limit does not lift', (count) => {
	const expectAllFailed = ({ ending }: Run) => {
		const reports = reportsIn(ending).map(({ report }) => report);
		expect(reports).toHaveLength(count);
		expect(reports.filter(({ outcome }) => outcome !== 'failed')).toEqual([]);
		expect(reports.filter(({ retryLater }) => retryLater !== true)).toEqual([]);
	};

	test.each<[string, Fate, number]>([
		['code 60007', { does: 'refuses', code: 60007 }, 40],
		['HTTP 429', { does: 'limits' }, 40],
		['HTTP 429 that asks for a minute', { does: 'limits', retryAfterMs: 60_000 }, 90],
	])(
		'%s: the run ends soon, and says of each that it may be run again',
		async (_limit, fate, withinSeconds) => {
			const run = await runAtDefaults(rows(count), () => fate);

			expect(run.endedAfter).toBeGreaterThanOrEqual(30);
			expect(run.endedAfter).toBeLessThanOrEqual(withinSeconds);
			expectAllFailed(run);
		},
	);

	test('a wait of an hour is asked for: the run ends at once', async () => {
		const limit: Fate = { does: 'limits', retryAfterMs: 3_600_000 };
		const run = await runAtDefaults(rows(count), () => limit);

		expect(run.endedAfter).toBeLessThan(1);
		expect(run.log).toHaveLength(1);
		expectAllFailed(run);
	});

	test('a limit that lets every tenth through is no such limit: nobody is given up for it', async () => {
		let served = 0;
		const run = await runAtDefaults(rows(50), () =>
			served++ % 10 === 9 ? HEALTHY : { does: 'refuses', code: 60007 },
		);
		const outcomes = reportsIn(run.ending).map(({ report }) => [report.outcome, report.attempts]);
		expect(
			outcomes.filter(([outcome, attempts]) => outcome === 'failed' && attempts !== 4),
		).toEqual([]);
	});
});

test.each([
	['100 executions at once', 100, 0],
	['an execution a second, for a minute and a half', 90, 1000],
])(
	'%s, of 5 users each, whose limit does not lift: each ends within 90 s of its beginning',
	async (_, count, everyMs) => {
		const lasted = await onStage(
			{ fateOf: () => ({ does: 'refuses', code: 60007 }) },
			async ({ run, clock }) => {
				const runAfter = async (n: number) => {
					await clock.sleep(n * everyMs);
					const startedAt = clock.now();
					await run({
						executionId: `${n}`,
						rows: rows(5, (user) => `user-${n}-${user}`),
						mode: 'continueRegularOutput',
					});
					return (clock.now() - startedAt) / 1000;
				};
				return await Promise.all(Array.from({ length: count }, async (__, n) => await runAfter(n)));
			},
		);
		expect(Math.max(...lasted)).toBeLessThanOrEqual(90);
	},
);

test.each<[string, Fate]>([
	['nobody listens', { does: 'noConnection' }],
	['no answer comes', { does: 'loses', arrives: false, worksMs: 0, failsMs: 10_000 }],
	['Desk has trouble with everything', { does: 'refuses', code: 91000 }],
])('where %s, a run of 10,000 users ends within two minutes', async (_what, fate) => {
	const { ending, endedAfter } = await runAtDefaults(rows(10_000), () => fate, fate);

	expect(endedAfter).toBeGreaterThan(60);
	expect(endedAfter).toBeLessThan(120);
	const reports = reportsIn(ending).map(({ report }) => report);
	expect(reports).toHaveLength(10_000);
	expect(reports.at(-1)).toMatchObject({
		...{ outcome: 'failed', retryLater: true, attempts: 0 },
		message: expect.stringMatching(/^Not sent, since Desk did nothing for over a minute: /),
	});
});

describe.each([500, 10_000])('%i healthy users', (count) => {
	const isHealthy = (userId: string) => userId.startsWith('user');
	const fateOf = (userId: string) => (isHealthy(userId) ? HEALTHY : HANGS);
	const expectAllReported = ({ ending }: Run) =>
		expect(
			reportsIn(ending).filter(
				({ report }) => report.outcome === 'contacted' && isHealthy(String(report.userId)),
			),
		).toHaveLength(count);

	test('behind 50 rows of one user whose request hangs: the first is sent within half a second, and all keep the pace', async () => {
		const run = await runAtDefaults([...rows(50, () => 'hangs'), ...rows(count)], fateOf);

		const starts = run.startsOf(isHealthy);
		expect(starts[0]).toBeLessThan(0.5);
		expect(starts[count - 1]).toBeLessThan(0.5 + (count / PACE) * 1.05);
		expect(run.startsOf((userId) => userId === 'hangs')).toHaveLength(2);
		expectAllReported(run);
	});

	test('behind 50 users whose requests hang: they wait for 3 s and no more, and then keep the pace', async () => {
		const run = await runAtDefaults([...rows(50, (n) => `hangs-${n}`), ...rows(count)], fateOf);

		const starts = run.startsOf(isHealthy);
		expect(starts[0]).toBeLessThan(3.5);
		expect(starts[count - 1]).toBeLessThan(4 + (count / PACE) * 1.05);
		expectAllReported(run);
	});

	test('between users who wait for their next try: they keep the pace', async () => {
		const items = rows(count).flatMap((row, n) =>
			n % 10 === 0 ? [{ ...row, userId: `again-${n}` }, row] : [row],
		);
		const run = await runAtDefaults(items, (userId) =>
			isHealthy(userId) ? HEALTHY : { does: 'refuses', code: 141002 },
		);

		const requests = run.log.length;
		expect(run.startsOf(isHealthy)[count - 1]).toBeLessThan(1 + (requests / PACE) * 1.05);
		expectAllReported(run);
	});
});

test('10,500 users in doubt at once are all remembered by the next execution', async () => {
	const count = 10_500;
	const lost: Fate = { does: 'loses', arrives: true, worksMs: 0, failsMs: 0 };
	const planned = { fateOf: () => lost, sessionFateOf: () => lost };
	await onStage(planned, async ({ run, log }) => {
		const batch = {
			rows: rows(count),
			mode: 'continueRegularOutput' as const,
			options: { requestsPerSecond: 0, concurrency: 200 },
		};
		await run(batch);

		const again = reportsIn(await run(batch));

		expect(again.filter(({ report }) => report.outcome !== 'unconfirmed')).toEqual([]);
		expect(log.filter(({ command }) => command === 'contact_user')).toHaveLength(count);
	});
}, 60_000);
