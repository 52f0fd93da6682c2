import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { createHash } from 'node:crypto';

import { callKey } from '../../../nodes/TencentDeskEventTrigger/calls';
import { publish, type Call, type Taken } from './publishedTrigger';

const OK = { ActionStatus: 'OK', ErrorCode: 0, ErrorInfo: '' };
const DESK_REPLIES = { ...OK, AIProvider: 1 };
const NO_VALUES = { ActionStatus: 'FAIL', ErrorCode: 1, ErrorInfo: 'No answer of the workflow.' };
const ANNA = { ...OK, AgentIdList: ['anna@example.com'] };

const SESSION = { CallbackCommand: 'Desk.SessionEventNotify', Event: 'SessionBegin' };
const STEP = { CallbackCommand: 'Chatbot.TaskFlowEventNotify', ExecutionId: 'e1', Seq: 2 };
const ASSIGN = { CallbackCommand: 'ChatBot.OnAssignHuman', SessionId: 's1' };
const ASK = { CallbackCommand: 'Chatbot.InterfaceInvocation', Body: {} };
const ALL: INodeParameters = {
	events: ['sessionBegan', 'taskFlowEvent', 'assignAgent', 'taskFlowCall'],
};
const withToken = (callbackToken: string): INodeParameters => ({
	...ALL,
	options: { callbackToken },
});

const eventsOf = ({ started }: Taken) => started?.[0].map(({ json }) => json.event);

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

function signed(token: string, secondsAgo = 0): IDataObject {
	const RequestTime = String(Math.floor(Date.now() / 1000) - secondsAgo);
	const Sign = createHash('sha256')
		.update(token + RequestTime)
		.digest('hex');
	return { RequestTime, Sign };
}

const refused = (why: string) => [
	403,
	{ ActionStatus: 'FAIL', ErrorCode: 1, ErrorInfo: `Refused: ${why}.` },
];

test.each<[what: string, call: Partial<Call>, answer: unknown[], parameters?: INodeParameters]>([
	['of another application', { query: { SdkAppid: '1' } }, refused('another SDKAppID')],
	['without a signature', {}, refused('no signature'), withToken('t')],
	['with an old one', { query: signed('t', 62) }, refused('an old signature'), withToken('t')],
	[
		'with a body that is no object',
		{ body: [] },
		[400, { ActionStatus: 'FAIL', ErrorCode: 1, ErrorInfo: 'No JSON object.' }],
	],
	[
		'of more than 1 MB',
		{ bytes: 1_000_001 },
		[413, { ActionStatus: 'FAIL', ErrorCode: 1, ErrorInfo: 'Too large.' }],
	],
	['of a command that nobody knows', { body: { CallbackCommand: 'X.New' } }, [200, OK]],
	['that was not chosen', {}, [200, DESK_REPLIES], { events: ['assignAgent'] }],
	[
		'that was not chosen, with a bot of the workflow',
		{},
		[200, { ...OK, AIProvider: 0 }],
		{ events: ['userWroteToBot'], aiProvider: 'workflow' },
	],
	['to assign, not chosen', { body: ASSIGN }, [200, OK], { events: ['sessionBegan'] }],
	['of a task flow, not chosen', { body: ASK }, [200, NO_VALUES], { events: ['sessionBegan'] }],
])('a call %s is answered and starts nothing', async (_what, call, answer, parameters = ALL) => {
	const taken = await publish(parameters).call({ body: SESSION, ...call });
	expect(taken.answers).toEqual([answer]);
	expect(taken.started).toBeUndefined();
});

test.each<[what: string, call: Partial<Call>, parameters: INodeParameters]>([
	['of 1 MB', { bytes: 1_000_000 }, ALL],
	['with the right signature', { query: signed('t') }, withToken(' t ')],
	['with a signature nobody asked for', { query: { Sign: 'x', RequestTime: '1' } }, ALL],
])('a call %s is answered at once and starts the workflow', async (_what, call, parameters) => {
	const taken = await publish(parameters).call({ body: SESSION, ...call });
	expect(taken.answers).toEqual([[200, DESK_REPLIES]]);
	expect(eventsOf(taken)).toEqual(['sessionBegan']);
});

test.each<[what: string, first: Call, second: Call]>([
	[
		'RequestID',
		{ body: SESSION, query: { RequestID: 'r' } },
		{ body: SESSION, query: { RequestID: 'r' } },
	],
	[
		'step of a task flow',
		{ body: STEP, query: { RequestID: 'r-1' } },
		{ body: STEP, query: { RequestID: 'r-2' } },
	],
])('the same %s is answered and starts nothing again', async (_what, first, second) => {
	const { call } = publish(ALL);
	const { answers } = await call(first);
	const again = await call(second);
	expect(again.answers).toEqual(answers);
	expect(again.started).toBeUndefined();
});

test.each<[what: string, call: Call]>([
	['without a name', { body: SESSION }],
	['with an empty name', { body: SESSION, query: { RequestID: '' } }],
	['of the test URL', { body: SESSION, query: { RequestID: 'r' }, mode: 'manual' }],
])('the same call %s starts the workflow again', async (_what, sent) => {
	const { call, stored } = publish(ALL);
	for (const taken of [await call(sent), await call(sent)]) {
		expect(taken.answers).toEqual([[200, DESK_REPLIES]]);
		expect(eventsOf(taken)).toEqual(['sessionBegan']);
	}
	expect(stored()).toEqual({});
});

test('a call that another node got is no repeat', async () => {
	const sent = { body: SESSION, query: { RequestID: 'r' } };
	await publish(ALL).call(sent);
	expect((await publish(ALL).call(sent)).started).toBeDefined();
});

test('a repeat is known before n8n has stored anything: it makes the workflow anew for each call', async () => {
	const sent = { body: SESSION, query: { RequestID: 'r' } };
	const { nodeId, call } = publish(ALL);
	await call(sent);
	const anew = publish(ALL, nodeId);
	expect((await anew.call(sent)).started).toBeUndefined();
	expect(anew.stored()).toEqual({});
});

test('n8n stores a call that is answered at once, so that its repeat is known after a restart', async () => {
	const sent = { body: SESSION, query: { RequestID: 'r' } };
	const first = publish(ALL);
	await first.call(sent);
	expect(first.stored()).toEqual({ seen: [callKey('workflow', first.nodeId, 'r')] });

	const restarted = publish(ALL);
	restarted.stored().seen = [callKey('workflow', restarted.nodeId, 'r')];
	const repeat = await restarted.call(sent);
	expect([repeat.answers, repeat.started]).toEqual([[[200, DESK_REPLIES]], undefined]);
});

describe('an answer of the workflow', () => {
	test('reaches Desk as it is, once', async () => {
		const taken = await publish(ALL).call({ body: ASSIGN });
		expect([taken.answers, eventsOf(taken)]).toEqual([[], ['assignAgent']]);
		taken.send(ANNA);
		taken.send({ ...OK, AgentGroupId: 7 });
		await jest.advanceTimersByTimeAsync(10_000);
		expect([taken.answers, taken.warnings]).toEqual([[[200, ANNA]], []]);
	});

	test.each<[what: string, body: unknown, status: number]>([
		['the workflow fails', { message: 'Error in workflow' }, 500],
		['it ends without an answer', undefined, 200],
		['somebody else answers', { ActionStatus: 1 }, 201],
	])('is made by the node when %s', async (_what, body, status) => {
		for (const [asked, answer] of [
			[ASSIGN, OK],
			[ASK, NO_VALUES],
		]) {
			const taken = await publish(ALL).call({ body: asked });
			taken.send(body, status);
			expect(taken.answers).toEqual([[200, answer]]);
		}
	});

	test('is made by the node after 1.5 s; a later one is dropped', async () => {
		const taken = await publish(ALL).call({ body: ASSIGN });
		await jest.advanceTimersByTimeAsync(1499);
		expect(taken.answers).toEqual([]);
		await jest.advanceTimersByTimeAsync(1);
		expect(taken.answers).toEqual([[200, OK]]);
		expect(taken.warnings).toEqual([
			'Desk calls answered Desk itself: the workflow had no answer in time',
		]);
		taken.send(ANNA);
		expect(taken.answers).toEqual([[200, OK]]);
	});

	test('that is a text of Respond to Webhook reaches Desk as it is, and leaves no repeat waiting', async () => {
		const { call } = publish(ALL);
		const sent = { body: ASSIGN, query: { RequestID: 'r' } };
		const taken = await call(sent);
		taken.sendText('Anna');
		taken.send(ANNA);
		await jest.advanceTimersByTimeAsync(10_000);
		expect([taken.answers.length, taken.warnings]).toEqual([1, []]);
		expect((await call(sent)).answers).toEqual([[200, OK]]);
	});

	test('is what a repeat gets too, also one that comes before it; n8n stores neither', async () => {
		const { call, stored } = publish(ALL);
		const sent = { body: ASSIGN, query: { RequestID: 'r' } };
		const first = await call(sent);
		const early = call(sent);
		await call({ body: ASSIGN, query: { RequestID: 'another' } });
		await jest.advanceTimersByTimeAsync(100);
		first.send(ANNA);
		for (const repeat of [await early, await call(sent)]) {
			expect([repeat.answers, repeat.started]).toEqual([[[200, ANNA]], undefined]);
		}
		expect(stored()).toEqual({});
	});
});

test('the credential is read once in 10 s, and its change counts then', async () => {
	const { call, credential, credentialReads } = publish(ALL);
	const sdkAppIdIsTaken = async (SdkAppid: string) =>
		(await call({ body: SESSION, query: { SdkAppid } })).started !== undefined;
	expect(await sdkAppIdIsTaken('1400000000')).toBe(true);
	credential.sdkAppId = '1499999999';
	await jest.advanceTimersByTimeAsync(9999);
	expect(await sdkAppIdIsTaken('1400000000')).toBe(true);
	expect(credentialReads).toHaveLength(1);
	await jest.advanceTimersByTimeAsync(1);
	expect(await sdkAppIdIsTaken('1400000000')).toBe(false);
	expect(await sdkAppIdIsTaken('1499999999')).toBe(true);
	expect(credentialReads).toHaveLength(2);
});

test('a credential that cannot be used is an error, and is read again with the next call', async () => {
	const { call, credential } = publish(ALL);
	credential.sdkAppId = '';
	await expect(call({ body: SESSION })).rejects.toThrow('SDKAppID');
	credential.sdkAppId = '1400000000';
	expect((await call({ body: SESSION })).started).toBeDefined();
});

test('a callback token whose expression is empty is an error: it must not let everybody in', async () => {
	const { call } = publish(withToken('={{ "" }}'));
	await expect(call({ body: SESSION })).rejects.toThrow('The Callback Token is empty.');
});
