import './quiet';

import type { Step } from '../../simulator/contract';
import type { NodeSetup } from '../engine/harness';
import { contactedUsers, contactsIn, setupOf, sortedUsers, withSimulator } from './batch';
import { contactsKept } from './judge';
import { contactedByTurn, retryLoop, runLoop } from './nodeInLoop';

const RETRY_ON_FAIL: NodeSetup['node'] = {
	retryOnFail: true,
	maxTries: 3,
	waitBetweenTries: 1,
};
const INTERNAL_ERROR: Step = { answer: 141002 };
const NO_RETRIES = { maxRetries: 0, concurrency: 5 };

describe('in a loop', () => {
	const turn = (name: string) => Array.from({ length: 5 }, (_, i) => ({ userId: `${name}-${i}` }));
	const batches = [turn('first'), turn('second'), turn('third')];
	const everybody = batches.map((batch) => batch.map(({ userId }) => userId));

	it('Retry On Fail contacts nobody twice in any turn', async () => {
		await withSimulator({}, async (simulator) => {
			for (const name of ['first-1', 'second-3', 'third-4']) simulator.plan(name, INTERNAL_ERROR);

			const run = await runLoop({
				batches,
				setup: setupOf(simulator, [], NO_RETRIES, RETRY_ON_FAIL),
			});

			expect(run.status).toBe('success');
			expect(contactedByTurn(run)).toEqual(everybody);
			expect(contactedUsers(simulator)).toEqual(everybody.flat().sort());
			expect(contactsKept(run)).toBeUndefined();
		});
	});

	it('the Retry button goes on in the turn that failed', async () => {
		await withSimulator({}, async (simulator) => {
			simulator.plan('second-3', INTERNAL_ERROR);
			const loop = { batches, setup: setupOf(simulator, [], NO_RETRIES, {}) };

			const failed = await runLoop(loop);
			const retried = await retryLoop(failed, loop);

			expect([failed.status, retried.status]).toEqual(['error', 'success']);
			expect(contactsKept(failed, 1)).toBeGreaterThanOrEqual(3);
			expect(contactedByTurn(retried)).toEqual(everybody);
			expect(contactedUsers(simulator)).toEqual(everybody.flat().sort());
		});
	});

	it('a user who comes up again in a later turn is asked for again, not answered from memory', async () => {
		await withSimulator({}, async (simulator) => {
			const same = turn('same');
			simulator.plan('same-4', INTERNAL_ERROR);

			const run = await runLoop({
				batches: [same, same],
				setup: setupOf(simulator, [], NO_RETRIES, RETRY_ON_FAIL),
			});

			expect(run.status).toBe('success');
			// 5 and a second one for same-4, then 5 more that Desk answers itself (141016).
			expect(contactsIn(simulator)).toHaveLength(11);
			expect(contactedUsers(simulator)).toEqual(sortedUsers(same));
			expect(contactedByTurn(run)).toEqual([same.map(({ userId }) => userId), []]);
		});
	});
});
