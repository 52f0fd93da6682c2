import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { fromAI } from '../../n8n/deskNodes';
import { byId, parameters, useSimulator } from '../desk';
import { runAgentWithTool, type AgentKind } from '../toolHarness';

const simulator = useSimulator();

const FILLED_IN: INodeParameters = {
	userId: fromAI('User_ID'),
	agentGroup: byId(fromAI('Agent_Group')),
	agent: byId(fromAI('Agent')),
};

async function call(
	kind: AgentKind,
	args: IDataObject,
	overrides: INodeParameters = FILLED_IN,
	options: INodeParameters = {},
): Promise<IDataObject> {
	const { observations, thrown } = await runAgentWithTool(kind, {
		calls: [args],
		parameters: parameters(overrides, options),
		credential: simulator().credential,
	});
	expect(thrown).toEqual([]);
	const [answers] = observations.map((text) => JSON.parse(text) as IDataObject[]);
	expect(answers).toHaveLength(1);
	return answers[0];
}

const asked = () =>
	simulator().ledger.map(({ userId, agentGroup, agent }) => ({ userId, agentGroup, agent }));

describe.each(['callsTheTool', 'asksTheEngine'] as const)('of a model that %s', (kind) => {
	const NOBODY_IN_PARTICULAR = { User_ID: 'mia', Agent_Group: '', Agent: '' };

	test.each<[string, IDataObject, IDataObject]>([
		['an optional field left empty is absent', {}, { agentGroup: null }],
		['an optional field of blanks is absent', { Agent_Group: ' ', Agent: '\n' }, {}],
		['text is trimmed', { User_ID: ' mia\n', Agent_Group: ' 1001 ' }, { agentGroup: 1001 }],
		['a chosen agent is asked for', { Agent: 'ben@example.com' }, { agent: 'ben@example.com' }],
		...[0, '0', '000', 'null', ' None ', 'any'].map((word): [string, IDataObject, IDataObject] => [
			`the group ${JSON.stringify(word)} means none in particular`,
			{ Agent_Group: String(word) },
			{ agentGroup: null },
		]),
		['a word as User ID is not changed', { User_ID: 'none' }, { userId: 'none' }],
	])('%s', async (_name, args, expected) => {
		const answer = await call(kind, { ...NOBODY_IN_PARTICULAR, ...args });

		expect(answer).toMatchObject({ outcome: 'contacted' });
		expect(asked()).toMatchObject([{ userId: 'mia', ...expected }]);
	});

	test.each<[string, IDataObject, RegExp]>([
		['an empty User ID', { User_ID: '' }, /User ID is empty/],
		[
			'a word for no agent',
			{ Agent: 'none' },
			/Agent is "none", which names nobody.*leave it empty/,
		],
		['a word in capitals', { Agent: ' NULL ' }, /Agent is "NULL", which names nobody/],
		['a name as group', { Agent_Group: 'Sales' }, /Agent Group is not a positive.*leave it empty/],
		['the group -1', { Agent_Group: '-1' }, /Agent Group is not a positive.*leave it empty/],
		['null as User ID', { User_ID: 'null' }, /User ID is "null", which names nobody/],
		['a sentence as User ID', { User_ID: 'the user who is chatting with me' }, /exist|32 bytes/],
	])('%s contacts nobody, and the advice says how to mend it', async (_name, args, advice) => {
		simulator().plan('the user who is chatting with me', { answer: 141015 });

		const answer = await call(kind, { ...NOBODY_IN_PARTICULAR, ...args });

		expect(answer).toMatchObject({
			outcome: 'configurationError',
			message: expect.stringMatching(/^The user was not contacted/),
			advice: expect.stringMatching(advice),
		});
		expect(asked()).toEqual([]);
	});

	test('a resource locator in list mode takes what the model fills in', async () => {
		const list = (label: string) => ({ __rl: true, mode: 'list', value: fromAI(label) });
		const answer = await call(
			kind,
			{ ...NOBODY_IN_PARTICULAR, Agent_Group: '1001' },
			{
				...FILLED_IN,
				agentGroup: list('Agent_Group'),
				agent: list('Agent'),
			},
		);

		expect(answer).toMatchObject({ outcome: 'contacted', agentGroup: 1001, agent: null });
	});

	test('options that a tool does not offer do nothing, even where a workflow has them stored', async () => {
		const stored = { includeInputFields: true, concurrency: 1, requestsPerSecond: 0.1 };
		const answer = await call(kind, NOBODY_IN_PARTICULAR, FILLED_IN, {
			...stored,
			includeSession: true,
		});

		expect(Object.keys(answer).sort()).toEqual(
			[
				...['outcome', 'message', 'advice', 'retryLater', 'errorCode', 'errorInfo', 'userId'],
				...['customerServiceAccount', 'agentGroup', 'agent', 'assignedAgent', 'attempts'],
				'session',
			].sort(),
		);
	});

	test('an option that a tool does not offer cannot be wrong, even where a workflow has it stored', async () => {
		const answer = await call(kind, NOBODY_IN_PARTICULAR, FILLED_IN, {
			includeInputFields: "={{ $('Nowhere').item.json.x }}",
			concurrency: 'many',
		});

		expect(answer).toMatchObject({ outcome: 'contacted' });
	});
});

// Only the engine runs a tool without checking what the model gave.
test('a number as User ID is sent as text', async () => {
	const answer = await call('asksTheEngine', { User_ID: 4711, Agent_Group: 1001, Agent: null });

	expect(answer).toMatchObject({ outcome: 'contacted', userId: '4711', agentGroup: 1001 });
	expect(asked()).toMatchObject([{ userId: '4711', agentGroup: 1001 }]);
});

test.each([0, null])('a group of %p means none in particular', async (group) => {
	const answer = await call('asksTheEngine', { User_ID: 'mia', Agent_Group: group, Agent: null });

	expect(answer).toMatchObject({ outcome: 'contacted', agentGroup: null });
	expect(asked()).toMatchObject([{ userId: 'mia', agentGroup: null }]);
});

test('fields that the model leaves out are empty', async () => {
	const answer = await call('asksTheEngine', { User_ID: 'mia' });

	expect(answer).toMatchObject({ outcome: 'contacted', agentGroup: null, agent: null });
});
