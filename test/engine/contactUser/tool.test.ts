import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { fromAI } from '../../n8n/deskNodes';
import { useContacts } from '../contacts';
import {
	byId,
	commandsSent,
	hideSession,
	ON_ERROR_MODES,
	parameters,
	reportsOf,
	runBefore,
	users,
	usersOf,
	type OnError,
} from '../desk';
import { TENCENT_DESK } from '../tencentDesk/harness';
import { CONTACT_USER, type TestedNode } from '../testedNode';
import { AGENT_KINDS, runAgentWithTool, type AgentKind, type ToolSetup } from '../toolHarness';

const { simulator, contact, contacted } = useContacts();

const OUTCOMES: Array<[userId: string, outcome: string, code?: number]> = [
	['ok', 'contacted', 0],
	['busy', 'agentUnavailable', 141012],
	['wrong', 'configurationError', 141019],
	['engaged', 'userUnavailable', 141016],
	['broken', 'failed', 141002],
	['', 'configurationError'],
];
const USER_IDS = OUTCOMES.map(([userId]) => userId);

function planAnswers(): void {
	for (const [userId, , answer] of OUTCOMES) {
		if (answer !== undefined) simulator().plan(userId, { answer });
	}
}

/** What the model reads of each of its calls. */
async function tell(kind: AgentKind, setup: Partial<ToolSetup>): Promise<IDataObject[]> {
	const { observations, thrown } = await runAgentWithTool(kind, {
		calls: [{}],
		parameters: parameters({ userId: "={{ $fromAI('userId', 'who to contact', 'string') }}" }),
		credential: simulator().credential,
		...setup,
	});
	expect(thrown).toEqual([]);
	return observations.map((text) => {
		const answers = JSON.parse(text) as IDataObject[];
		expect(answers).toHaveLength(1);
		return answers[0];
	});
}

describe('an AI agent that', () => {
	const runOf = runBefore(AGENT_KINDS, async (kind) => {
		simulator().plan(kind, { fault: 'reset', commit: true });
		hideSession(simulator(), kind);
		return await tell(kind, { calls: users(kind) });
	});

	test.each(AGENT_KINDS)('%s is told when nobody knows whether the user was contacted', (kind) => {
		expect(runOf(kind)).toMatchObject([
			{ userId: kind, outcome: 'unconfirmed', advice: expect.stringMatching(/\S/) },
		]);
	});
});

/** Of the tool, where n8n's editor offers no Error output. */
const TOOL_MODES: Array<OnError | undefined> = [undefined, ...ON_ERROR_MODES.slice(0, 2)];

describe.each(AGENT_KINDS)('an AI agent that %s', (kind) => {
	test.each(TOOL_MODES)(
		'reads of every call what happened to the user, with On Error = %s',
		async (onError) => {
			planAnswers();

			expect(await tell(kind, { calls: users(...USER_IDS), node: { onError } })).toMatchObject(
				OUTCOMES.map(([userId, outcome]) => ({
					...{ userId, outcome },
					message: expect.stringMatching(/\S/),
				})),
			);
		},
	);

	it('is told of a wrong secret key too', async () => {
		const credential = { ...simulator().credential, secretKey: 'wrong' };

		expect(await tell(kind, { calls: users('mia'), credential })).toMatchObject([
			{ outcome: 'configurationError', errorCode: 70009 },
		]);
	});

	it('contacts a user again when it is told to, since nothing is remembered between calls', async () => {
		simulator().plan('mia', { answer: 141002 });

		expect(await tell(kind, { calls: users('mia', 'mia') })).toMatchObject([
			{ outcome: 'failed' },
			{ outcome: 'contacted' },
		]);
		expect(commandsSent(simulator(), 'contact_user')).toBe(2);
	});
});

test.each(TOOL_MODES)(
	'the tool run on several items gives every report on output 0 in the order of the items, and throws nothing, with On Error = %s',
	async (onError) => {
		planAnswers();

		const node = { type: 'n8n-nodes-tencent-desk.contactUserTool' };
		const { run, outputs, thrown } = await contact(USER_IDS, { onError, node });

		expect([run.status, thrown]).toEqual(['success', []]);
		expect(usersOf(outputs[0])).toEqual(USER_IDS);
		expect(reportsOf(outputs[0]).map(({ outcome }) => outcome)).toEqual(
			OUTCOMES.map(([, outcome]) => outcome),
		);
		expect(outputs[0].map(({ pairedItem }) => pairedItem)).toEqual(
			USER_IDS.map((_userId, item) => ({ item })),
		);
		expect(outputs.slice(1).flat()).toEqual([]);
	},
);

const NOBODY_IN_PARTICULAR = { User_ID: 'mia', Agent_Group: '', Agent: '' };
const FILLED_IN: INodeParameters = {
	userId: fromAI('User_ID'),
	agentGroup: byId(fromAI('Agent_Group')),
	agent: byId(fromAI('Agent')),
};
const call = async (
	kind: AgentKind,
	args: IDataObject,
	overrides: INodeParameters = {},
	options: INodeParameters = {},
) => {
	const filledIn = parameters({ ...FILLED_IN, ...overrides }, options);
	return (await tell(kind, { calls: [args], parameters: filledIn }))[0];
};
const asked = () =>
	simulator().ledger.map(({ userId, agentGroup, agent }) => ({ userId, agentGroup, agent }));

describe.each(AGENT_KINDS)('of a model that %s', (kind) => {
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
	])('%s', async (_name, args, expected) => {
		const answer = await call(kind, { ...NOBODY_IN_PARTICULAR, ...args });

		expect(answer).toMatchObject({ outcome: 'contacted' });
		expect(asked()).toMatchObject([{ userId: 'mia', ...expected }]);
	});

	// The whole list of what is refused is told by the tests of the request.
	test.each<[string, IDataObject, RegExp]>([
		['an empty User ID', { User_ID: '' }, /User ID is empty/],
		['a word for no agent', { Agent: 'none' }, /Agent is "none".*leave it empty/],
		['a name as group', { Agent_Group: 'Sales' }, /Agent Group is not a positive.*leave it empty/],
		['a sentence as User ID', { User_ID: 'the user who is chatting with me' }, /exist|32 bytes/],
	])('%s contacts nobody, and the advice says how to mend it', async (_name, args, advice) => {
		simulator().plan('the user who is chatting with me', { answer: 141015 });

		expect(await call(kind, { ...NOBODY_IN_PARTICULAR, ...args })).toMatchObject({
			outcome: 'configurationError',
			message: expect.stringMatching(/^The user was not contacted/),
			advice: expect.stringMatching(advice),
		});
		expect(asked()).toEqual([]);
	});

	test('a resource locator in list mode takes what the model fills in', async () => {
		const list = (label: string) => ({ __rl: true, mode: 'list', value: fromAI(label) });
		const lists = { agentGroup: list('Agent_Group'), agent: list('Agent') };
		const answer = await call(kind, { ...NOBODY_IN_PARTICULAR, Agent_Group: '1001' }, lists);

		expect(answer).toMatchObject({ outcome: 'contacted', agentGroup: 1001, agent: null });
	});

	test('options that a tool does not offer do nothing, even where a workflow has them stored', async () => {
		const stored = { includeInputFields: true, concurrency: 1, requestsPerSecond: 0.1 };
		const options = { ...stored, singleOutput: true, includeSession: true };
		const answer = await call(kind, NOBODY_IN_PARTICULAR, {}, options);

		expect(Object.keys(answer).sort()).toEqual(
			[
				...['outcome', 'message', 'advice', 'retryLater', 'errorCode', 'errorInfo', 'userId'],
				...['customerServiceAccount', 'agentGroup', 'agent', 'assignedAgent', 'attempts'],
				'session',
			].sort(),
		);
	});

	test('an option that a tool does not offer cannot be wrong, even where a workflow has it stored', async () => {
		const broken = { includeInputFields: "={{ $('Nowhere').item.json.x }}", concurrency: 'many' };

		expect(await call(kind, NOBODY_IN_PARTICULAR, {}, broken)).toMatchObject({
			outcome: 'contacted',
		});
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
});

test('fields that the model leaves out are empty', async () => {
	const answer = await call('asksTheEngine', { User_ID: 'mia' });

	expect(answer).toMatchObject({ outcome: 'contacted', agentGroup: null, agent: null });
});

describe('an AI agent that asksTheEngine, given', () => {
	const BY_NAME = "={{ $('Chat Message').item.json.userId }}";
	const OF_ITEM = '={{ $json.userId }}';
	/** What the tool tells when the last of the users asks for a human. */
	const told = async (chats: string[], set: INodeParameters, tool?: TestedNode) =>
		(await tell('asksTheEngine', { chats: users(...chats), parameters: parameters(set), tool }))[0];

	test.each<[string, INodeParameters, TestedNode]>([
		['name the user of another one', { userId: BY_NAME }, CONTACT_USER],
		[
			'ask for the agent of another one',
			{ userId: OF_ITEM, agent: byId("={{ $('Chat Message').item.json.agent }}") },
			CONTACT_USER,
		],
		[
			'note at a session what another one says',
			{
				...{ resource: 'session', operation: 'setMark', sessionId: 'session-of-in-conversation' },
				updateFields: { mark: BY_NAME },
			},
			TENCENT_DESK,
		],
	])('several chats, would %s: nothing is sent', async (_what, set, tool) => {
		const answer = await told(['alice', 'bob'], set, tool);

		expect(simulator().requests).toEqual([]);
		expect(JSON.stringify(answer)).toContain(
			'Run the AI Agent once for each item, in an execution',
		);
		if (tool === CONTACT_USER) {
			expect(answer).toMatchObject({ outcome: 'configurationError', attempts: 0 });
		}
	});

	test.each([
		['one chat, contacts a user named by a node', ['alice'], BY_NAME, 'alice'],
		['several chats, contacts a user of the item itself', ['alice', 'bob'], OF_ITEM, 'bob'],
	])('%s', async (_what, chats, userId, user) => {
		expect(await told(chats, { userId })).toMatchObject({ outcome: 'contacted' });
		expect(contacted()).toEqual([user]);
	});
});
