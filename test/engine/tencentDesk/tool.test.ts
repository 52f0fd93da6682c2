import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { OPERATIONS } from '../../../nodes/TencentDesk/operations/operations';
import { byId } from '../desk';
import { runAgentWithTool, type AgentKind } from '../toolHarness';
import { TENCENT_DESK } from './harness';
import { useStubDesk } from './stubDesk';

const stub = useStubDesk();

const KINDS: AgentKind[] = ['callsTheTool', 'asksTheEngine'];

const runAgent = async (kind: AgentKind, parameters: INodeParameters, calls: IDataObject[]) =>
	await runAgentWithTool(kind, {
		calls,
		parameters,
		credential: stub().credential,
		tool: TENCENT_DESK,
	});

/** What the model reads back of each call. */
async function tell(kind: AgentKind, parameters: INodeParameters, calls: IDataObject[] = [{}]) {
	const { observations, thrown } = await runAgent(kind, parameters, calls);
	expect(thrown).toEqual([]);
	return observations.map((text) => JSON.parse(text) as IDataObject[]);
}

const SEND = {
	resource: 'message',
	operation: 'send',
	target: 'session',
	sessionId: 's-1',
	text: 'Hello',
};

describe.each(KINDS)('an agent that %s', (kind) => {
	test('reads in one sentence what was done', async () => {
		expect(await tell(kind, SEND)).toMatchObject([
			[{ message: 'The message was sent.', sent: true }],
		]);
	});

	test('reads that nothing was done, and why', async () => {
		stub().script = () => 141005;

		expect(await tell(kind, SEND)).toMatchObject([
			[
				{
					message: 'Not done: The session does not exist, or has ended.',
					errorCode: 141005,
					mayBeDone: false,
				},
			],
		]);
	});

	test('reads that it is not known whether it was done', async () => {
		stub().script = () => 'cut';

		expect(
			await tell(kind, { resource: 'session', operation: 'end', sessionId: 's-1' }),
		).toMatchObject([
			[
				{
					message: expect.stringMatching(/so it is not known whether the session was ended\.$/),
					mayBeDone: true,
				},
			],
		]);
	});

	test('reads a list as one answer, and an empty one too', async () => {
		const list = {
			resource: 'agent',
			operation: 'getMany',
			agentGroup: byId("={{ $fromAI('group', '', 'number') }}"),
		};
		stub().script = ({ body: { MemberGroupID: group } }) =>
			group === 1 ? { MemberList: [{ MemberMail: 'anna' }], Total: 1 } : { MemberList: [] };

		expect(await tell(kind, list, [{ group: 1 }, { group: 2 }])).toMatchObject([
			[{ message: 'Found 1 agent.', results: [{ agent: 'anna' }] }],
			[{ message: 'No agents were found.', results: [] }],
		]);
	});

	test('reads that a list goes on beyond the limit', async () => {
		stub().script = () => ({
			MemberList: [{ MemberMail: 'anna' }, { MemberMail: 'ben' }],
			Total: 9,
		});

		const [[{ message }]] = await tell(kind, {
			resource: 'agent',
			operation: 'getMany',
			limit: 2,
		});
		expect(message).toBe('These are the first 2 agents; there may be more.');
	});

	test.each([
		[{}, 'Desk was told who gets the session.'],
		[{ answerTo: 'taskFlowCall' }, 'Desk got the values.'],
	])('reads whether Desk got the answer: Event: Answer, %j', async (fields, message) => {
		const answers = await tell(kind, { resource: 'event', operation: 'answer', ...fields });
		const cannot = 'Not done: A tool of this AI Agent cannot answer Desk, so nothing was answered.';
		expect(answers).toMatchObject([[{ message: kind === 'asksTheEngine' ? message : cannot }]]);
	});

	test('says two texts to a user as two messages', async () => {
		const texts = [{ text: 'Hello' }, { text: 'One moment' }];
		await tell(kind, { ...SEND, text: "={{ $fromAI('text', '', 'string') }}" }, texts);

		const randoms = stub().calls.map(({ body }) => body.MsgRandom);
		expect(randoms).toHaveLength(2);
		expect(new Set(randoms).size).toBe(2);
	});

	test.each([
		['Agent', 'A live agent has the session of the user.'],
		['NotInSession', 'The user is in no session now.'],
		['Somewhere', 'The state of the session is Somewhere.'],
		[undefined, 'Desk did not report the state of the session.'],
	])('reads a session that is %s as a sentence', async (CurrentState, message) => {
		stub().script = () => ({ CurrentState });

		expect(
			await tell(kind, {
				resource: 'session',
				operation: 'get',
				target: 'session',
				sessionId: 's',
			}),
		).toMatchObject([[{ message }]]);
	});

	test.each([
		[{ AgentId: 'anna', IsInQueue: 0 }, 'The session was handed to a live agent.'],
		[{ AgentId: '', IsInQueue: 1 }, 'The user now waits in the queue for a live agent.'],
		[{}, expect.stringMatching(/do not say that the user is connected/)],
	])('reads a transfer honestly: %j', async (answer, message) => {
		stub().script = () => answer;

		expect(
			await tell(kind, { resource: 'session', operation: 'transfer', sessionId: 's' }),
		).toMatchObject([[{ message }]]);
	});
});

test.each(OPERATIONS)(
	'the model is told what $resource: $operation does, unless the builder says it in other words',
	async ({ resource, operation, toolDescription }) => {
		const parameters = { resource, operation };
		const { descriptions } = await runAgent('callsTheTool', parameters, []);
		const own = await runAgent('callsTheTool', { ...parameters, toolDescription: 'Mine.' }, []);

		expect(descriptions).toEqual([toolDescription]);
		expect(own.descriptions).toEqual(['Mine.']);
	},
);

test('an agent that has the tools of all operations can tell them apart', async () => {
	const texts: string[] = [];
	for (const { resource, operation } of OPERATIONS) {
		const { descriptions } = await runAgent('callsTheTool', { resource, operation }, []);
		texts.push(...descriptions);
	}

	expect(texts).toHaveLength(OPERATIONS.length);
	expect(new Set(texts).size).toBe(OPERATIONS.length);
});
