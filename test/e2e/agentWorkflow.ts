import { strict as assert } from 'node:assert';

import {
	activate,
	callWebhook,
	createCredential,
	createWorkflow,
	type Execution,
} from '../n8n/api';
import { contactUser, CREDENTIAL } from '../n8n/deskNodes';
import { webhook, type NodeSketch, type Workflow } from '../n8n/workflow';
import type { Lab } from './lab';
import type { ScriptedModel } from './scriptedModel';

const AGENT = 'AI Agent';
/** The newest AI Agent of this n8n lets the engine run its tools; the older two call them themselves. */
export const NEWEST_AGENT = 3.1;
export const OLDER_AGENT = 2.2;
export const AGENT_VERSIONS = [1.9, OLDER_AGENT, NEWEST_AGENT];

export interface AgentSetup {
	agentVersion?: number;
	/** Different settings of the tool; its User ID is filled in by the model, unless said otherwise. */
	tool?: Partial<NodeSketch>;
	/** Fields of the chat message beside its text. */
	message?: Record<string, unknown>;
	responseMode?: 'lastNode' | 'streaming';
}

/** What the editor writes when a builder lets the model define a parameter: its label, and no description. */
export function fromAI(label: string): string {
	return `={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${label}', \`\`, 'string') }}`;
}

let agents = 0;

/** Sends one chat message to an AI Agent that has Contact User as its tool. */
export async function askAgent(
	{ n8n }: Lab,
	model: ScriptedModel,
	{ agentVersion = NEWEST_AGENT, tool = {}, message = {}, responseMode }: AgentSetup = {},
): Promise<Execution> {
	const path = `agent-${++agents}`;
	const credential = `Scripted model ${agents}`;
	await createModelCredential(n8n.rest, credential, model);
	const id = await createWorkflow(n8n.rest, {
		name: path,
		settings: { executionOrder: 'v1' },
		...agentNodes(path, credential, agentVersion, tool, responseMode),
	});
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

function agentNodes(
	path: string,
	credential: string,
	agentVersion: number,
	tool: Partial<NodeSketch>,
	responseMode: AgentSetup['responseMode'] = 'lastNode',
): Pick<Workflow, 'nodes' | 'connections'> {
	const toolNode = contactUser({
		type: 'n8n-nodes-tencent-desk.contactUserTool',
		credentials: CREDENTIAL,
		...tool,
		parameters: { userId: fromAI('User_ID'), options: { maxRetries: 0 }, ...tool.parameters },
	});
	const sketches: NodeSketch[] = [
		{ ...webhook(path, responseMode), typeVersion: 2.1 },
		{
			name: AGENT,
			type: '@n8n/n8n-nodes-langchain.agent',
			typeVersion: agentVersion,
			parameters: { promptType: 'define', text: '={{ $json.body.chatInput }}', options: {} },
		},
		{
			name: 'OpenAI Chat Model',
			type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
			typeVersion: 1.2,
			parameters: { model: { __rl: true, mode: 'id', value: 'scripted' }, options: {} },
			credentials: { openAiApi: { id: null, name: credential } },
		},
		toolNode,
	];
	return {
		nodes: sketches.map((sketch, index) => ({
			id: `node-${index}`,
			position: [index * 200, 0],
			...sketch,
		})),
		connections: {
			Webhook: { main: [[{ node: AGENT, type: 'main', index: 0 }]] },
			'OpenAI Chat Model': {
				ai_languageModel: [[{ node: AGENT, type: 'ai_languageModel', index: 0 }]],
			},
			[toolNode.name]: { ai_tool: [[{ node: AGENT, type: 'ai_tool', index: 0 }]] },
		},
	};
}
