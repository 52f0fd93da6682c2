import { strict as assert } from 'node:assert';

import { activate, createWorkflow } from '../n8n/api';
import { letDeskCall, type Wish } from '../n8n/deskCalls';
import { eventTriggerNode, tencentDesk } from '../n8n/deskNodes';
import { eventually } from '../n8n/waiting';
import { chain } from '../n8n/workflow';
import { workerOf, type Case } from './lab';

const WITHIN_MS = 60_000;
const ANNA = ['anna@example.com'];

export const deskCalls: Case[] = [
	{
		name: 'Desk calls: a worker runs the workflow and answers who gets the session; a repeat starts nothing',
		run: async (lab) => {
			const { cluster } = lab;
			const trigger = eventTriggerNode('queue-calls', { events: ['assignAgent', 'sessionBegan'] });
			const agent = { __rl: true, mode: 'id', value: ANNA[0] };
			const answer = tencentDesk('event', 'answer', { agent });
			const id = await createWorkflow(cluster.rest, chain('queue-calls', [trigger, answer]));
			await activate(cluster.rest, id);
			const url = `${cluster.url}/webhook/queue-calls/webhook`;
			const call = async (wish: Wish) =>
				(await letDeskCall(lab, url, { timeoutMs: WITHIN_MS, ...wish })).json;
			const executions = async () => {
				const filter = encodeURIComponent(JSON.stringify({ workflowId: id }));
				const { results } = await cluster.rest.get<{ results: Array<{ id: string }> }>(
					`/rest/executions?limit=100&filter=${filter}`,
				);
				return results.map((each) => each.id);
			};

			// The first ones find workers that have yet to load the node, and may be too late for Desk.
			let calls = 0;
			const assign = await eventually('a worker answers in time', WITHIN_MS, async () => {
				const wish: Wish = { call: 'assign', userId: 'mia', requestId: `r-${++calls}` };
				return (await call(wish)).AgentIdList === undefined ? undefined : wish;
			});
			const session: Wish = { event: 'SessionBegin', userId: 'mia', requestId: 'r-session' };
			assert.deepEqual((await call(assign)).AgentIdList, ANNA);
			assert.equal((await call(session)).AIProvider, 1);
			assert.equal((await call(session)).AIProvider, 1);

			const ids = await eventually('all are listed', WITHIN_MS, async () => {
				const listed = await executions();
				return listed.length > calls ? listed : undefined;
			});
			assert.equal(ids.length, calls + 1);
			for (const each of ids) {
				await eventually('a worker took it', WITHIN_MS, async () => await workerOf(lab, each));
			}
			assert.deepEqual(await executions(), ids);
		},
	},
];
