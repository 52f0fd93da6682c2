import './quiet';

import { users } from '../engine/desk';
import { retryRun, runContactUser } from '../engine/harness';
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

describe("n8n's Retry button", () => {
	it('contacts nobody twice, try after try', async () => {
		await withSimulator({}, async (simulator) => {
			const items = numberedUsers(30);
			simulator.plan('user-12', ...times(2, INTERNAL_ERROR));
			const setup = setupOf(simulator, items, NO_RETRIES, {});

			const first = await runContactUser(setup);
			const second = await retryRun(first.run, setup);
			const third = await retryRun(second.run, setup);

			expect([first, second, third].map(({ run }) => run.status)).toEqual([
				'error',
				'error',
				'success',
			]);
			expect(reportedContacted(third)).toEqual(sortedUsers(items));
			expect(contactedUsers(simulator)).toEqual(sortedUsers(items));
			expect(contactsKept(second.run)).toBeGreaterThanOrEqual(12);
			expect(contactsKept(third.run)).toBeUndefined();
		});
	});

	it('tries again what was refused, since the cause may be mended by now', async () => {
		await withSimulator({}, async (simulator) => {
			const items = users('ann', 'ben', 'broken', 'cleo');
			simulator.plan('ann', { answer: 141012 });
			simulator.plan('ben', { answer: 141015 });
			simulator.plan('broken', INTERNAL_ERROR);
			const setup = setupOf(simulator, items, { maxRetries: 0, concurrency: 1 }, {});

			const failed = await runContactUser(setup);
			const retried = await retryRun(failed.run, setup);

			expect(failed.run.status).toBe('error');
			expect(reportedContacted(retried)).toEqual(['ann', 'ben', 'broken', 'cleo']);
		});
	});

	it('contacts nobody twice either when On Error was set to Continue meanwhile', async () => {
		await withSimulator({}, async (simulator) => {
			const items = numberedUsers(12);
			simulator.plan('user-9', INTERNAL_ERROR);
			const setup = setupOf(simulator, items, NO_RETRIES, {});
			const failed = await runContactUser(setup);

			const retried = await retryRun(failed.run, {
				...setup,
				node: { onError: 'continueRegularOutput' },
			});

			expect(reportedContacted(retried)).toEqual(sortedUsers(items));
			expect(contactsIn(simulator)).toHaveLength(13);
			expect(contactsKept(retried.run)).toBeUndefined();
		});
	});

	it('does not take what was done in another application for done in this one', async () => {
		await withSimulator({}, async (trial) => {
			await withSimulator({}, async (simulator) => {
				const items = numberedUsers(8);
				trial.plan('user-5', INTERNAL_ERROR);
				const setup = setupOf(simulator, items, { maxRetries: 0, concurrency: 1 }, {});

				const failed = await runContactUser({ ...setup, credential: trial.credential });
				const retried = await retryRun(failed.run, setup);

				expect(reportedContacted(retried)).toEqual(sortedUsers(items));
				expect(contactedUsers(simulator)).toEqual(sortedUsers(items));
			});
		});
	});

	it('sends again once a refused credential is mended', async () => {
		await withSimulator({}, async (simulator) => {
			const items = numberedUsers(20);
			simulator.plan('user-3', INTERNAL_ERROR);
			const setup = setupOf(simulator, items, { maxRetries: 0, concurrency: 1 }, {});
			const failed = await runContactUser(setup);

			const withWrongKey = {
				...setup,
				credential: { ...simulator.credential, secretKey: 'wrong' },
			};
			const refused = await retryRun(failed.run, withWrongKey);

			expect(reportedContacted(refused)).toEqual(['user-0', 'user-1', 'user-2']);
			expect(refused.run.status).toBe('success');
			expect(contactedUsers(simulator)).toEqual(['user-0', 'user-1', 'user-2']);
			expect((await retryRun(failed.run, setup)).outputs[0]).toHaveLength(20);
			expect(contactedUsers(simulator)).toEqual(sortedUsers(items));
		});
	});
});

test('a tool of an AI Agent remembers nothing: when the model asks again, it is sent again', async () => {
	await withSimulator({}, async (simulator) => {
		const items = numberedUsers(6);
		simulator.plan('user-5', INTERNAL_ERROR);
		const setup = setupOf(simulator, items, { maxRetries: 0, concurrency: 1 }, {});
		const failed = await runContactUser(setup);
		expect(contactsKept(failed.run)).toBe(5);

		await retryRun(failed.run, {
			...setup,
			node: { type: 'n8n-nodes-tencent-desk.contactUserTool' },
		});

		// Five of them are Desk's own "already in a conversation".
		expect(contactsIn(simulator)).toHaveLength(12);
		expect(contactedUsers(simulator)).toEqual(sortedUsers(items));
	});
});
