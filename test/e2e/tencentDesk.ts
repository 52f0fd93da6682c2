import { strict as assert } from 'node:assert';

import { activate, callWebhook, createWorkflow } from '../n8n/api';
import { contactUser, tencentDesk } from '../n8n/deskNodes';
import { chain, webhook } from '../n8n/workflow';
import { fieldOf, runBatch, type Case, type Lab } from './lab';

interface DeskNodeType {
	name: string;
	outputs: string[];
	properties: Array<{ name: string; type: string; default: unknown }>;
}

const OPERATIONS = [
	...['agent/getMany', 'agent/getStatus', 'agent/setStatus', 'agentGroup/getMany'],
	...['customerServiceAccount/getMany', 'event/answer', 'message/send', 'reception/get'],
	...['session/end', 'session/get', 'session/getMany', 'session/getMark', 'session/getMessages'],
	...['session/leaveQueue', 'session/reassign', 'session/setMark', 'session/transfer'],
];

export const tencentDeskCases: Case[] = [
	{
		name: 'Tencent Desk: after a contact, the session is looked up, and a text is sent to its user',
		run: async (lab) => {
			const ofContact = {
				customerServiceAccount: {
					__rl: true,
					mode: 'id',
					value: "={{ $('Contact User').item.json.customerServiceAccount }}",
				},
				userId: "={{ $('Contact User').item.json.userId }}",
			};
			const users = ['mia', 'leo', 'kim'];
			const execution = await runBatch(
				lab,
				users,
				[
					contactUser(),
					tencentDesk('session', 'get', ofContact, { name: 'Get Session' }),
					tencentDesk('message', 'send', {
						...ofContact,
						text: '={{ $json.agent }} now talks with you.',
					}),
				],
				['After'],
			);

			assert.equal(execution.status, 'success');
			const sessions = execution.outputs('Get Session').flat();
			assert.deepEqual(fieldOf(sessions, 'userId'), users);
			assert.deepEqual(fieldOf(sessions, 'state'), ['Agent', 'Agent', 'Agent']);
			assert.deepEqual(
				lab.simulator.messages.map(({ userId, text }) => [userId, text]),
				sessions.map(({ json }) => [json.userId, `${String(json.agent)} now talks with you.`]),
			);
			assert.equal(execution.outputs('After')[0].length, users.length);
		},
	},
	{
		name: 'Tencent Desk: what was refused arrives at the Error output, with the fields of its item',
		run: async (lab) => {
			const execution = await runBatch(
				lab,
				['mia', 'unknown-1'],
				[
					tencentDesk(
						'message',
						'send',
						{
							customerServiceAccount: {
								__rl: true,
								mode: 'id',
								value: '@customer_service_account',
							},
							userId: '={{ $json.userId }}',
							text: 'Hello',
						},
						{ onError: 'continueErrorOutput' },
					),
				],
				['Sent', 'Not Sent'],
			);

			const [[sent], [refused]] = [execution.outputs('Sent')[0], execution.outputs('Not Sent')[0]];
			assert.equal(sent.json.userId, 'mia');
			assert.equal(refused.json.userId, 'unknown-1');
			assert.equal((refused.json.error as { errorCode: number }).errorCode, 90012);
		},
	},
	{
		name: 'Tencent Desk: the Retry button sends no message that was sent before',
		run: async (lab) => {
			const path = 'tencent-desk-retry';
			const id = await createWorkflow(
				lab.n8n.rest,
				chain(path, [
					webhook(path),
					tencentDesk('message', 'send', {
						customerServiceAccount: { __rl: true, mode: 'id', value: '@customer_service_account' },
						userId: 'mia',
						text: '=It is {{ Date.now() }}',
					}),
				]),
			);
			await activate(lab.n8n.rest, id);
			lab.simulator.planCommand(
				'send_msg',
				...Array.from({ length: 4 }, () => ({ fault: 'reset' as const, commit: true })),
			);
			const failed = await callWebhook(lab.n8n.rest, lab.n8n.url, id, path, {});
			assert.equal(failed.status, 'error');
			await lab.n8n.rest.post(`/rest/executions/${failed.id}/retry`, { loadWorkflow: false });

			assert.equal(
				lab.simulator.requests.filter(({ command }) => command === 'send_msg').length,
				5,
			);
			assert.equal(lab.simulator.messages.length, 1, 'messages that the user got');
		},
	},
	{
		name: 'Tencent Desk: n8n serves the preview of every operation',
		run: async ({ n8n }) => {
			for (const operation of OPERATIONS) {
				const schema = await n8n.rest.get<{ properties: object }>(
					`/schemas/n8n-nodes-tencent-desk.tencentDesk/1.0.0/${operation}.json`,
				);
				assert.ok(Object.keys(schema.properties).length > 0, operation);
			}
		},
	},
	{
		name: 'Tencent Desk: n8n offers it as a tool that describes each operation to the model',
		run: async (lab) => {
			const { outputs, properties } = await nodeType(lab, 'tencentDeskTool');
			assert.match(JSON.stringify(outputs), /ai_tool/);
			const texts = properties.filter(({ name }) => name === 'toolDescription');
			assert.equal(texts.length, OPERATIONS.length);
			// Only the node's own, which nobody sees: n8n offers no choice between its text and these.
			const choices = properties.filter(({ name }) => name === 'descriptionType');
			assert.deepEqual(
				choices.map(({ type }) => type),
				['hidden'],
			);
		},
	},
];

async function nodeType({ n8n }: Lab, name: string): Promise<DeskNodeType> {
	const types = await n8n.rest.get<DeskNodeType[]>('/types/nodes.json');
	const found = types.find((type) => type.name === `n8n-nodes-tencent-desk.${name}`);
	assert.ok(found, `${name} is not listed among ${types.length} types`);
	return found;
}
