import { connect, type Socket } from 'node:net';

import { listen, type StartedServer } from '../../faults/rawServers';
import { callOnEngine } from '../oneCall';
import { listenTls, trustRawTls } from '../rawTls';

const PROXY_VARIABLES = ['HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY'].flatMap((name) => [
	name,
	name.toLowerCase(),
]);
const kept = PROXY_VARIABLES.map((name) => [name, process.env[name]] as const);

beforeAll(trustRawTls);
beforeEach(() => PROXY_VARIABLES.forEach((name) => delete process.env[name]));
afterAll(() => {
	for (const [name, value] of kept) if (value !== undefined) process.env[name] = value;
});

const HOST = 'https://desk.example.com';

/** What comes of a request that the proxy at `proxyUrl` is to pass on. */
async function replyThrough(proxyUrl: string, baseUrl = HOST) {
	process.env.HTTPS_PROXY = proxyUrl;
	try {
		return await callOnEngine({ baseUrl, timeoutMs: 1500 });
	} finally {
		delete process.env.HTTPS_PROXY;
	}
}

/** The same with a proxy that does this once it was asked. */
async function replyFrom(answer: (socket: Socket) => void) {
	const asked: string[] = [];
	const proxy = await listen((socket) =>
		socket.once('data', (data) => {
			asked.push(String(data));
			answer(socket);
		}),
	);
	try {
		return { reply: await replyThrough(proxy.baseUrl), asked: asked.join('') };
	} finally {
		await proxy.close();
	}
}

const answerWith = (status: string) => (socket: Socket) =>
	void socket.end(`HTTP/1.1 ${status}\r\nContent-Type: text/html\r\nContent-Length: 3\r\n\r\nno!`);
const NAMED = expect.stringContaining('HTTPS_PROXY');

test('a proxy that wants a login is told at once, with advice about its user name', async () => {
	const { reply } = await replyFrom(answerWith('407 Proxy Authentication Required'));
	expect(reply).toEqual({
		kind: 'blocked',
		reason: 'The proxy of your n8n wants a login (HTTP status 407)',
		advice: expect.stringMatching(/user name.*HTTPS_PROXY/),
	});
});

test.each(['500 Internal Server Error', '502 Bad Gateway', '503 Unavailable', '504 Timeout'])(
	'a proxy that answers CONNECT with %s passed nothing on, and may another time',
	async (status) => {
		const { reply, asked } = await replyFrom(answerWith(status));
		expect(reply).toEqual({
			kind: 'notSent',
			reason: `The proxy of your n8n could not connect to the server (HTTP status ${status.slice(0, 3)})`,
			advice: NAMED,
		});
		expect(asked).not.toContain('usersig');
	},
);

test('a proxy that answers CONNECT with 403 Forbidden refuses, and will another time', async () => {
	expect((await replyFrom(answerWith('403 Forbidden'))).reply).toEqual({
		kind: 'blocked',
		reason: 'The proxy of your n8n refused the connection to the server (HTTP status 403)',
		advice: expect.stringMatching(/administrator.*proxy/),
	});
});

test('a proxy that closes the connection is named', async () => {
	for (const close of [(socket: Socket) => socket.end(), (socket: Socket) => socket.destroy()]) {
		const reason = 'The proxy of your n8n closed the connection';
		expect((await replyFrom(close)).reply).toEqual({ kind: 'notSent', reason, advice: NAMED });
	}
});

test.each([
	[
		'refuses the connection',
		'http://127.0.0.1:9',
		/^The proxy of your n8n refused the connection$/,
	],
	[
		'does not exist',
		'http://proxy.invalid:3128',
		/^The host name of the proxy of your n8n could not be (found|looked up)$/,
	],
])('a proxy host that %s is named, not the data center', async (_what, proxyUrl, words) => {
	const reason = expect.stringMatching(words);
	expect(await replyThrough(proxyUrl)).toEqual({ kind: 'notSent', reason, advice: NAMED });
});

describe('behind a proxy that lets the connection through', () => {
	/** What comes of a request through a proxy that connects to whatever it is asked for. */
	async function replyOf(onAsked: (socket: Socket) => void) {
		const desk = await listenTls((socket) => socket.once('data', () => onAsked(socket)));
		const proxy = await listen((client) =>
			client.once('data', (head) => {
				const port = Number(/^CONNECT localhost:(\d+) /.exec(String(head))?.[1]);
				if (Number.isNaN(port)) {
					client.destroy();
					return;
				}
				const server = connect(port, '127.0.0.1', () => {
					client.write('HTTP/1.1 200 Connection established\r\n\r\n');
					client.pipe(server).pipe(client);
				});
				server.on('error', () => client.destroy());
			}),
		);
		// By name: through a proxy, n8n does not compare an address with the certificate.
		const reply = await replyThrough(proxy.baseUrl, desk.baseUrl.replace('127.0.0.1', 'localhost'));
		await Promise.all([proxy, desk].map(async ({ close }: StartedServer) => await close()));
		return reply;
	}

	test.each([
		['502 Bad Gateway', { kind: 'ambiguous', reason: 'The server answered with HTTP status 502' }],
		['403 Forbidden', { kind: 'httpError', httpStatus: 403 }],
	])('HTTP status %s of the server itself is not taken for the proxy', async (status, reply) => {
		expect(await replyOf(answerWith(status))).toEqual(reply);
	});

	test('a server that closes after the request leaves it open', async () => {
		expect(await replyOf((socket) => socket.destroy())).toMatchObject({ kind: 'ambiguous' });
	});
});
