import { strict as assert } from 'node:assert';

import { finishedExecution, postToWebhook } from '../n8n/api';
import { OUTPUTS } from '../n8n/deskNodes';
import { eventually } from '../n8n/waiting';
import { contacted, numbered, serveBatches, startBatch, type Case, type Lab } from './lab';

const CALLS = 200;
const CALLS_AT_ONCE = 20;
const TIMEOUT_MS = 60_000;

export const spread: Case[] = [
	{
		name: `${CALLS} webhook calls: both workers do their share, every user is contacted once, every report is true`,
		run: async (lab) => {
			const { cluster, simulator } = lab;
			const before = await executionCounts(lab);
			const served = await serveBatches(lab);
			const users = numbered(CALLS, 'caller');
			const [first, ...others] = users;
			// Alone, so that the webhook is surely served when the others come.
			await startBatch(lab, served, [first]);
			const call = async () => {
				for (let user = others.pop(); user !== undefined; user = others.pop()) {
					await postToWebhook(cluster.url, served.path, { users: [{ userId: user }] });
				}
			};
			await Promise.all(Array.from({ length: CALLS_AT_ONCE }, call));

			const shares = await eventually('all calls are worked on', TIMEOUT_MS, async () => {
				const counts = await executionCounts(lab);
				const sinceThen = counts.map((count, index) => count - before[index]);
				return sum(sinceThen) === CALLS ? sinceThen : undefined;
			});
			console.log(`     executions by worker: ${shares.join(' and ')}`);
			assert.ok(Math.min(...shares) >= CALLS / 10, 'both workers took part');

			const ids = (await Promise.all(cluster.workers.map((worker) => worker.executions())))
				.map((executions, index) => executions.slice(before[index]))
				.flat();
			const reported = [];
			for (const id of ids) {
				const execution = await finishedExecution(cluster.rest, id);
				assert.equal(execution.status, 'success');
				const [{ json }] = execution.outputs('Contact User')[0];
				reported.push(json.userId);
			}
			assert.deepEqual(reported.sort(), [...users].sort(), 'one true report for each call');
			assert.deepEqual(contacted(simulator), [...users].sort());
		},
	},
	{
		name: 'all four outputs lead where they should, read back from PostgreSQL',
		run: async (lab) => {
			const served = await serveBatches(lab, {}, OUTPUTS);
			const users = ['customer-1', 'answer-141012', 'unknown-1', 'answer-141016', 'customer-2'];
			const execution = await finishedExecution(
				lab.cluster.rest,
				await startBatch(lab, served, users),
			);
			assert.equal(execution.status, 'success');
			const behind = OUTPUTS.map((name) =>
				execution.outputs(name)[0].map(({ json }) => json.userId),
			);
			assert.deepEqual(behind, [
				['customer-1', 'customer-2'],
				['answer-141012'],
				['unknown-1'],
				['answer-141016'],
			]);
		},
	},
];

async function executionCounts({ cluster }: Lab): Promise<number[]> {
	return await Promise.all(
		cluster.workers.map(async (worker) => (await worker.executions()).length),
	);
}

function sum(numbers: number[]): number {
	return numbers.reduce((total, number) => total + number, 0);
}
