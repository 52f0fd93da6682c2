import './quiet';

import type { Step } from '../../simulator/contract';
import { reportsOf } from '../engine/desk';
import { runContactUser } from '../engine/harness';
import {
	contactedUsers,
	contactsIn,
	numberedUsers,
	reportedContacted,
	setupOf,
	silenceAfter,
	sortedUsers,
	withSimulator,
} from './batch';
import { RUNS_ALL } from './howMuch';

const CODES = RUNS_ALL ? [60007, 60011, 60018, 60019, 141009] : [60007];
const RATE_LIMITS: Array<{ limit: string; step: Step }> = [
	{ limit: 'HTTP 429', step: { fault: 'http429' } },
	...CODES.map((answer) => ({
		limit: `code ${answer}`,
		step: { answer },
	})),
];
/** The first wait is 250 to 500 ms, and a request that has just started may arrive within it. */
const SURE_SILENCE_MS = 150;
/** Until the refusal is read, each worker may get through a request or two on a busy machine. */
const MOST_BEFORE_IT_IS_KNOWN = 3;

describe.each(RATE_LIMITS)('$limit', ({ step }) => {
	it('pauses every worker, and costs no item', async () => {
		await withSimulator({ latencyMs: 20 }, async (simulator) => {
			const items = numberedUsers(100);
			const concurrency = 10;
			simulator.plan('user-20', step);

			const run = await runContactUser(
				setupOf(simulator, items, { concurrency, requestsPerSecond: 500 }),
			);

			const requests = contactsIn(simulator);
			const [limited] = requests.filter(({ userId }) => userId === 'user-20');
			const silence = silenceAfter(requests, limited, SURE_SILENCE_MS);
			expect(silence?.requestsBefore).toBeLessThanOrEqual(MOST_BEFORE_IT_IS_KNOWN * concurrency);
			expect(contactedUsers(simulator)).toEqual(sortedUsers(items));
			expect(reportedContacted(run)).toEqual(sortedUsers(items));
			const attempts = reportsOf(run.outputs.flat()).map((report) => report.attempts);
			expect(attempts.filter((count) => count !== 1)).toEqual([2]);
		});
	});

	it('costs no item either when everything in flight is refused at once', async () => {
		await withSimulator({ latencyMs: 20 }, async (simulator) => {
			const items = numberedUsers(30);
			for (const { userId } of items.slice(1, 11)) simulator.plan(userId, step, step);

			const run = await runContactUser(
				setupOf(simulator, items, { concurrency: 10, maxRetries: 2 }),
			);

			expect(contactedUsers(simulator)).toEqual(sortedUsers(items));
			expect(reportedContacted(run)).toEqual(sortedUsers(items));
		});
	});

	it('is a failed contact when the retries are used up', async () => {
		await withSimulator({}, async (simulator) => {
			simulator.plan('user-1', step, step, step);

			const { outputs } = await runContactUser(
				setupOf(simulator, numberedUsers(3), { maxRetries: 1 }),
			);

			const reports = reportsOf(outputs.flat()).filter(({ userId }) => userId === 'user-1');
			expect(reports).toMatchObject([{ outcome: 'failed', attempts: 2, retryLater: true }]);
			expect(contactedUsers(simulator)).toEqual(['user-0', 'user-2']);
		});
	});
});

describe('Retry-After', () => {
	test.each([
		['in seconds', () => '2', 2000],
		// A date has whole seconds, and some of the eight are gone when it is read.
		['as a date', () => new Date(Date.now() + 8000).toUTCString(), 3000],
	])('%s is how long everybody waits', async (_form, retryAfter, atLeastMs) => {
		await withSimulator({ latencyMs: 20 }, async (simulator) => {
			const items = numberedUsers(50);
			simulator.plan('user-10', { fault: 'http429', retryAfter: retryAfter() });

			await runContactUser(setupOf(simulator, items, { concurrency: 5 }));

			const requests = contactsIn(simulator);
			const [limited] = requests.filter(({ userId }) => userId === 'user-10');
			const silence = silenceAfter(requests, limited, atLeastMs - 100);
			expect(silence?.requestsBefore).toBeLessThanOrEqual(MOST_BEFORE_IT_IS_KNOWN * 5);
			expect(contactedUsers(simulator)).toEqual(sortedUsers(items));
		});
	});

	it('of more than a minute ends the run at once, and says of each who is left that it may be run again', async () => {
		await withSimulator({ latencyMs: 20 }, async (simulator) => {
			const items = numberedUsers(50);
			for (const { userId } of items) {
				simulator.plan(userId, { fault: 'http429', retryAfter: '3600' });
			}
			const startedAt = performance.now();

			const { outputs } = await runContactUser(setupOf(simulator, items));

			expect(performance.now() - startedAt).toBeLessThan(3000);
			expect(simulator.requests).toHaveLength(1);
			const reports = reportsOf(outputs.flat());
			expect(reports).toMatchObject(Array(50).fill({ outcome: 'failed', retryLater: true }));
			expect(reports.map(({ attempts }) => attempts)).toEqual([1, ...Array(49).fill(0)]);
		});
	});
});
