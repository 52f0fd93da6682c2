import { WorkflowExecute } from 'n8n-core';
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

import { TencentDeskApi } from '../../credentials/TencentDeskApi.credentials';
import { createAdditionalData } from './additionalData';
import { createContactUserType } from './contactUserType';
import { createCredentialsProbe } from './credentialsProbe';
import { endedRun, startRun } from './olderEngines';
import { connectTo, CONTACT_USER, createWorkflow, node, stubNodeType } from './testWorkflow';

const { AiTool, Main } = NodeConnectionTypes;

export interface ToolSetup {
	/** One entry per call of the tool: the arguments the model fills in. */
	calls: IDataObject[];
	parameters: INodeParameters;
	node?: Partial<INode>;
	credential: ICredentialDataDecryptedObject;
	/** Contact User when left out. */
	tool?: { name: string; type: string; create: (thrown: unknown[]) => INodeType };
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
export type AgentKind = 'callsTheTool' | 'asksTheEngine';

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
	toolName: string,
	calls: IDataObject[],
	response?: EngineResponse,
): NodeOutput | string[] {
	if (!response || response.actionResponses.length === 0) {
		const actions = calls.map((input, call) => ({
			actionType: 'ExecutionNodeAction' as const,
			nodeName: toolName,
			input,
			type: AiTool,
			id: `call ${call}`,
			metadata: { itemIndex: 0 },
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
				: askTheEngine(toolName, calls, response);
		if (answer === null || !Array.isArray(answer)) return answer;
		return [[{ json: { observations: answer as string[] } }]];
	});
	agent.description.inputs = [Main, { type: AiTool, displayName: 'Tool' }];
	return agent;
}

const CONTACT_USER_TOOL = {
	name: CONTACT_USER,
	type: 'n8n-nodes-tencent-desk.contactUserTool',
	create: (thrown: unknown[]) => createContactUserType({ asTool: true, thrown }),
};

/** Runs a stand-in for an AI Agent that has one node as its only tool. */
export async function runAgentWithTool(kind: AgentKind, setup: ToolSetup): Promise<ToolRun> {
	const thrown: unknown[] = [];
	const descriptions: string[] = [];
	const { name, type, create } = setup.tool ?? CONTACT_USER_TOOL;
	const { workflow, workflowData } = createWorkflow(
		[node('Start', 'test.start'), node('Agent', 'test.agent'), toolNode(name, type, setup)],
		{
			Start: { main: [[connectTo('Agent')]] },
			[name]: { ai_tool: [[{ node: 'Agent', type: AiTool, index: 0 }]] },
		},
		{
			'test.start': stubNodeType('start', async () => [[{ json: {} }]]),
			'test.agent': agentType(kind, name, setup.calls, descriptions),
			[type]: create(thrown),
		},
	);
	const probe = createCredentialsProbe(new TencentDeskApi(), setup.credential);
	const additionalData = createAdditionalData(workflowData, probe, 'trigger', '1');
	const startNode = workflow.getNode('Start') ?? undefined;
	const execute = new WorkflowExecute(additionalData, 'trigger');
	const run = endedRun(await startRun(execute, workflow, startNode));
	const agentItems: INodeExecutionData[] =
		run.data.resultData.runData.Agent?.at(-1)?.data?.main[0] ?? [];
	const observations = (agentItems[0]?.json.observations ?? []) as string[];
	return { run, observations, thrown, userSigs: [...probe.userSigs], descriptions };
}

function toolNode(name: string, type: string, setup: ToolSetup): INode {
	return node(name, type, {
		parameters: setup.parameters,
		credentials: { tencentDeskApi: { id: '1', name: 'Desk' } },
		...setup.node,
	});
}
