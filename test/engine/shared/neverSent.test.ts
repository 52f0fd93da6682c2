import type { Socket } from 'node:net';

import { listen, type StartedServer } from '../../faults/rawServers';
import { callOnEngine } from '../oneCall';
import { listenTls, trustRawTls } from '../rawTls';

beforeAll(trustRawTls);

const TIMEOUT_MS = 2000;

/** What comes of one request to a server, and how often somebody connected. */
async function replyOf(server: StartedServer, scheme: 'http' | 'https' = 'https') {
	const baseUrl = server.baseUrl.replace(/^https?/, scheme);
	try {
		return await callOnEngine({ baseUrl, timeoutMs: TIMEOUT_MS });
	} finally {
		await server.close();
	}
}

const raw = (onSocket: (socket: Socket) => void) => async () =>
	await replyOf(await listen(onSocket));
const afterHello = (then: (socket: Socket) => void) =>
	raw((socket) => socket.once('data', () => then(socket)));
const HANDSHAKE_FAILURE = Buffer.from('15030100020228', 'hex');

test.each([
	['closed as soon as it stands', raw((socket) => socket.end())],
	['closed after the hello', afterHello((socket) => socket.end())],
	['destroyed after the hello', afterHello((socket) => socket.destroy())],
])('a connection that is %s carried nothing, and is worth another try', async (_what, reply) => {
	expect(await reply()).toEqual({
		kind: 'notSent',
		reason: 'The connection was closed before it was secure',
	});
});

test.each([
	['at once', afterHello((socket) => socket.resetAndDestroy())],
	['later', afterHello((socket) => setTimeout(() => socket.resetAndDestroy(), 100))],
])(
	'a reset in the middle of the handshake (%s) came before anything was sent',
	async (_when, reply) => {
		expect(await reply()).toMatchObject({ kind: 'notSent' });
	},
);

test.each([
	['a TLS alert after the hello', afterHello((socket) => socket.end(HANDSHAKE_FAILURE))],
	['a TLS alert before the hello', raw((socket) => socket.end(HANDSHAKE_FAILURE))],
	[
		'a server that knows old TLS only',
		async () =>
			await replyOf(
				await listenTls((socket) => socket.end(), {
					minVersion: 'TLSv1',
					maxVersion: 'TLSv1.1',
					ciphers: 'DEFAULT@SECLEVEL=0',
				}),
			),
	],
	[
		'a server without a common cipher',
		async () =>
			await replyOf(
				await listenTls((socket) => socket.end(), {
					maxVersion: 'TLSv1.2',
					ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256',
				}),
			),
	],
	[
		'a server that wants a certificate of the client',
		async () =>
			await replyOf(
				await listenTls((socket) => socket.end(), { requestCert: true, rejectUnauthorized: true }),
			),
	],
])('%s is told at once, with advice about TLS', async (_what, reply) => {
	expect(await reply()).toEqual({
		kind: 'blocked',
		reason: 'The server refused the TLS connection',
		advice: expect.stringMatching(/TLS version or cipher/),
	});
});

test('a port that nobody listens on', async () => {
	const reply = await callOnEngine({ baseUrl: 'http://127.0.0.1:9', timeoutMs: TIMEOUT_MS });
	expect(reply).toEqual({ kind: 'notSent', reason: 'The server refused the connection' });
});

test('a port that speaks something else than TLS is told at once', async () => {
	const reply = await raw((socket) => socket.end('220 mail.example.com ESMTP\r\n'))();
	expect(reply).toMatchObject({ kind: 'blocked', advice: expect.stringContaining('Base URL') });
});

test('a certificate authority that this n8n does not know: the advice names NODE_EXTRA_CA_CERTS', async () => {
	const { generate } = await import('selfsigned');
	const other = await generate([{ name: 'commonName', value: 'another' }], { keySize: 2048 });
	const server = await listenTls((socket) => socket.end(), {
		key: other.private,
		cert: other.cert,
	});
	expect(await replyOf(server)).toEqual({
		kind: 'blocked',
		reason: expect.stringMatching(/certificate .* could not be verified \(\w+\)/),
		advice: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
	});
});

const onData = (then: (socket: Socket) => void) => (socket: Socket) =>
	void socket.once('data', () => then(socket));

test.each([
	['closed', async () => await replyOf(await listenTls(onData((socket) => socket.destroy())))],
	[
		'closed before the request was read',
		async () => await replyOf(await listenTls((socket) => socket.end())),
	],
	[
		'answered with something else than HTTP',
		async () => await replyOf(await listenTls(onData((socket) => socket.end('220 mail\r\n')))),
	],
	[
		'answered with HTTP status 502',
		async () =>
			await replyOf(
				await listenTls(
					onData((socket) => socket.end('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n')),
				),
			),
	],
])('a connection that was secure and is then %s leaves it open', async (_what, reply) => {
	expect(await reply()).toMatchObject({ kind: 'ambiguous' });
});

test.each([
	['closed at once', (socket: Socket) => void socket.end()],
	['closed after the request', onData((socket) => socket.destroy())],
	['reset after the request', onData((socket) => socket.resetAndDestroy())],
])('a plain http connection that is %s leaves it open', async (_what, onSocket) => {
	expect(await replyOf(await listen(onSocket), 'http')).toMatchObject({ kind: 'ambiguous' });
});
