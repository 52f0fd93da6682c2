import { strict as assert } from 'node:assert';

import { activate, createWorkflow, postToWebhook } from '../n8n/api';
import { contactUser, fromAI } from '../n8n/deskNodes';
import { chain, webhook, type NodeSketch } from '../n8n/workflow';
import { askAgent } from './agentWorkflow';
import { fieldOf, runBatch, type Case, type Lab } from './lab';
import { lastReport, passOn, withScriptedModel } from './scriptedModel';

// n8n hands on only the first output of a workflow's last node to whoever called the workflow.
const lastNode = (userId: string) =>
	contactUser({ parameters: { userId, options: { singleOutput: true } } });

/** One that leaves by each of the outputs, where Single Output is off. */
const USERS = ['mia', 'answer-141001', 'unknown-1', 'answer-141016'];
const OUTCOMES = ['contacted', 'agentUnavailable', 'configurationError', 'userUnavailable'];

/** Saves and publishes a workflow that takes a user id and ends in Contact User. @returns its id */
async function createSubWorkflow({ n8n }: Lab): Promise<string> {
	const trigger: NodeSketch = {
		name: 'When Executed by Another Workflow',
		type: 'n8n-nodes-base.executeWorkflowTrigger',
		typeVersion: 1.1,
		parameters: { workflowInputs: { values: [{ name: 'userId', type: 'string' }] } },
	};
	const nodes = [trigger, lastNode('={{ $json.userId }}')];
	const id = await createWorkflow(n8n.rest, chain('Contact a user', nodes));
	await activate(n8n.rest, id);
	return id;
}

/** How a node calls the workflow, and what it gives for the user id. */
const callOf = (workflowId: string, userId: string) => ({
	source: 'database',
	workflowId: { __rl: true, mode: 'id', value: workflowId },
	workflowInputs: {
		mappingMode: 'defineBelow',
		value: { userId },
		matchingColumns: [],
		schema: [
			{ id: 'userId', displayName: 'userId', type: 'string', required: false, display: true },
		],
	},
});

export const singleOutput: Case[] = [
	{
		name: 'Single Output: Execute Sub-workflow gets a report for every user, in their order',
		run: async (lab) => {
			const workflowId = await createSubWorkflow(lab);
			const caller: NodeSketch = {
				name: 'Execute Sub-workflow',
				type: 'n8n-nodes-base.executeWorkflow',
				typeVersion: 1.2,
				parameters: { ...callOf(workflowId, '={{ $json.userId }}'), options: {} },
			};
			const execution = await runBatch(lab, USERS, [caller], []);
			assert.equal(execution.status, 'success', execution.error?.message);
			const [reports] = execution.outputs(caller.name);
			assert.deepEqual(fieldOf(reports, 'userId'), USERS);
			assert.deepEqual(fieldOf(reports, 'outcome'), OUTCOMES);
		},
	},
	{
		name: 'Single Output: Call n8n Workflow Tool tells an AI Agent the report of every user',
		run: async (lab) => {
			const workflowId = await createSubWorkflow(lab);
			const tool: Partial<NodeSketch> = {
				name: 'Contact a User',
				type: '@n8n/n8n-nodes-langchain.toolWorkflow',
				typeVersion: 2.2,
				credentials: undefined,
				parameters: {
					...callOf(workflowId, fromAI('User_ID')),
					description: 'Lets a live agent contact the user.',
				},
			};
			const calls = USERS.map((userId) => () => ({ callTool: { User_ID: userId } }));
			await withScriptedModel([...calls, passOn], async (model) => {
				await askAgent(lab, model, { tool });
				const reports = model.requests.slice(1).map(lastReport);
				assert.deepEqual(
					reports.map(({ userId, outcome }) => [userId, outcome]),
					USERS.map((userId, call) => [userId, OUTCOMES[call]]),
				);
			});
		},
	},
	{
		name: 'Single Output: a webhook that answers when the last node finishes gives the report',
		run: async (lab) => {
			const path = 'single-output';
			const nodes = [webhook(path), lastNode('={{ $json.body.userId }}')];
			const id = await createWorkflow(lab.n8n.rest, chain(path, nodes));
			await activate(lab.n8n.rest, id);
			for (const [index, userId] of USERS.entries()) {
				const answer = await postToWebhook(lab.n8n.url, path, { userId });
				const report = JSON.parse(answer) as Record<string, unknown>;
				assert.deepEqual([report.userId, report.outcome], [userId, OUTCOMES[index]]);
			}
		},
	},
];
