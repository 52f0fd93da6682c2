import './quiet';

import type { LoggedRequest } from '../../simulator/contract';
import { runContactUser } from '../engine/harness';
import {
	contactedUsers,
	numberedUsers,
	reportedContacted,
	setupOf,
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
