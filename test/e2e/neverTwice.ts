import { strict as assert } from 'node:assert';

import { retryExecution, type Item } from '../n8n/api';
import { contactUser, OUTPUTS } from '../n8n/deskNodes';
import type { NodeSketch } from '../n8n/workflow';
import { fieldOf, runBatch, type Case, type Lab } from './lab';

/** What goes wrong for how many of 100 users; `-commit`: the contact is made all the same. */
const PER_HUNDRED: Array<[count: number, userId: string]> = [
	[64, 'customer'],
	[1, 'fault-http429-once'],
	[5, 'fault-reset-once'],
	[5, 'fault-reset-commit-once'],
	[4, 'fault-half-body-commit-once'],
	[4, 'fault-http502-once'],
	[4, 'fault-late-commit-once'],
	[4, 'fault-reset-commit-blind'],
	[3, 'fault-http403'],
	[3, 'answer-141012'],
	[3, 'unknown'],
];
const BATCH_SIZE = 500;

export const neverTwice: Case[] = [
	{
		name: `${BATCH_SIZE} users, 3 in 10 with faults, Retry On Fail and error output: nobody twice, nobody forgotten`,
		run: async (lab) => {
			const kinds = PER_HUNDRED.flatMap(([count, userId]) => Array<string>(count).fill(userId));
			// 37 and 100 share no divisor, so the kinds come well mixed.
			const batch = Array.from({ length: BATCH_SIZE }, (_, n) => `${kinds[(n * 37) % 100]}.${n}`);
			const node = contactUser({
				onError: 'continueErrorOutput',
				retryOnFail: true,
				maxTries: 3,
				waitBetweenTries: 0,
				parameters: { options: { timeout: 1000 } },
			});
			const execution = await runBatch(lab, batch, [node], [...OUTPUTS, 'Error']);

			assert.equal(execution.status, 'success', execution.error?.message);
			const reports = execution.outputs('Contact User').flat().map(reportOf);
			assert.deepEqual(
				reports.map(({ userId }) => userId).sort(),
				[...batch].sort(),
				'reported once each',
			);
			assertTrue(lab, reports);
		},
	},
	{
		name: "n8n's Retry button: a stopped batch is finished without contacting anyone twice",
		run: async (lab) => {
			const stopped = await runBatch(lab, stoppedBatch, [contactUser()], OUTPUTS);
			assert.equal(stopped.status, 'error');
			assert.ok(lab.simulator.ledger.length > 0, 'somebody was contacted before the stop');
			const retry = await retryExecution(lab.n8n.rest, stopped.id);
			assert.equal(retry.status, 'success', retry.error?.message);
			assert.deepEqual(fieldOf(retry.outputs('Contact User')[0], 'userId'), stoppedBatch);
			assertAllContactedOnce(lab);
		},
	},
	{
		name: 'Loop Over Items: the Retry button goes on in the turn that failed, and each turn contacts its own users',
		run: async (lab) => {
			const stopped = await runBatch(lab, stoppedBatch, [LOOP, contactUser()], [], (workflow) => {
				workflow.connections[LOOP.name] = { main: [[], [to('Contact User')]] };
				workflow.connections['Contact User'] = { main: [[to(LOOP.name)]] };
			});
			assert.equal(stopped.status, 'error');
			const before = lab.simulator.ledger.map(({ userId }) => userId);
			assert.ok(before.includes('customer-2'), 'the first turn was done');
			assert.ok(!before.includes('customer-4'), 'the last one was not begun');
			const retry = await retryExecution(lab.n8n.rest, stopped.id);
			assert.equal(retry.status, 'success', retry.error?.message);
			assertAllContactedOnce(lab);
		},
	},
];

const LOOP: NodeSketch = {
	name: 'Loop Over Items',
	type: 'n8n-nodes-base.splitInBatches',
	typeVersion: 3,
	parameters: { batchSize: 2, options: {} },
};
const to = (node: string) => ({ node, type: 'main' as const, index: 0 });

/** Stops at its third user the first time, and only then. */
const stoppedBatch = ['customer-1', 'customer-2', 'fault-http403-once', 'customer-3', 'customer-4'];

interface Report {
	userId: string;
	outcome: string;
}

/** The report of an item, also where n8n's Error output holds it. */
function reportOf({ json }: Item): Report {
	return (json.error ?? json) as unknown as Report;
}

/** Nobody twice; every `contacted` was; whoever was contacted and is not told so is `unconfirmed`. */
function assertTrue({ simulator }: Lab, reports: Report[]): void {
	const real = simulator.ledger.map(({ userId }) => userId);
	assert.equal(new Set(real).size, real.length, 'contacted once at most');
	for (const { userId, outcome } of reports) {
		if (outcome === 'contacted') assert.ok(real.includes(userId), `${userId} was never contacted`);
		else if (outcome !== 'unconfirmed') assert.ok(!real.includes(userId), `${userId}: ${outcome}`);
	}
	const outcomes = new Set(reports.map(({ outcome }) => outcome));
	assert.ok(outcomes.has('contacted') && outcomes.has('unconfirmed'), 'the batch tried both');
}

function assertAllContactedOnce({ simulator }: Lab): void {
	const real = simulator.ledger.map(({ userId }) => userId);
	assert.deepEqual(real.sort(), [...stoppedBatch].sort());
}
