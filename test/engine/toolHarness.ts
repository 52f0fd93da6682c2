import {
	NodeConnectionTypes,
	type EngineResponse,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type IRun,
	type NodeOutput,
} from 'n8n-workflow';

import { stageOf, start } from './execution';
import { endedRun } from './olderEngines';
import { CONTACT_USER, placed, typeOf, type TestedNode } from './testedNode';
import { connectTo, createWorkflow, emits, node, passOn, stubNodeType } from './testWorkflow';

const { AiTool, Main } = NodeConnectionTypes;

export interface ToolSetup {
	/** One entry per call of the tool: the arguments the model fills in. */
	calls: IDataObject[];
	/** What the node `Chat Message` gives to the agent, one item unless told; the agent calls for the last of them. */
	chats?: IDataObject[];
	parameters: INodeParameters;
	node?: Partial<INode>;
	credential: ICredentialDataDecryptedObject;
	/** Contact User when left out. */
	tool?: TestedNode;
}

export interface ToolRun {
	run: IRun;
	/** What the model reads back, one text per call. */
	observations: string[];
	/** What left `execute` as a throw. */
	thrown: unknown[];
	userSigs: string[];
	/** What an old agent tells the model of the tool, call by call. */
	descriptions: string[];
}

/** How an agent reaches its tool: it calls it itself (old agents), or it asks the engine to run it (Agent v3). */
export const AGENT_KINDS = ['callsTheTool', 'asksTheEngine'] as const;
export type AgentKind = (typeof AGENT_KINDS)[number];

/** Old agents get the tool as a LangChain object and call it: `makeHandleToolInvocation` in n8n-core. */
async function callTheTool(
	this: IExecuteFunctions,
	calls: IDataObject[],
	descriptions: string[],
): Promise<string[]> {
	const tools = await this.getInputConnectionData(AiTool, 0);
	const [tool] = tools as Array<{
		description: string;
		invoke(args: IDataObject): Promise<string>;
	}>;
	descriptions.push(tool.description);
	const observations: string[] = [];
	for (const call of calls) observations.push(await tool.invoke(call));
	return observations;
}

/** Agent v3 hands its calls to the engine and reads the answers as langchain's `buildObservation` does. */
function askTheEngine(
	nodeName: string,
	calls: IDataObject[],
	itemIndex: number,
	response?: EngineResponse,
): NodeOutput | string[] {
	if (!response || response.actionResponses.length === 0) {
		const actions = calls.map((input, call) => ({
			actionType: 'ExecutionNodeAction' as const,
			nodeName,
			input,
			type: AiTool,
			id: `call ${call}`,
			metadata: { itemIndex },
		}));
		return { actions, metadata: {} };
	}
	return response.actionResponses.map(({ data }) => {
		const items = data.data?.ai_tool?.[0]?.map(({ json }) => json);
		return JSON.stringify(items ?? data.error?.message ?? '');
	});
}

function agentType(
	kind: AgentKind,
	toolName: string,
	calls: IDataObject[],
	descriptions: string[],
): INodeType {
	const agent = stubNodeType('agent', async function (response) {
		const answer =
			kind === 'callsTheTool'
				? await callTheTool.call(this, calls, descriptions)
				: askTheEngine(toolName, calls, this.getInputData().length - 1, response);
		if (answer === null || !Array.isArray(answer)) return answer;
		return [[{ json: { observations: answer as string[] } }]];
	});
	agent.description.inputs = [Main, { type: AiTool, displayName: 'Tool' }];
	return agent;
}

/** Runs a stand-in for an AI Agent that has one node as its only tool. */
export async function runAgentWithTool(kind: AgentKind, setup: ToolSetup): Promise<ToolRun> {
	const thrown: unknown[] = [];
	const descriptions: string[] = [];
	const { tool = CONTACT_USER, chats = [{}], calls, parameters, credential } = setup;
	const own = placed(tool, { type: `${tool.type}Tool`, parameters, credential, ...setup.node });
	const made = createWorkflow(
		[
			node('Start', 'test.start'),
			node('Chat Message', 'test.chat'),
			node('Agent', 'test.agent'),
			own,
		],
		{
			Start: { main: [[connectTo('Chat Message')]] },
			'Chat Message': { main: [[connectTo('Agent')]] },
			[own.name]: { ai_tool: [[{ node: 'Agent', type: AiTool, index: 0 }]] },
		},
		{
			'test.start': emits(...chats),
			'test.chat': passOn(),
			'test.agent': agentType(kind, own.name, calls, descriptions),
			...typeOf(tool, own, thrown),
		},
	);
	const stage = stageOf(made, { credential });
	const run = endedRun(await start(stage));
	const agentItems: INodeExecutionData[] =
		run.data.resultData.runData.Agent?.at(-1)?.data?.main[0] ?? [];
	const observations = (agentItems[0]?.json.observations ?? []) as string[];
	return { run, observations, thrown, userSigs: [...stage.probe.userSigs], descriptions };
}
