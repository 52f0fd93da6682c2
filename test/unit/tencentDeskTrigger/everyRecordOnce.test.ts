import fc from 'fast-check';

import { live, type Outcome, type Troubles } from './pollingModel';
import { HOUR, PLAIN, SETTINGS } from './recordList';

// A machine that does other things takes several times the 5 s of the longest one.
jest.setTimeout(120_000);

const quiet: Troubles = {
	seed: 1,
	recordCount: 400,
	hours: 72,
	settings: SETTINGS,
	habits: PLAIN,
	failures: 0,
	outages: 0,
	restarts: 0,
	clockIsWrongBy: 0,
	savesPollsWithoutRecords: false,
	minutesBetweenPolls: 120,
	requestsPerPoll: Infinity,
};

const habits = fc.record({
	order: fc.constantFrom('newestFirst' as const, 'oldestFirst' as const),
	shufflesTies: fc.boolean(),
	totals: fc.constantFrom(...(['right', 'missing', 'page', 'stuck', 'moving'] as const)),
	ceiling: fc.constantFrom(7, 50, 100),
});
const anySettings = fc
	.record({ lookBack: fc.constantFrom(1, 24, 72), holdBack: fc.constantFrom(0, 30, 600, 4320) })
	.map(({ lookBack, holdBack }) => ({
		...SETTINGS,
		lookBackS: lookBack * HOUR,
		holdBackS: holdBack * 60,
	}));

function expectEachOnce({ given, expected, old }: Outcome): void {
	const counts = new Map<string, number>();
	for (const id of given) counts.set(id, (counts.get(id) ?? 0) + 1);
	expect({
		lost: expected.filter((id) => !counts.has(id)),
		twice: [...counts].filter(([, count]) => count > 1),
		old: old.filter((id) => counts.has(id)),
	}).toEqual({ lost: [], twice: [], old: [] });
	expect(expected.length).toBeGreaterThan(0);
}

/** Of a quiet life, what is troubled. */
const TROUBLES: Array<[string, { [Name in keyof Troubles]?: fc.Arbitrary<Troubles[Name]> }]> = [
	['whatever the order, the size and the totals of the pages', { habits }],
	['when polls fail half-way', { habits, failures: fc.constant(0.5) }],
	[
		'when n8n is off for hours, or restarted',
		{
			habits,
			savesPollsWithoutRecords: fc.boolean(),
			outages: fc.constant(0.2),
			restarts: fc.constant(0.5),
		},
	],
	[
		'when the clock of n8n is set back and forward',
		{
			habits,
			savesPollsWithoutRecords: fc.boolean(),
			restarts: fc.constantFrom(0, 0.3),
			clockIsWrongBy: fc.constantFrom(0.1, 5, 100),
		},
	],
	[
		'when n8n leaves time for a few requests in each poll',
		{ habits, outages: fc.constantFrom(0, 0.2), requestsPerPoll: fc.constantFrom(2, 5, 12) },
	],
	[
		'whatever look back and hold back are',
		{
			settings: anySettings,
			outages: fc.constantFrom(0, 0.2),
			restarts: fc.constantFrom(0, 0.3),
			failures: fc.constantFrom(0, 0.3),
		},
	],
];

describe('every session is given once, and none is lost', () => {
	test.each(TROUBLES)('%s', async (_when, troubles) => {
		await fc.assert(
			fc.asyncProperty(fc.record({ seed: fc.integer(), ...troubles }), async (some) =>
				expectEachOnce(await live({ ...quiet, ...some })),
			),
			{ numRuns: Number(process.env.POLL_RUNS ?? 6) },
		);
	});

	test.each([1, 3])(
		'5,000 sessions a day with all of these troubles at once (%d)',
		async (seed) => {
			const outcome = await live({
				...quiet,
				seed,
				recordCount: 15_000,
				minutesBetweenPolls: 60,
				habits: { ...PLAIN, shufflesTies: true, order: seed === 1 ? 'newestFirst' : 'oldestFirst' },
				failures: 0.2,
				outages: 0.05,
				restarts: 0.2,
				clockIsWrongBy: 30,
			});
			expectEachOnce(outcome);
			expect(outcome.failedPolls).toBeGreaterThan(2);
			expect(outcome.longestMemory).toBeLessThan(200_000);
		},
	);
});

test.each(['newestFirst', 'oldestFirst'] as const)(
	'5,000 sessions a day, polls every minute, listed up to 20 minutes late, %s: few requests',
	async (order) => {
		const outcome = await live({
			...quiet,
			recordCount: 5625,
			hours: 3,
			latestS: 1200,
			minutesBetweenPolls: 1,
			habits: { ...PLAIN, order },
		});
		expectEachOnce(outcome);
		expect(outcome.requests / outcome.polls).toBeLessThan(12);
	},
);

test('the memory stays under 200 kB for 5,000 sessions a day, with the longest look back too', async () => {
	const { longestMemory, given } = await live({
		...quiet,
		recordCount: 30_000,
		hours: 5 * 24,
		minutesBetweenPolls: 600,
		settings: { ...SETTINGS, lookBackS: 72 * HOUR },
	});
	expect(given.length).toBeGreaterThan(20_000);
	expect(longestMemory).toBeLessThan(200_000);
});
