import './quiet';

import { sleep } from 'n8n-workflow';

import type { Simulator } from '../../simulator/contract';
import { hideSession, ON_ERROR_MODES } from '../engine/desk';
import { retryRun, runContactUser, startContactUser } from '../engine/harness';
import {
	contactedUsers,
	contactsIn,
	numberedUsers,
	setupOf,
	sortedUsers,
	withSimulator,
} from './batch';
import { countsOf, violationsOf } from './judge';
import { watchForStalls } from './stalls';

describe('Stop Workflow', () => {
	it('sends nothing more after the item that failed, and accounts for every other one', async () => {
		await withSimulator({ latencyMs: 100 }, async (simulator) => {
			const items = numberedUsers(100);
			const concurrency = 10;
			simulator.plan('user-40', { fault: 'http403' });

			const { run, thrown, error } = await runContactUser(
				setupOf(simulator, items, { concurrency, requestsPerSecond: 0 }, {}),
			);

			expect(run.status).toBe('error');
			expect(thrown).toHaveLength(1);
			expect(error?.message).toMatch(/^User user-40: .*HTTP status 403.*\[item 41 of 100\]/);
			// Those in flight when the refusal came finished, each worker's next one did not start.
			const requests = contactsIn(simulator);
			expect(requests.length).toBeLessThanOrEqual(41 + 2 * concurrency);
			expect(simulator.ledger).toHaveLength(requests.length - 1);
			expect(countsOf(error)).toEqual({
				items: 100,
				contacted: simulator.ledger.length,
				notContacted: 1,
				unconfirmed: 0,
				notTried: 100 - requests.length,
			});
		});
	});

	it('keeps the doubt about a request in flight for the retry, instead of sending it again', async () => {
		await withSimulator({}, async (simulator) => {
			const items = numberedUsers(20);
			simulator.plan('user-3', { fault: 'reset', commit: true });
			simulator.planSession('user-3', { delayMs: 400 }, { answer: 70500 });
			simulator.plan('user-4', { fault: 'http403' });
			hideSession(simulator, 'user-3');
			const setup = setupOf(simulator, items, { concurrency: 5 }, {});

			const failed = await runContactUser(setup);
			const retried = await retryRun(failed.run, setup);

			expect(failed.run.status).toBe('error');
			expect(retried.run.status).toBe('success');
			expect(contactedUsers(simulator)).toEqual(sortedUsers(items));
			expect(contactsIn(simulator).filter(({ userId }) => userId === 'user-3')).toHaveLength(1);
		});
	});
});

const stalls = watchForStalls();
afterAll(() => stalls.stop());

/** What a run may be waiting for when it is cancelled. */
const MOMENTS: Array<{
	moment: string;
	options?: Record<string, number>;
	prepare?: (simulator: Simulator) => void;
	/** Cancel once so many requests have arrived. */
	after: number;
}> = [
	{ moment: 'answers', after: 12, prepare: delayEverybody },
	{ moment: 'the pace', after: 10, options: { requestsPerSecond: 20 } },
	{
		moment: 'the end of a rate limit',
		after: 5,
		prepare: ({ plan }) => plan('user-4', { fault: 'http429', retryAfter: '30' }),
		options: { concurrency: 1 },
	},
	{
		moment: 'the next try of a user',
		after: 5,
		prepare: ({ plan }) => plan('user-4', ...Array(9).fill({ answer: 141002 })),
		options: { concurrency: 1, maxRetries: 9 },
	},
	{
		moment: 'the time to believe a session',
		after: 6,
		prepare: ({ plan }) => plan('user-4', { fault: 'http502' }),
		options: { concurrency: 1 },
	},
	{
		moment: 'the first answer of the application',
		after: 1,
		prepare: ({ plan }) => plan('user-0', { fault: 'hang' }),
	},
];

function delayEverybody({ plan }: Simulator): void {
	for (const { userId } of numberedUsers(300)) plan(userId, { delayMs: 60 });
}

describe.each(MOMENTS)('cancelled while it waits for $moment', ({ options, prepare, after }) => {
	test.each(ON_ERROR_MODES)('nothing more starts within 100 ms (%s)', async (onError) => {
		await withSimulator({}, async (simulator) => {
			const items = numberedUsers(300);
			const userIds = items.map(({ userId }) => userId);
			prepare?.(simulator);
			const { execution, finished } = startContactUser(
				setupOf(simulator, items, { concurrency: 10, ...options }, { onError }),
			);
			while (simulator.requests.length < after) await sleep(2);
			await sleep(30);
			const cancelledAt = Date.now();
			const cancelledAtTick = performance.now();
			execution.cancel();
			const judged = await finished;
			const endedAfterMs = Date.now() - cancelledAt;
			await sleep(400);

			expect(judged.run.status).toBe('canceled');
			expect(endedAfterMs).toBeLessThan(1000);
			const latest = cancelledAt + 100 + stalls.longestSince(cancelledAtTick);
			expect(simulator.requests.filter(({ at }) => at > latest)).toEqual([]);
			expect(violationsOf(judged, userIds, simulator.ledger)).toEqual([]);
		});
	});
});
