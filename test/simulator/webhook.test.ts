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

describe('Desk.SessionEventNotify', () => {
	test('is a POST of JSON with the documented query, and what was answered is told', async () => {
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
		expect(result).toMatchObject({
			sent: { body: received[0].body },
			answer: {
				delivered: true,
				status: 200,
				contentType: 'application/json',
				body: '{"AIProvider":1}',
			},
		});
	});

	test('may carry a RequestID, another app, and a query of its own', async () => {
		await send({
			url: `${address}?secret=a%20b`,
			requestId: 'r-1',
			sdkAppId: '1499999999',
			clientIp: '10.0.0.1',
			optPlatform: 'Web',
		});
		expect(Object.fromEntries(received[0].url.searchParams)).toMatchObject({
			...{ secret: 'a b', RequestID: 'r-1', SdkAppid: '1499999999' },
			...{ ClientIP: '10.0.0.1', OptPlatform: 'Web' },
		});
	});

	test('tells of the session of the user', async () => {
		const before = Date.now();
		await send({ text: 'Where is my parcel?' });
		const [{ body }] = received;
		expect(body).toMatchObject({
			CallbackCommand: 'Desk.SessionEventNotify',
			SessionId: 'session-of-with-chatbot',
			Event: 'ChatBot.UserSendMsg',
			ChannelType: 'SDK',
			ClientUserId: 'with-chatbot',
			CustomerServiceId: '@customer_service_account',
			AgentId: '',
			MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'Where is my parcel?' } }],
			IsContactUser: false,
		});
		expect(body.EventTime).toBeGreaterThanOrEqual(before);
		expect(body.EventTime).toBeLessThanOrEqual(Date.now());
		expect(typeof body.MsgKey).toBe('string');
	});

	test('says when an agent contacted the user, and how the session was rated', async () => {
		await codeOf(simulator(), contact('mia'));
		simulator().move('mia', { move: 'rate', rating: 4 });
		await send({ event: 'SomethingNew', userId: 'mia', fields: { Unheard: 1, AgentId: 'x' } });
		expect(received[0].body).toMatchObject({
			...{ Event: 'SomethingNew', IsContactUser: true, SatisfactionSelected: 4 },
			...{ Unheard: 1, AgentId: 'x' },
		});
	});

	test('begins a session with the chatbot, in which the message stands and an answer may be left', async () => {
		await send({ userId: 'mia', text: 'Hello' });
		const { CurrentState, SessionId } = await ask(simulator(), sessionOf('mia'));
		expect(CurrentState).toBe('Chatbot');
		expect(received[0].body.SessionId).toBe(SessionId);
		const list = { command: 'describe_chat_messages', body: { SessionId } };
		expect((await ask(simulator(), list)).Messages).toMatchObject([
			{ FromAccount: 'mia', FromAccountRole: 1 },
		]);
		expect(await codeOf(simulator(), { command: 'transfer_to_human', body: { SessionId } })).toBe(
			0,
		);
	});

	test('tells of any answer: an error, a redirect that is not followed, no JSON', async () => {
		answer = (response) => void response.writeHead(302, { location: address }).end('gone');
		expect(await send()).toMatchObject({
			answer: { delivered: true, status: 302, body: 'gone', contentType: '' },
		});
		expect(received).toHaveLength(1);
		answer = (response) => void response.writeHead(500).end();
		expect(await send()).toMatchObject({ answer: { status: 500, body: '' } });
		answer = (response) => void response.end('x'.repeat(200_000));
		const { answer: long } = (await send()) as { answer: { body: string } };
		expect(long.body).toHaveLength(64 * 1024);
	});

	test('tells of none: a closed port, silence, a connection that breaks', async () => {
		answer = () => {};
		expect(await send({ timeoutMs: 100 })).toMatchObject({
			answer: { delivered: false, reason: 'timed out' },
		});
		answer = (response) => void response.writeHead(200).write('half');
		expect(await send({ timeoutMs: 100 })).toMatchObject({
			answer: { delivered: false, reason: 'timed out' },
		});
		answer = (response) => void response.socket?.destroy();
		expect(await send()).toMatchObject({ answer: { delivered: false, reason: 'ECONNRESET' } });
		expect(await send({ url: 'http://127.0.0.1:1/' })).toMatchObject({
			answer: { delivered: false, reason: 'ECONNREFUSED' },
		});
	});

	test.each([
		'http://192.0.2.1/webhook',
		'http://0.0.0.0:5678/webhook',
		'http://[::]:5678/webhook',
		'http://n8n.example.com/webhook',
		'http://localhost.example.com/webhook',
		'http://2130706434.example.com/',
		'http://user:127.0.0.1@192.0.2.1/',
		'https://127.0.0.1/webhook',
		'file:///etc/hosts',
	])('is never sent to %s', async (url) => {
		expect(await send({ url, userId: 'mia' })).toEqual({ refused: expect.any(String) as string });
		expect((await ask(simulator(), sessionOf('mia'))).CurrentState).toBe('NotInSession');
	});

	test.each([
		[
			{ call: 'agentStatus' },
			'Member.EventNotify',
			{ Event: 'Member.StatusChange', Status: 'free' },
		],
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

	test('is signed with a token, as in the example of Tencent (269/32431), or wrongly', async () => {
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

	test('is sent for another process', async () => {
		const { write } = controlSurface(simulator);
		const post = async (body: object) => await write('notify', body);
		const url = address.replace('127.0.0.1', 'localhost');
		const sent = await post({ url, event: 'SessionBegin', userId: 'mia' });
		expect([sent.status, sent.data.answer.status]).toEqual([200, 200]);
		expect(received[0].body.Event).toBe('SessionBegin');

		expect((await post({ url, event: 'SessionBegin' })).status).toBe(400);
		expect((await post({ url, event: 'x', userId: 'mia', extra: 1 })).status).toBe(400);
		const far = await post({ url: 'http://192.0.2.1/', event: 'x', userId: 'mia' });
		expect([far.status, typeof far.data.refused]).toEqual([400, 'string']);
		expect(received).toHaveLength(1);
	});
});
