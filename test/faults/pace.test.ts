import './quiet';

import type { LoggedRequest, Step } from '../../simulator/contract';
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
import { printFigures } from './figures';
import { RUNS_ALL } from './howMuch';

const figures: Array<Record<string, string | number>> = [];
afterAll(() => printFigures('Pace', figures));

function note(what: string, requests: LoggedRequest[]): void {
	const ms = requests[requests.length - 1].at - requests[0].at;
	figures.push({
		what,
		requests: requests.length,
		seconds: (ms / 1000).toFixed(1),
		'per second': ((1000 * (requests.length - 1)) / ms).toFixed(1),
		'most in 1 s': mostInAnySecond(requests),
		'rate-limit answers': requests.filter(({ errorCode }) => errorCode === 60007).length,
	});
}

function mostInAnySecond(requests: LoggedRequest[]): number {
	let start = 0;
	return Math.max(
		...requests.map(({ at }, end) => {
			while (at - requests[start].at >= 1000) start++;
			return end - start + 1;
		}),
	);
}

const MANY = RUNS_ALL ? 2000 : 700;

it(`${MANY} users go through a limit of 200 per second at the default pace, without one refusal`, async () => {
	await withSimulator({ requestsPerSecond: 200 }, async (simulator) => {
		const items = numberedUsers(MANY);

		const run = await runContactUser(setupOf(simulator, items));

		note(`${MANY} items, limit 200/s, defaults`, simulator.requests);
		expect(contactedUsers(simulator)).toEqual(sortedUsers(items));
		expect(reportedContacted(run)).toEqual(sortedUsers(items));
		expect(simulator.requests.filter(({ errorCode }) => errorCode !== 0)).toEqual([]);
	});
}, 120_000);

it('nobody is lost where the limit is far lower than the pace, as long as retries last', async () => {
	await withSimulator({ requestsPerSecond: 60 }, async (simulator) => {
		const items = numberedUsers(400);

		const run = await runContactUser(setupOf(simulator, items, { maxRetries: 10 }));

		note('400 items, limit 60/s, pace 190/s', simulator.requests);
		expect(contactedUsers(simulator)).toEqual(sortedUsers(items));
		expect(reportedContacted(run)).toEqual(sortedUsers(items));
	});
}, 120_000);

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
});
