import './quiet';

import { sleep } from 'n8n-workflow';

import { runContactUser } from '../engine/harness';
import { contactedUsers, numberedUsers, setupOf, sortedUsers, withSimulator } from './batch';

const HOUR_MS = 3_600_000;
/** Past the 3.5 s for which Desk may still be at work, and within the minute in which a session tells. */
const A_LITTLE_MS = 10_000;
const trueNow = Date.now.bind(Date);

/** Sets the clock of this process, except for the simulators that run already. */
function setClock(shiftMs: number): void {
	jest.spyOn(Date, 'now').mockImplementation(() => trueNow() + shiftMs);
}

afterEach(() => jest.restoreAllMocks());

test('a clock set forward does not make a session believed too early', async () => {
	await withSimulator({}, async (simulator) => {
		// The contact is made 2.5 s after the request, long after the node has given up waiting.
		simulator.plan('user-0', { fault: 'lateCommit', delayMs: 2500 });
		const finished = runContactUser(setupOf(simulator, numberedUsers(1), { timeout: 1000 }));
		while (simulator.requests.length < 2) await sleep(5);
		await sleep(100);

		setClock(A_LITTLE_MS);
		await finished;
		await sleep(3000);

		expect(contactedUsers(simulator)).toEqual(['user-0']);
	});
});

test('a clock set back does not stop the run', async () => {
	await withSimulator({}, async (simulator) => {
		const items = numberedUsers(30);
		const finished = runContactUser(setupOf(simulator, items, { requestsPerSecond: 50 }));
		while (simulator.requests.length < 5) await sleep(5);

		setClock(-HOUR_MS);
		await finished;

		expect(contactedUsers(simulator)).toEqual(sortedUsers(items));
	});
});
