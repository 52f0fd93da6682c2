import './quiet';

import type { LoggedRequest, Step } from '../../simulator/contract';
import { runContactUser } from '../engine/harness';
import {
	contactedUsers,
	contactsIn,
	numberedUsers,
	reportedContacted,
	setupOf,
	sortedUsers,
	withSimulator,
} from './batch';
import { countOpenRequests } from './connections';
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

const secondsFor = (requests: LoggedRequest[]): number =>
	(requests[requests.length - 1].at - requests[0].at) / 1000;

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

it('a rate-limit answer halves the pace, and the run recovers from it', async () => {
	await withSimulator({}, async (simulator) => {
		const items = numberedUsers(240);
		simulator.plan('user-20', { answer: 60007 });

		await runContactUser(setupOf(simulator, items, { requestsPerSecond: 40 }));

		const { requests } = simulator;
		note('240 items, one refusal, pace 40/s', requests);
		const limited = requests.findIndex(({ errorCode }) => errorCode === 60007);
		const afterPause = requests
			.slice(limited)
			.findIndex(({ at }) => at > requests[limited].at + 200);
		const from = limited + afterPause;
		const inFirstSecond = requests.slice(from).filter(({ at }) => at < requests[from].at + 1000);
		// 20 a second at first, and up to 40 again in the end.
		expect(inFirstSecond.length).toBeLessThanOrEqual(24);
		expect(mostInAnySecond(requests.slice(-100))).toBeGreaterThan(1.3 * inFirstSecond.length);
		expect(contactedUsers(simulator)).toEqual(sortedUsers(items));
	});
}, 60_000);

it('with no pace, a refusal of the very first request does not choke the whole run', async () => {
	await withSimulator({}, async (simulator) => {
		const items = numberedUsers(100);
		simulator.plan('user-0', { answer: 60007 });

		await runContactUser(setupOf(simulator, items, { requestsPerSecond: 0 }));

		note('100 items, no pace, first one refused', simulator.requests);
		expect(contactedUsers(simulator)).toEqual(sortedUsers(items));
		// One request a second was all that had been sent when the refusal came.
		expect(secondsFor(simulator.requests.slice(-20))).toBeLessThan(10);
	});
}, 120_000);

describe('with retries and session reads', () => {
	/** Every user needs a second request, every third one a look at the session as well. */
	const steps = (index: number): Step[] =>
		index % 3 === 0 ? [{ answer: 141002 }, { fault: 'reset' }] : [{ answer: 141002 }];

	it('the pace holds over everything that is sent', async () => {
		await withSimulator({}, async (simulator) => {
			const items = numberedUsers(60);
			items.forEach(({ userId }, index) => simulator.plan(userId, ...steps(index)));
			const requestsPerSecond = 40;

			await runContactUser(
				setupOf(simulator, items, { requestsPerSecond, concurrency: 60, includeSession: true }),
			);

			const { requests } = simulator;
			note('60 items, retries and sessions, pace 40/s', requests);
			expect(contactedUsers(simulator)).toEqual(sortedUsers(items));
			// 60 first and 60 second requests, 20 third ones, 20 confirmed twice, 60 session details.
			expect(requests.length).toBeGreaterThanOrEqual(60 + 60 + 20 + 40 + 60);
			// A start may make up for a timer's lateness of up to 3 ms; arrivals may bunch a little more.
			expect(mostInAnySecond(requests)).toBeLessThanOrEqual(requestsPerSecond * 1.1 + 1);
		});
	}, 60_000);

	it('never more requests are open than Concurrent Requests allows', async () => {
		await withSimulator({ latencyMs: 400 }, async (simulator) => {
			const items = numberedUsers(30);
			items.forEach(({ userId }, index) => simulator.plan(userId, ...steps(index)));
			const counted = await countOpenRequests(simulator.url);

			await runContactUser({
				...setupOf(simulator, items, {
					requestsPerSecond: 0,
					concurrency: 7,
					includeSession: true,
				}),
				credential: { ...simulator.credential, baseUrl: counted.baseUrl },
			});
			await counted.close();

			expect(contactedUsers(simulator)).toEqual(sortedUsers(items));
			expect(contactsIn(simulator).length).toBeGreaterThanOrEqual(30 + 30 + 10);
			expect(counted.mostOpen()).toBe(7);
		});
	}, 60_000);
});
