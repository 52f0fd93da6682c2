import { strict as assert } from 'node:assert';

import { finishedExecution, retryExecution } from '../n8n/api';
import { contacted, serveBatches, startBatch, workerOf, type Case } from './lab';

/** Stops at its third user the first time, and only then. */
const stoppedBatch = ['customer-1', 'customer-2', 'fault-http403-once', 'customer-3', 'customer-4'];

export const retries: Case[] = [
	{
		name: 'Retry button: the other worker finishes a stopped batch without contacting anyone twice',
		run: async (lab) => {
			const { cluster, simulator } = lab;
			const id = await startBatch(lab, await serveBatches(lab), stoppedBatch);
			assert.equal((await finishedExecution(cluster.rest, id)).status, 'error');
			const before = contacted(simulator);
			assert.ok(before.length > 0 && before.length < stoppedBatch.length, 'it stopped midway');

			// So that the other one must take the retry.
			const first = await workerOf(lab, id);
			assert.ok(first);
			await first.kill();
			try {
				const retry = await retryExecution(cluster.rest, id);
				assert.equal(retry.status, 'success', retry.error?.message);
				assert.ok(await workerOf(lab, retry.id), 'a worker that is left took it');
				assert.deepEqual(contacted(simulator), [...stoppedBatch].sort());
			} finally {
				await cluster.addWorker();
			}
		},
	},
];
