import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { createCredential } from '../n8n/api';
import { contactUser, fromAI, tencentDesk } from '../n8n/deskNodes';
import type { NodeSketch } from '../n8n/workflow';
import { OUTCOMES } from './aiAgent';
import type { Case, Lab } from './lab';
import { toolResult, withScriptedModel, type ScriptedModel, type Turn } from './scriptedModel';

/*
 * n8n's own Agents run a node by a class that only n8n's server has (`EphemeralNodeExecutor`), so these are no engine
 * tests: here, only the model is played.
 */

const TOOLS_PAGE = readFileSync(join(__dirname, '..', '..', 'docs', 'tools.md'), 'utf8');
/** What builders are told to copy. */
const DESCRIPTION = /\*\*Description\*\*:.* to copy: \*(.+)\*/.exec(TOOLS_PAGE)?.[1] ?? '';

interface ToolSettings {
	description?: string;
	requireApproval?: true;
}

/** What n8n streams to the person who chats. */
interface ChatEvent {
	type: string;
	/** Of a question to the person. */
	payload?: { runId: string; toolCallId: string; input: unknown };
}

let agents = 0;

/** Makes an n8n Agent whose only tool is this node. @returns how to chat with it */
async function createAgent(
	{ n8n: { rest }, simulator }: Lab,
	{ baseUrl }: ScriptedModel,
	{ type: nodeType, typeVersion: nodeTypeVersion, parameters: nodeParameters }: NodeSketch,
	settings: ToolSettings = {},
) {
	const name = `n8n Agent ${++agents}`;
	const save = async (type: string, data: Record<string, unknown>) => ({
		id: await createCredential(rest, { name, type, data }),
		name,
	});
	const model = await save('deepSeekApi', { apiKey: 'no-key-is-needed', url: baseUrl });
	const credentials = { tencentDeskApi: await save('tencentDeskApi', simulator.credential) };
	const node = { nodeType, nodeTypeVersion, nodeParameters, credentials };
	const schema = {
		...{ name, model: 'deepseek/scripted', credential: model.id, instructions: 'Help.' },
		tools: [{ type: 'node', name: 'Desk', node, ...settings }],
	};
	const project = await rest.get<{ id: string }>('/rest/projects/personal');
	const path = `/rest/projects/${project.id}/agents/v2`;
	const agent = await rest.post<{ id: string }>(path, { name, schema });
	const post = async (to: string, body: object) =>
		await rest.stream<ChatEvent>(`${path}/${agent.id}/${to}`, body);
	return {
		say: async (message: string) => await post('chat', { message }),
		answer: async (question: ChatEvent['payload'], approved: boolean) =>
			await post('chat/resume', { ...question, input: undefined, resumeData: { approved } }),
	};
}

/** Lets the model call the tool once. @returns what it was told, and what it had read of the tool */
async function callOnce(
	lab: Lab,
	node: NodeSketch,
	args: Record<string, unknown>,
	settings?: ToolSettings,
) {
	const script = [(): Turn => ({ callTool: args }), (): Turn => ({ say: 'Well.' })];
	return await withScriptedModel(script, async (model) => {
		const agent = await createAgent(lab, model, node, settings);
		const events = await agent.say('I want to talk to a human.');
		assert.equal(model.requests.length, 2, JSON.stringify(events));
		const { tools = [] } = model.requests[0];
		return { tool: tools[0].function, ...reportIn(model) };
	});
}

/** The one report that the tool told the model. */
function reportIn({ requests }: ScriptedModel) {
	const last = requests.at(-1);
	assert.ok(last);
	const { status, data } = toolResult(last) as {
		status: string;
		data: Array<{ json: Record<string, string> }>;
	};
	assert.deepEqual([status, data.length], ['success', 1], JSON.stringify(data));
	return { report: data[0].json };
}

const byModel = contactUser({ parameters: { userId: fromAI('User_ID') } });
const ofAnotherNode = "={{ $('Chat Message').item.json.userId }}";
const NAMES_THE_CAUSE = /In n8n's own Agents, no other node can be named\. .+ Require approval\.$/;

export const n8nAgents: Case[] = [
	...OUTCOMES.map(([user, outcome, told, contacts]): Case => ({
		name: `n8n Agents: ${outcome} reaches the model as the truth`,
		run: async (lab) => {
			const userId = `${user}.agents`;
			const { report } = await callOnce(lab, byModel, { User_ID: userId });
			assert.deepEqual([report.userId, report.outcome], [userId, outcome]);
			assert.match(report.message, told);
			assert.equal(lab.simulator.ledger.length, contacts, 'the ledger of the simulator');
		},
	})),
	{
		name: 'n8n Agents: the model fills in only what it is given, and reads the description of the agent',
		run: async (lab) => {
			const fixed = contactUser({ parameters: { userId: 'mia' } });
			const described = await callOnce(lab, fixed, {}, { description: DESCRIPTION });
			assert.ok(DESCRIPTION.length > 200, DESCRIPTION);
			assert.equal(described.tool.description, DESCRIPTION);
			assert.deepEqual(Object.keys(described.tool.parameters.properties), []);
			assert.equal(described.report.outcome, 'contacted');

			const { tool } = await callOnce(lab, byModel, { User_ID: 'noa' });
			assert.equal(tool.description, 'Execute the n8n-nodes-tencent-desk.contactUserTool node');
			assert.deepEqual(Object.keys(tool.parameters.properties), ['User_ID']);
			assert.deepEqual(
				lab.simulator.ledger.map(({ userId }) => userId),
				['mia', 'noa'],
			);
		},
	},
	{
		name: 'n8n Agents: a parameter that names another node is told with the cause, in both nodes',
		run: async (lab) => {
			const node = contactUser({ parameters: { userId: ofAnotherNode } });
			const { report } = await callOnce(lab, node, {});
			assert.equal(report.outcome, 'configurationError');
			assert.match(report.advice, NAMES_THE_CAUSE);

			const end = tencentDesk('session', 'end', { sessionId: ofAnotherNode });
			const ended = await callOnce(lab, end, {});
			assert.match(ended.report.message, /^Not done: Session ID could not be read/);
			assert.match(ended.report.advice, NAMES_THE_CAUSE);
			assert.deepEqual(lab.simulator.requests, []);
		},
	},
	{
		name: 'n8n Agents: Tencent Desk tells what was done, what was not, and an empty list',
		run: async (lab) => {
			const { simulator } = lab;
			const end = tencentDesk('session', 'end', { sessionId: fromAI('Session_ID') });
			const args = { Session_ID: 'session-of-in-conversation' };
			const done = await callOnce(lab, end, args);
			assert.deepEqual([done.report.message, done.report.ended], ['The session was ended.', true]);
			simulator.planCommand('end_session', { answer: 141004 });
			const refused = await callOnce(lab, end, args);
			assert.match(refused.report.message, /^Not done: Desk found a parameter/);

			const agentGroup = { __rl: true, mode: 'id', value: '1001' };
			simulator.world.agents.length = 0;
			const list = await callOnce(lab, tencentDesk('agent', 'getMany', { agentGroup }), {});
			assert.deepEqual(list.report, { message: 'No agents were found.', results: [] });
		},
	},
	...[true, false].map((approved): Case => ({
		name: `n8n Agents: with Require approval, a person sees the User ID first, and ${approved ? 'lets' : 'stops'} the contact`,
		run: async (lab) => {
			const call = (): Turn => ({ callTool: { User_ID: 'mia' } });
			const script = [call, (): Turn => ({ say: 'Well.' })];
			await withScriptedModel(script, async (model) => {
				const agent = await createAgent(lab, model, byModel, { requireApproval: true });
				const events = await agent.say('I want to talk to a human.');
				const question = events.find(({ type }) => type === 'tool-call-suspended')?.payload;
				assert.match(JSON.stringify(question?.input), /"User_ID":"mia"/);
				assert.deepEqual(lab.simulator.ledger, []);

				await agent.answer(question, approved);
				assert.equal(lab.simulator.ledger.length, approved ? 1 : 0);
				if (approved) assert.equal(reportIn(model).report.outcome, 'contacted');
			});
		},
	})),
];
