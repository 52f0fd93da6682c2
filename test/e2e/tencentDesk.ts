import { strict as assert } from 'node:assert';

import { contactUser, tencentDesk } from '../n8n/deskNodes';
import { fieldOf, runBatch, type Case } from './lab';

const OPERATIONS = 17;
const ofContact = (field: string) => `={{ $('Contact User').item.json.${field} }}`;

interface NodeType {
	name: string;
	outputs: string[];
	properties: Array<{ name: string; type: string }>;
}

export const tencentDeskCases: Case[] = [
	{
		name: 'Tencent Desk: after a contact, the session is looked up, and a text is sent to its user',
		run: async (lab) => {
			const target = {
				customerServiceAccount: {
					__rl: true,
					mode: 'id',
					value: ofContact('customerServiceAccount'),
				},
				userId: ofContact('userId'),
			};
			const users = ['mia', 'leo', 'kim'];
			const text = '={{ $json.agent }} now talks with you.';
			const execution = await runBatch(
				lab,
				users,
				[
					contactUser(),
					tencentDesk('session', 'get', target, { name: 'Get Session' }),
					tencentDesk('message', 'send', { ...target, text }),
				],
				['After'],
			);

			assert.equal(execution.status, 'success');
			const sessions = execution.outputs('Get Session').flat();
			assert.deepEqual(fieldOf(sessions, 'userId'), users);
			assert.deepEqual(fieldOf(sessions, 'state'), ['Agent', 'Agent', 'Agent']);
			assert.deepEqual(
				lab.simulator.messages.map((message) => [message.userId, message.text]),
				sessions.map(({ json }) => [json.userId, `${String(json.agent)} now talks with you.`]),
			);
			assert.equal(execution.outputs('After')[0].length, users.length);
		},
	},
	{
		name: 'Tencent Desk: n8n offers it as a tool that describes each operation to the model',
		run: async ({ n8n }) => {
			const types = await n8n.rest.get<NodeType[]>('/types/nodes.json');
			const tool = types.find(({ name }) => name === 'n8n-nodes-tencent-desk.tencentDeskTool');
			assert.match(JSON.stringify(tool?.outputs), /ai_tool/);
			const named = (wanted: string) =>
				(tool?.properties ?? []).filter(({ name }) => name === wanted).map(({ type }) => type);
			assert.equal(named('toolDescription').length, OPERATIONS);
			// Only the node's own, which nobody sees: n8n offers no choice between its text and these.
			assert.deepEqual(named('descriptionType'), ['hidden']);
		},
	},
];
