import './quiet';

import { hideSession, OTHER_OUTCOME, reportsOf } from '../engine/desk';
import { runContactUser, type ContactUserSetup } from '../engine/harness';
import {
	contactedUsers,
	contactsIn,
	INTERNAL_ERROR,
	NO_RETRIES,
	numberedUsers,
	reportedContacted,
	setupOf,
	sortedUsers,
	times,
	withSimulator,
} from './batch';
import { contactsKept } from './keptMemory';

const RETRY_ON_FAIL: ContactUserSetup['node'] = {
	retryOnFail: true,
	maxTries: 3,
	waitBetweenTries: 1,
};

describe('Retry On Fail', () => {
	it('contacts nobody twice over all of its tries, and everybody in the end', async () => {
		await withSimulator({}, async (simulator) => {
			const items = numberedUsers(30);
			simulator.plan('user-7', INTERNAL_ERROR);
			simulator.plan('user-8', { fault: 'http502', commit: true });
			hideSession(simulator, 'user-8');
			simulator.plan('user-20', ...times(2, INTERNAL_ERROR));

			const run = await runContactUser(
				setupOf(simulator, items, NO_RETRIES, { ...RETRY_ON_FAIL, maxTries: 5 }),
			);

			expect(run.thrown.length).toBeGreaterThanOrEqual(1);
			expect(run.run.status).toBe('success');
			expect(contactedUsers(simulator)).toEqual(sortedUsers(items));
			expect(contactsKept(run.run)).toBeUndefined();
		});
	});

	it('still remembers in the third try what the first did, although the second failed at its start', async () => {
		await withSimulator({}, async (simulator) => {
			const items = numberedUsers(10);
			simulator.plan('user-9', ...times(2, INTERNAL_ERROR));

			const run = await runContactUser(setupOf(simulator, items, NO_RETRIES, RETRY_ON_FAIL));

			expect(run.thrown).toHaveLength(2);
			expect(contactedUsers(simulator)).toEqual(sortedUsers(items));
			expect(contactsIn(simulator)).toHaveLength(12);
			expect(reportedContacted(run)).toEqual(sortedUsers(items));
		});
	});

	it('does not stop again for a doubt that an earlier try left, and sends the rest', async () => {
		await withSimulator({}, async (simulator) => {
			const items = numberedUsers(8);
			simulator.plan('user-2', { fault: 'http502', commit: true });
			simulator.planSession('user-2', ...times(20, { fault: 'html' }));

			const run = await runContactUser(
				setupOf(simulator, items, { maxRetries: 0, concurrency: 1 }, RETRY_ON_FAIL),
			);

			expect(run.run.status).toBe('success');
			expect(run.thrown).toHaveLength(1);
			expect(reportsOf(run.outputs[OTHER_OUTCOME])).toMatchObject([
				{ userId: 'user-2', outcome: 'unconfirmed', attempts: 1 },
			]);
			expect(contactedUsers(simulator)).toEqual(sortedUsers(items));
			expect(contactsIn(simulator)).toHaveLength(8);
		});
	}, 40_000);
});
