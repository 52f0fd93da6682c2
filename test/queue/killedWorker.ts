import { strict as assert } from 'node:assert';

import { finishedExecution, retryExecution } from '../n8n/api';
import { OUTPUTS } from '../n8n/deskNodes';
import { eventually } from '../n8n/waiting';
import {
	contacted,
	numbered,
	serveBatches,
	startBatch,
	workerOf,
	type Case,
	type Lab,
} from './lab';

const USERS = 300;
const KILLED_AFTER = 100;
const SLOW = {
	onError: 'continueRegularOutput',
	parameters: { options: { requestsPerSecond: 60 } },
};
const CRASH_TIMEOUT_MS = 60_000;

export const killedWorker: Case[] = [
	{
		name: 'a worker is killed in the middle of a batch: n8n does not run it again by itself, and the Retry button contacts nobody twice whose conversation is still open',
		run: async (lab) => {
			const { cluster, simulator } = lab;
			const users = numbered(USERS, 'customer');
			const id = await killInTheMiddle(lab, users);
			const status = await untilGivenUp(lab, id);
			const before = contacted(simulator);
			console.log(`     ${before.length} contacted before the kill; n8n says: ${status}`);
			assert.ok(before.length < USERS, 'it was killed midway');

			const retry = await retryExecution(cluster.rest, id);

			assert.equal(retry.status, 'success', retry.error?.message);
			const [told, , , other] = OUTPUTS.map((name) =>
				retry.outputs(name)[0].map(({ json }) => json),
			);
			// The node knows nothing of the run that was killed; Desk does, as long as the conversation is open.
			assert.deepEqual(contacted(simulator), [...users].sort(), 'nobody twice, nobody forgotten');
			assert.deepEqual(other.map(({ userId }) => userId).sort(), before);
			assert.deepEqual(new Set(other.map(({ errorCode }) => errorCode)), new Set([141016]));
			assert.equal(told.length + other.length, USERS, 'items in = items out');
			await cluster.addWorker();
		},
	},
	{
		name: 'a worker is killed, and conversations end before the batch is started again: those users are contacted again, which no node can know',
		run: async (lab) => {
			const { cluster, simulator } = lab;
			const users = numbered(60, 'visitor');
			const id = await killInTheMiddle(lab, users, 20);
			await untilGivenUp(lab, id);
			const before = contacted(simulator);
			simulator.world.sessions.clear();

			const retry = await retryExecution(cluster.rest, id);

			assert.equal(retry.status, 'success', retry.error?.message);
			const twice = contacted(simulator).filter((userId, n, all) => userId === all[n - 1]);
			assert.deepEqual(twice, before, 'exactly those of the killed run');
		},
	},
];

/** @returns the execution whose worker was killed when so many were contacted */
async function killInTheMiddle(lab: Lab, users: string[], after = KILLED_AFTER): Promise<string> {
	const { cluster, simulator } = lab;
	const served = await serveBatches(lab, SLOW as Parameters<typeof serveBatches>[1], OUTPUTS);
	const id = await startBatch(lab, served, users);
	await eventually('enough users are contacted', CRASH_TIMEOUT_MS, async () =>
		simulator.ledger.length >= after ? true : undefined,
	);
	const worker = await workerOf(lab, id);
	assert.ok(worker, 'a worker took it');
	await worker.kill();
	cluster.workers.splice(cluster.workers.indexOf(worker), 1);
	return id;
}

/** Waits until n8n has noticed. @returns the status it gives the execution then */
async function untilGivenUp({ cluster, simulator }: Lab, id: string): Promise<string> {
	const { status } = await finishedExecution(cluster.rest, id);
	const sent = simulator.requests.length;
	assert.notEqual(status, 'success');
	// Longer than n8n's queue waits for a silent worker here: another one would have taken the job by now.
	await new Promise((done) => setTimeout(done, 8000));
	assert.equal(simulator.requests.length, sent, 'no other worker went on with it');
	return status;
}
