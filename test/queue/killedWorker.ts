import { strict as assert } from 'node:assert';

import { finishedExecution, retryExecution, type Execution } from '../n8n/api';
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
	type Served,
} from './lab';

const USERS = numbered(300, 'customer');
const KILLED_AFTER = 100;
const SLOW = {
	onError: 'continueRegularOutput' as const,
	parameters: { options: { requestsPerSecond: 60 } },
};
const BATCH_TIMEOUT_MS = 60_000;

export const killedWorker: Case[] = [
	{
		name: 'a worker is killed in the middle of a batch: nobody runs it again but the builder, and then Desk protects whose conversation is still open',
		run: async (lab) => {
			const { cluster, simulator } = lab;
			const served = await serveBatches(lab, SLOW, OUTPUTS);
			const id = await killInTheMiddle(lab, served);
			const before = contacted(simulator);

			const { status } = await finishedExecution(cluster.rest, id);
			console.log(`     ${before.length} contacted before the kill; n8n says: ${status}`);
			assert.equal(status, 'error');
			assert.deepEqual(contacted(simulator), before, 'no other worker went on with it');

			// n8n stored nothing of the run, not even its input, so its Retry button has nothing to run.
			const sent = simulator.requests.length;
			assert.equal((await retryExecution(cluster.rest, id)).status, 'error');
			assert.equal(simulator.requests.length, sent, 'the retry contacts nobody');

			// The node knows nothing of the killed run either; Desk does, as long as the conversation is open.
			const again = await runAgain(lab, served);
			assert.deepEqual(contacted(simulator), [...USERS].sort(), 'nobody twice, nobody forgotten');
			assert.deepEqual(usersBehind(again, 'Other').sort(), before);
			assert.equal(usersBehind(again, 'Contacted').length, USERS.length - before.length);

			// What no node can know: to Desk, a user whose conversation has ended is a new contact.
			simulator.world.sessions.clear();
			await runAgain(lab, served);
			assert.equal(contacted(simulator).length, 2 * USERS.length);
		},
	},
];

/** @returns the execution whose worker was killed when some of the users were contacted */
async function killInTheMiddle(lab: Lab, served: Served): Promise<string> {
	const id = await startBatch(lab, served, USERS);
	await eventually('some users are contacted', BATCH_TIMEOUT_MS, async () =>
		lab.simulator.ledger.length >= KILLED_AFTER ? true : undefined,
	);
	const worker = await workerOf(lab, id);
	assert.ok(worker, 'a worker took it');
	await worker.kill();
	assert.ok(lab.simulator.ledger.length < USERS.length, 'it was killed midway');
	return id;
}

async function runAgain(lab: Lab, served: Served): Promise<Execution> {
	const id = await startBatch(lab, served, USERS);
	const execution = await finishedExecution(lab.cluster.rest, id);
	assert.equal(execution.status, 'success', execution.error?.message);
	return execution;
}

function usersBehind(execution: Execution, output: string): unknown[] {
	return (execution.outputs(output)[0] ?? []).map(({ json }) => json.userId);
}
