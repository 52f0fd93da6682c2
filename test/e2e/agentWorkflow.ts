import { strict as assert } from 'node:assert';

import {
	activate,
	callWebhook,
	createCredential,
	createWorkflow,
	type Execution,
} from '../n8n/api';
import { contactUser, CREDENTIAL, fromAI } from '../n8n/deskNodes';
import {
	chain,
	webhook,
	type ConnectionKind,
	type NodeSketch,
	type Workflow,
} from '../n8n/workflow';
import type { Lab } from './lab';
import type { ScriptedModel } from './scriptedModel';

const AGENT = 'AI Agent';
export const NEWEST_AGENT = 3.1;
export const OLDER_AGENT = 2.2;

export interface AgentSetup {
	agentVersion?: number;
	/** Different settings of the tool; its User ID is filled in by the model, unless said otherwise. */
	tool?: Partial<NodeSketch>;
	/** Fields of the chat message beside its text. */
	message?: Record<string, unknown>;
	responseMode?: 'lastNode' | 'streaming';
	/** Nodes between the webhook and the agent. */
	between?: NodeSketch[];
	/** Gives the tool to a second agent, which is a tool of the first. */
	nested?: boolean;
}

let agents = 0;

/** Sends one chat message to an AI Agent that has Contact User as its tool. */
export async function askAgent(
	{ n8n }: Lab,
	model: ScriptedModel,
	{ message = {}, ...setup }: AgentSetup = {},
): Promise<Execution> {
	const path = `agent-${++agents}`;
	const credential = `Scripted model ${agents}`;
	await createModelCredential(n8n.rest, credential, model);
	const id = await createWorkflow(n8n.rest, agentWorkflow(path, credential, setup));
	await activate(n8n.rest, id);
	const body = { chatInput: 'I want to talk to a human.', ...message };
	return await callWebhook(n8n.rest, n8n.url, id, path, body);
}

/** What the AI Agent says in the end. */
export function replyOf(execution: Execution): string {
	assert.equal(execution.status, 'success', execution.error?.message);
	return String(execution.outputs(AGENT)[0][0].json.output);
}

/** The credential of an OpenAI Chat Model that leads to the scripted one. */
export async function createModelCredential(
	rest: Lab['n8n']['rest'],
	name: string,
	{ baseUrl }: ScriptedModel,
): Promise<string> {
	const data = { apiKey: 'no-key-is-needed', url: baseUrl };
	return await createCredential(rest, { name, type: 'openAiApi', data });
}

function agentWorkflow(
	path: string,
	credential: string,
	{ agentVersion = NEWEST_AGENT, tool = {}, responseMode, between = [], nested }: AgentSetup,
): Workflow {
	const toolNode = contactUser({
		type: 'n8n-nodes-tencent-desk.contactUserTool',
		credentials: CREDENTIAL,
		...tool,
		parameters: { userId: fromAI('User_ID'), options: { maxRetries: 0 }, ...tool.parameters },
	});
	const agent: NodeSketch = {
		name: AGENT,
		type: '@n8n/n8n-nodes-langchain.agent',
		typeVersion: agentVersion,
		parameters: {
			promptType: 'define',
			text: '={{ $json.body?.chatInput ?? $json.chatInput }}',
			options: {},
		},
	};
	const model: NodeSketch = {
		name: 'OpenAI Chat Model',
		type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
		typeVersion: 1.2,
		parameters: { model: { __rl: true, mode: 'id', value: 'scripted' }, options: {} },
		credentials: { openAiApi: { id: null, name: credential } },
	};
	const helper: NodeSketch = {
		name: 'Helper',
		type: '@n8n/n8n-nodes-langchain.agentTool',
		typeVersion: 3,
		parameters: { toolDescription: 'Reaches humans', text: fromAI('Prompt'), options: {} },
	};
	const flow = chain(path, [
		{ ...webhook(path, responseMode), typeVersion: 2.1 },
		...between,
		agent,
	]);
	const servants = nested ? [model, toolNode, helper] : [model, toolNode];
	const linkAs = <Kind extends ConnectionKind>(type: Kind, ...to: NodeSketch[]) => ({
		[type]: [to.map(({ name: node }) => ({ node, type, index: 0 }))],
	});
	return {
		...flow,
		nodes: [
			...flow.nodes,
			...servants.map((sketch, index) => ({
				id: `servant-${index}`,
				position: [index * 200, 200] as [number, number],
				...sketch,
			})),
		],
		connections: {
			...flow.connections,
			[model.name]: linkAs('ai_languageModel', agent, ...(nested ? [helper] : [])),
			[toolNode.name]: linkAs('ai_tool', nested ? helper : agent),
			...(nested ? { [helper.name]: linkAs('ai_tool', agent) } : {}),
		},
	};
}
