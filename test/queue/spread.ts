import { strict as assert } from 'node:assert';

import { activate, createWorkflow, finishedExecution, postToWebhook } from '../n8n/api';
import { contactUser, OUTPUTS } from '../n8n/deskNodes';
import { chain, webhook } from '../n8n/workflow';
import { contacted, numbered, serveBatches, startBatch, type Case, type Lab } from './lab';

const CALLS = 200;
const CALLS_AT_ONCE = 20;

export const spread: Case[] = [
	{
		name: `${CALLS} webhook calls: both workers do their share, every user is contacted once, every caller hears the truth`,
		run: async (lab) => {
			const { cluster, simulator } = lab;
			const before = await executionCounts(lab);
			const path = 'one-user';
			const node = contactUser({ parameters: { userId: '={{ $json.body.userId }}' } });
			const id = await createWorkflow(cluster.rest, chain(path, [webhook(path), node]));
			await activate(cluster.rest, id);

			const users = numbered(CALLS, 'caller');
			const answers = new Map<string, { userId: string; outcome: string }>();
			const waiting = [...users];
			const call = async () => {
				for (let userId = waiting.pop(); userId; userId = waiting.pop()) {
					answers.set(userId, JSON.parse(await postToWebhook(cluster.url, path, { userId })));
				}
			};
			await Promise.all(Array.from({ length: CALLS_AT_ONCE }, call));

			for (const userId of users) {
				const answer = answers.get(userId);
				assert.equal(answer?.outcome, 'contacted', userId);
				assert.equal(answer?.userId, userId, 'the report of this very user');
			}
			assert.deepEqual(contacted(simulator), [...users].sort());
			const shares = (await executionCounts(lab)).map((count, index) => count - before[index]);
			console.log(`     executions by worker: ${shares.join(' and ')}`);
			assert.equal(shares[0] + shares[1], CALLS, 'the main process ran none');
			assert.ok(Math.min(...shares) >= CALLS / 10, 'both workers took part');
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
