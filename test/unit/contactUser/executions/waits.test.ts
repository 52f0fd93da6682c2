import type { Fate } from './desk';
import { reportsIn } from './judge';
import { onStage } from './stage';

/*
 * 10,000 users at defaults (200 at once, 190 a second, 3 retries, 10 s) against a limit that does not lift and a Desk
 * that does nothing, on a virtual clock. What they assume: an answer takes 20 ms, and a limit strikes everybody.
 */
const limited = { retryLater: true, outcome: 'failed' };
const unserved = {
	...{ ...limited, attempts: 0 },
	message: expect.stringMatching(/^Not sent, since Desk did nothing for over a minute: /),
};

let sdkAppId = 1_350_000_000;

test.each<[string, Fate, from: number, until: number, object]>([
	['code 60007 comes', { does: 'refuses', code: 60007 }, 30, 40, limited],
	['HTTP 429 comes', { does: 'limits' }, 30, 40, limited],
	['HTTP 429 asks for a minute', { does: 'limits', retryAfterMs: 60_000 }, 30, 90, limited],
	['nobody listens', { does: 'noConnection' }, 60, 120, unserved],
	[
		'no answer comes',
		{ does: 'loses', arrives: false, worksMs: 0, failsMs: 10_000 },
		...([60, 120, unserved] as const),
	],
	['Desk has trouble with everything', { does: 'refuses', code: 91000 }, 60, 120, unserved],
])(
	'where again and again %s, a run ends in its time, and says of each user that it may be run again',
	async (_what, fate, from, until, told) => {
		sdkAppId++;
		const planned = { fateOf: () => fate, sessionFateOf: () => fate };
		await onStage(planned, async ({ run, clock }) => {
			const startedAt = clock.now();
			const rows = Array.from({ length: 10_000 }, (_, n) => ({
				...{ userId: `user-${n}`, account: '@first', sdkAppId },
			}));
			const reports = reportsIn(await run({ rows, mode: 'continueRegularOutput' }));

			expect(clock.now() - startedAt).toBeGreaterThanOrEqual(from * 1000);
			expect(clock.now() - startedAt).toBeLessThanOrEqual(until * 1000);
			expect(reports).toHaveLength(10_000);
			expect(reports.at(-1)?.report).toMatchObject(told);
		});
	},
);
