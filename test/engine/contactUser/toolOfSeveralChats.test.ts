import { WorkflowExecute } from 'n8n-core';
import { NodeConnectionTypes, type INodeExecutionData, type INodeParameters } from 'n8n-workflow';

import { DEFAULT_ACCOUNT } from '../../../simulator/world';
import { TencentDeskApi } from '../../../credentials/TencentDeskApi.credentials';
import { createAdditionalData } from '../additionalData';
import { createContactUserType } from '../contactUserType';
import { createCredentialsProbe } from '../credentialsProbe';
import { byId, useSimulator } from '../desk';
import { startRun } from '../olderEngines';
import { tencentDeskTool } from '../tencentDesk/harness';
import { connectTo, CONTACT_USER, createWorkflow, node, stubNodeType } from '../testWorkflow';

const simulator = useSimulator();
const { AiTool, Main } = NodeConnectionTypes;
const TOOL = 'n8n-nodes-tencent-desk.contactUserTool';

/** An agent that is given all chats at once, and calls its tool for the last of them, as newer agents do. */
function agentForTheLast(chats: number) {
	const agent = stubNodeType('agent', async (response) => {
		if (!response || response.actionResponses.length === 0) {
			const call = {
				actionType: 'ExecutionNodeAction' as const,
				nodeName: CONTACT_USER,
				input: {},
			};
			const metadata = { itemIndex: chats - 1 };
			return { actions: [{ ...call, type: AiTool, id: 'call', metadata }], metadata: {} };
		}
		const [{ data }] = response.actionResponses;
		return [[{ json: { told: data.data?.ai_tool?.[0]?.[0]?.json ?? {} } }]];
	});
	agent.description.inputs = [Main, { type: AiTool, displayName: 'Tool' }];
	return agent;
}

/** @returns what the tool told the agent, when the last of the users asks for a human */
async function handOverLast(
	userId: string,
	users: string[],
	overrides: INodeParameters = {},
	tool = createContactUserType({ asTool: true, thrown: [] }),
) {
	const parameters = { userId, customerServiceAccount: byId(DEFAULT_ACCOUNT), ...overrides };
	const credentials = { tencentDeskApi: { id: '1', name: 'Desk' } };
	const passOn = (items: INodeExecutionData[]) => [
		items.map(({ json }, item) => ({ json, pairedItem: { item } })),
	];
	const { workflow, workflowData } = createWorkflow(
		[
			node('Start', 'test.start'),
			node('Chat Message', 'test.chat'),
			node('Agent', 'test.agent'),
			node(CONTACT_USER, TOOL, { parameters, credentials }),
		],
		{
			Start: { main: [[connectTo('Chat Message')]] },
			'Chat Message': { main: [[connectTo('Agent')]] },
			[CONTACT_USER]: { ai_tool: [[{ node: 'Agent', type: AiTool, index: 0 }]] },
		},
		{
			'test.start': stubNodeType('start', async () => [
				users.map((user) => ({ json: { userId: user } })),
			]),
			'test.chat': stubNodeType('chat', async function () {
				return passOn(this.getInputData());
			}),
			'test.agent': agentForTheLast(users.length),
			[TOOL]: tool,
		},
	);
	const probe = createCredentialsProbe(new TencentDeskApi(), simulator().credential);
	const execute = new WorkflowExecute(
		createAdditionalData(workflowData, probe, 'trigger', '1'),
		'trigger',
	);
	const run = await startRun(execute, workflow, workflow.getNode('Start') ?? undefined);
	return run.data.resultData.runData.Agent?.at(-1)?.data?.main[0]?.[0]?.json.told;
}

const contacted = () => simulator().ledger.map(({ userId }) => userId);
const BY_NAME = "={{ $('Chat Message').item.json.userId }}";

test('an AI agent that asksTheEngine, given several chats, would name the user of another one: nobody is contacted', async () => {
	const told = await handOverLast(BY_NAME, ['alice', 'bob']);

	expect(contacted()).toEqual([]);
	expect(told).toMatchObject({ outcome: 'configurationError', attempts: 0 });
	expect(told).toHaveProperty('advice', expect.stringContaining('several items'));
});

test('an AI agent that asksTheEngine, given several chats, would ask for the agent of another one: nobody is contacted', async () => {
	const agent = byId("={{ $('Chat Message').item.json.agent }}");
	const told = await handOverLast('={{ $json.userId }}', ['alice', 'bob'], { agent });

	expect(contacted()).toEqual([]);
	expect(told).toMatchObject({ outcome: 'configurationError', attempts: 0 });
});

test('an AI agent that asksTheEngine, given several chats, would note at a session what another one says: nothing is sent', async () => {
	const note = {
		...{ resource: 'session', operation: 'setMark', sessionId: 'session-of-in-conversation' },
		updateFields: { mark: BY_NAME },
	};
	const told = await handOverLast('', ['alice', 'bob'], note, tencentDeskTool([]));

	expect(simulator().requests).toEqual([]);
	expect(told).toHaveProperty('advice', expect.stringContaining('an execution of its own'));
});

test('an AI agent that asksTheEngine, given one chat, contacts a user named by a node', async () => {
	const told = await handOverLast(BY_NAME, ['alice']);

	expect(contacted()).toEqual(['alice']);
	expect(told).toMatchObject({ outcome: 'contacted' });
});

test('an AI agent that asksTheEngine, given several chats, contacts a user of the item itself', async () => {
	await handOverLast('={{ $json.userId }}', ['alice', 'bob']);

	expect(contacted()).toEqual(['bob']);
});
