import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { ask, codeOf, contact, controlSurface, sessionOf, useSimulator } from './client';

const simulator = useSimulator();

interface Received {
	method?: string;
	url: URL;
	type?: string;
	body: Record<string, unknown>;
}

let receiver: Server;
let address: string;
const received: Received[] = [];
let answer: (response: ServerResponse) => void;

const take = (request: IncomingMessage, response: ServerResponse): void => {
	let text = '';
	request.on('data', (chunk: Buffer) => (text += chunk.toString()));
	request.on('end', () => {
		received.push({
			method: request.method,
			url: new URL(request.url ?? '', 'http://receiver'),
			type: request.headers['content-type'],
			body: JSON.parse(text) as Record<string, unknown>,
		});
		answer(response);
	});
};

beforeAll(async () => {
	receiver = createServer(take);
	await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
	address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/webhook/desk`;
});
beforeEach(() => {
	received.length = 0;
	answer = (response) =>
		void response.setHeader('content-type', 'application/json').end('{"AIProvider":1}');
});
afterAll(() => receiver.close());

const send = async (more: Record<string, unknown> = {}) =>
	await simulator().notify({
		url: address,
		event: 'ChatBot.UserSendMsg',
		userId: 'with-chatbot',
		...more,
	});

test('a session event is a POST of JSON with the documented query, and what was answered is told', async () => {
	const result = await send();

	expect(received).toHaveLength(1);
	const [{ method, url, type }] = received;
	expect([method, type, url.pathname]).toEqual(['POST', 'application/json', '/webhook/desk']);
	expect([...url.searchParams]).toEqual([
		['SdkAppid', '1400000000'],
		['CallbackCommand', 'Desk.SessionEventNotify'],
		['contenttype', 'json'],
		['ClientIP', '127.0.0.1'],
		['OptPlatform', 'RESTAPI'],
	]);
	const body = '{"AIProvider":1}';
	expect(result).toMatchObject({
		sent: { body: received[0].body },
		answer: { delivered: true, status: 200, contentType: 'application/json', body },
	});
});

test('it may carry a RequestID, another app, and a query of its own', async () => {
	const others = { requestId: 'r-1', sdkAppId: '1499999999', clientIp: '10.0.0.1' };
	await send({ url: `${address}?secret=a%20b`, optPlatform: 'Web', ...others });
	expect(Object.fromEntries(received[0].url.searchParams)).toMatchObject({
		...{ secret: 'a b', RequestID: 'r-1', SdkAppid: '1499999999' },
		...{ ClientIP: '10.0.0.1', OptPlatform: 'Web' },
	});
});

test('it tells of the session of the user, begins one with the chatbot, and leaves a text in it', async () => {
	const before = Date.now();
	await send({ userId: 'mia', text: 'Where is my parcel?' });
	const { CurrentState, SessionId } = await ask(simulator(), sessionOf('mia'));
	expect(CurrentState).toBe('Chatbot');
	const [{ body }] = received;
	const MsgBody = [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'Where is my parcel?' } }];
	expect(body).toMatchObject({
		...{ CallbackCommand: 'Desk.SessionEventNotify', Event: 'ChatBot.UserSendMsg' },
		...{ SessionId, ChannelType: 'SDK', ClientUserId: 'mia', AgentId: '' },
		...{ CustomerServiceId: '@customer_service_account', MsgBody, IsContactUser: false },
	});
	expect(body.EventTime).toBeGreaterThanOrEqual(before);
	expect(body.EventTime).toBeLessThanOrEqual(Date.now());
	expect(typeof body.MsgKey).toBe('string');
	const list = { command: 'describe_chat_messages', body: { SessionId } };
	expect((await ask(simulator(), list)).Messages).toMatchObject([
		{ FromAccount: 'mia', FromAccountRole: 1, MsgBody },
	]);
	await send({ userId: 'mia', event: 'ChatBot.RobotSendMsg', text: 'Hi' });
	expect((await ask(simulator(), list)).Messages).toHaveLength(1);
	expect(received[1].body.SessionId).toBe(SessionId);
});

test('it says when an agent contacted the user, how the session was rated, and what is asked for', async () => {
	await codeOf(simulator(), contact('mia'));
	simulator().move('mia', { move: 'rate', rating: 4 });
	await send({ event: 'SomethingNew', userId: 'mia', fields: { Unheard: 1, AgentId: 'x' } });
	expect(received[0].body).toMatchObject({
		...{ Event: 'SomethingNew', IsContactUser: true, SatisfactionSelected: 4 },
		...{ Unheard: 1, AgentId: 'x' },
	});
});

type Receiver = typeof answer;

test.each<[what: string, receiver: Receiver, told: object]>([
	[
		'a redirect, which is not followed',
		(response) => void response.writeHead(302, { location: address }).end('gone'),
		{ delivered: true, status: 302, body: 'gone', contentType: '' },
	],
	[
		'an error',
		(response) => void response.writeHead(500).end(),
		{ delivered: true, status: 500, body: '' },
	],
	[
		'a long answer, which is cut',
		(response) => void response.end('x'.repeat(200_000)),
		{ body: 'x'.repeat(64 * 1024) },
	],
	['silence', () => {}, { delivered: false, reason: 'timed out' }],
	[
		'half an answer',
		(response) => void response.writeHead(200).write('half'),
		{ delivered: false, reason: 'timed out' },
	],
	[
		'a connection that breaks',
		(response) => void response.socket?.destroy(),
		{ delivered: false, reason: 'ECONNRESET' },
	],
])('%s is told', async (_what, receiver, told) => {
	answer = receiver;
	expect(await send({ timeoutMs: 300 })).toMatchObject({ answer: told });
	expect(received).toHaveLength(1);
});

test('a closed port is told', async () => {
	expect(await send({ url: 'http://127.0.0.1:1/' })).toMatchObject({
		answer: { delivered: false, reason: 'ECONNREFUSED' },
	});
});

test.each([
	...['http://192.0.2.1/webhook', 'http://0.0.0.0:5678/webhook', 'http://[::]:5678/webhook'],
	...['http://n8n.example.com/webhook', 'http://localhost.example.com/webhook'],
	...['http://2130706434.example.com/', 'http://user:127.0.0.1@192.0.2.1/'],
	...['https://127.0.0.1/webhook', 'file:///etc/hosts'],
])('nothing is ever sent to %s', async (url) => {
	expect(await send({ url, userId: 'mia' })).toEqual({ refused: expect.any(String) as string });
	expect((await ask(simulator(), sessionOf('mia'))).CurrentState).toBe('NotInSession');
});

test.each([
	[{ call: 'agentStatus' }, 'Member.EventNotify', { Event: 'Member.StatusChange', Status: 'free' }],
	[{ call: 'taskFlow' }, 'Chatbot.TaskFlowEventNotify', { Event: 'TaskBegin', Seq: 1 }],
	[{ call: 'assign' }, 'ChatBot.OnAssignHuman', { ClientUserId: 'with-chatbot' }],
	[
		{ call: 'taskFlowCall', fields: { Unheard: 1 } },
		'Chatbot.InterfaceInvocation',
		{ Body: { SystemClientUserID: 'with-chatbot' }, Unheard: 1 },
	],
])('%j is a call of %s', async (wish, CallbackCommand, body) => {
	await send({ ...wish, event: undefined });
	expect(received[0].url.searchParams.get('CallbackCommand')).toBe(CallbackCommand);
	expect(received[0].body).toMatchObject({ CallbackCommand, ...body });
});

test('it is signed with a token, as in the example of Tencent (269/32431), or wrongly', async () => {
	const token = 'xxxxyyyy';
	await send({ token, requestTime: 1669872112 });
	await send({ token, sign: 'wrong' });
	const [right, wrong] = received.map(({ url }) => Object.fromEntries(url.searchParams));
	expect(right).toMatchObject({
		RequestTime: '1669872112',
		Sign: '17773bc39a671d7b9aa835458704d2a6db81360a5940292b587d6d760d484061',
	});
	expect(wrong.Sign).toBe('wrong');
	expect(Math.abs(Number(wrong.RequestTime) - Date.now() / 1000)).toBeLessThan(60);
});

test('it is sent for another process, to this machine only', async () => {
	const { write } = controlSurface(simulator);
	const wish = { event: 'SessionBegin', userId: 'mia' };
	const { status, data } = await write('notify', {
		...wish,
		url: address.replace('127.0.0.1', 'localhost'),
	});
	expect([status, data.answer.status, received[0].body.Event]).toEqual([200, 200, 'SessionBegin']);
	const far = await write('notify', { ...wish, url: 'http://192.0.2.1/' });
	expect([far.status, typeof far.data.refused]).toEqual([400, 'string']);
	expect(received).toHaveLength(1);
});
