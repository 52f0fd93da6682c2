import { strict as assert } from 'node:assert';

import { recordOf, type SessionRecord } from '../../simulator/records';
import { activate, createWorkflow, finishedExecution, runManually, type Item } from '../n8n/api';
import { CREDENTIAL } from '../n8n/deskNodes';
import { eventually } from '../n8n/waiting';
import { chain, type NodeSketch } from '../n8n/workflow';
import { fieldOf, type Case, type Lab } from './lab';

const TRIGGER = 'Tencent Desk Trigger';
const HOUR = 3600;
const POLLED_TIMEOUT_MS = 60_000;

/** n8n refuses a cron that ticks more than once a minute, but not twenty that tick once. */
const EVERY_THREE_SECONDS = Array.from({ length: 20 }, (_, n) => ({
	mode: 'custom',
	cronExpression: `${n * 3} * * * * *`,
}));

function deskTrigger(parameters: Record<string, unknown> = {}): NodeSketch {
	return {
		name: TRIGGER,
		type: 'n8n-nodes-tencent-desk.tencentDeskTrigger',
		typeVersion: 1,
		credentials: CREDENTIAL,
		parameters: {
			pollTimes: { item: EVERY_THREE_SECONDS },
			// So that what ends now comes at once.
			options: { holdBack: 0 },
			...parameters,
		},
	};
}

/** Puts sessions into Desk's list. @returns their ids */
function add(
	{ simulator }: Lab,
	prefix: string,
	count: number,
	said: Partial<SessionRecord> = {},
): string[] {
	const Timestamp = Math.floor(Date.now() / 1000);
	const ids = Array.from({ length: count }, (_, n) => `${prefix}-${n}`);
	const records = ids.map((SessionId) => recordOf({ SessionId, Timestamp, ...said }));
	simulator.world.records.push(...records);
	return ids;
}

const hoursAgo = (hours: number) => ({ Timestamp: Math.floor(Date.now() / 1000) - hours * HOUR });

/** What the trigger gave in all executions that n8n has stored of the workflow. */
async function itemsGiven({ n8n }: Lab, workflowId: string): Promise<Item[]> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	const { results } = await n8n.rest.get<{ results: Array<{ id: string }> }>(
		`/rest/executions?limit=100&filter=${filter}`,
	);
	const executions = await Promise.all(
		results.map(async ({ id }) => await finishedExecution(n8n.rest, id)),
	);
	return executions.flatMap((execution) => execution.outputs(TRIGGER)[0] ?? []);
}

async function untilGiven(lab: Lab, workflowId: string, count: number): Promise<void> {
	await eventually(`${count} sessions are given`, POLLED_TIMEOUT_MS, async () =>
		(await itemsGiven(lab, workflowId)).length >= count ? true : undefined,
	);
}

/** Waits until n8n has asked Desk again, so that what it would give twice is given. */
async function untilPolledAgain({ simulator }: Lab): Promise<void> {
	const before = simulator.requests.length;
	await eventually('the trigger polls twice', POLLED_TIMEOUT_MS, async () =>
		simulator.requests.length >= before + 4 ? true : undefined,
	);
}

/** Publishes a workflow that n8n cannot activate, which it does after it has answered. @returns what it tells the editor */
async function whyNotActive({ n8n }: Lab, workflowId: string): Promise<string> {
	await activate(n8n.rest, workflowId);
	return await eventually('n8n says why', POLLED_TIMEOUT_MS, async () => {
		const status = await n8n.rest.get(`/rest/workflows/${workflowId}/publication-status`);
		const text = JSON.stringify(status);
		return text.includes('could not be read') ? text : undefined;
	});
}

export const trigger: Case[] = [
	{
		name: 'trigger: every session is given once, over restarts of n8n and records that come late',
		run: async (lab) => {
			add(lab, 'old', 120);
			const id = await createWorkflow(lab.n8n.rest, chain('trigger', [deskTrigger()], ['Behind']));
			await activate(lab.n8n.rest, id);
			// Publishing is answered before the trigger has looked at what is there.
			await untilPolledAgain(lab);

			const expected = add(lab, 'first', 150);
			await untilGiven(lab, id, expected.length);

			await lab.n8n.restart();
			expected.push(...add(lab, 'late', 40, hoursAgo(23)));
			await untilGiven(lab, id, expected.length);

			const whileOff = lab.n8n.restart();
			expected.push(...add(lab, 'off', 30), ...add(lab, 'late-and-off', 10, hoursAgo(20)));
			await whileOff;
			await untilGiven(lab, id, expected.length);
			await untilPolledAgain(lab);

			const given = fieldOf(await itemsGiven(lab, id), 'sessionId') as string[];
			assert.deepEqual([...given].sort(), [...expected].sort(), '0 lost, 0 twice');
			await lab.n8n.rest.post(`/rest/workflows/${id}/deactivate`, {});
		},
	},
	{
		name: 'trigger: taken down and published anew while a poll reads, every session is given once',
		run: async (lab) => {
			const id = await createWorkflow(lab.n8n.rest, chain('anew', [deskTrigger()], ['Behind']));
			await activate(lab.n8n.rest, id);
			await untilPolledAgain(lab);
			const expected = add(lab, 'first', 3);
			await untilGiven(lab, id, expected.length);
			for (const round of [1, 2, 3]) {
				expected.push(...add(lab, `during-${round}`, 2));
				lab.simulator.planCommand('describe_im_cdr_list', { delayMs: 2000 });
				const before = lab.simulator.requests.length;
				await eventually('a poll reads', POLLED_TIMEOUT_MS, async () =>
					lab.simulator.requests.length > before ? true : undefined,
				);
				await lab.n8n.rest.post(`/rest/workflows/${id}/deactivate`, {});
				await activate(lab.n8n.rest, id);
				await untilGiven(lab, id, expected.length);
			}
			await untilPolledAgain(lab);
			const given = fieldOf(await itemsGiven(lab, id), 'sessionId') as string[];
			assert.deepEqual([...given].sort(), [...expected].sort(), '0 lost, 0 twice');
			await lab.n8n.rest.post(`/rest/workflows/${id}/deactivate`, {});
		},
	},
	{
		name: 'trigger: a test in the editor shows the newest session',
		run: async (lab) => {
			add(lab, 'older', 3, hoursAgo(2));
			add(lab, 'newest', 1);
			const id = await createWorkflow(lab.n8n.rest, chain('test', [deskTrigger()], ['Behind']));
			const execution = await runManually(lab.n8n.rest, id, TRIGGER);
			assert.equal(execution.status, 'success');
			assert.deepEqual(fieldOf(execution.outputs(TRIGGER)[0], 'sessionId'), ['newest-0']);
		},
	},
	{
		name: 'trigger: for an application without Desk, publishing says what to mend',
		run: async (lab) => {
			lab.simulator.world.apps[0].desk = false;
			const id = await createWorkflow(lab.n8n.rest, chain('refused', [deskTrigger()], ['Behind']));
			const refusal = await whyNotActive(lab, id);
			assert.match(
				refusal,
				/sessions could not be read: The application is not a Desk application/,
			);
		},
	},
];
