import type { Socket } from 'node:net';
import type { TlsOptions } from 'node:tls';

import { generate } from 'selfsigned';

import { listen, type StartedServer } from '../../faults/rawServers';
import { callOnEngine } from '../oneCall';
import { listenTls, trustRawTls } from '../rawTls';

beforeAll(trustRawTls);

const TIMEOUT_MS = 2000;
type OnSocket = (socket: Socket) => void;
type Start = () => Promise<StartedServer>;

const asHttps = ({ baseUrl, close }: StartedServer) => ({
	baseUrl: baseUrl.replace(/^http:/, 'https:'),
	close,
});
const onData = (then: OnSocket) => (socket: Socket) => void socket.once('data', () => then(socket));
/** Spoken to in TLS, of which it knows nothing. */
const bare = (onSocket: OnSocket) => async () => asHttps(await listen(onSocket));
const afterHello = (then: OnSocket) => bare(onData(then));
const plainHttp = (onSocket: OnSocket) => async () => await listen(onSocket);
const secure = (onSecure: OnSocket, options?: TlsOptions) => async () =>
	await listenTls(onSecure, options);
const end: OnSocket = (socket) => socket.end();
const destroy: OnSocket = (socket) => socket.destroy();
const reset: OnSocket = (socket) => socket.resetAndDestroy();
const say = (text: string | Buffer) => (socket: Socket) => void socket.end(text);

const HANDSHAKE_FAILURE = Buffer.from('15030100020228', 'hex');
const MAIL = '220 mail.example.com ESMTP\r\n';
const BAD_GATEWAY = 'HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n';
const OLD_TLS: TlsOptions = {
	...{ minVersion: 'TLSv1', maxVersion: 'TLSv1.1' },
	ciphers: 'DEFAULT@SECLEVEL=0',
};
const ECDSA_ONLY: TlsOptions = { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256' };

async function unknownAuthority(): Promise<StartedServer> {
	const other = await generate([{ name: 'commonName', value: 'another' }], { keySize: 2048 });
	return await listenTls(end, { key: other.private, cert: other.cert });
}

const NOBODY_LISTENS: Start = async () => ({
	baseUrl: 'http://127.0.0.1:9',
	close: async () => {},
});

const NEVER_SECURE = {
	kind: 'notSent',
	reason: 'The connection was closed before it was secure',
};
const REFUSED_TLS = {
	kind: 'blocked',
	reason: 'The server refused the TLS connection',
	advice: expect.stringMatching(/TLS version or cipher/),
};
const NOT_TLS = expect.objectContaining({
	kind: 'blocked',
	advice: expect.stringContaining('Base URL'),
});
const UNKNOWN_AUTHORITY = {
	kind: 'blocked',
	reason: expect.stringMatching(/certificate .* could not be verified \(\w+\)/),
	advice: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
};
const LEFT_OPEN = expect.objectContaining({ kind: 'ambiguous' });
const NOT_SENT = expect.objectContaining({ kind: 'notSent' });

/** What there is, and what comes of one request to it. */
const CASES: Array<[what: string, start: Start, reply: unknown]> = [
	[
		'a port that nobody listens on',
		NOBODY_LISTENS,
		{ kind: 'notSent', reason: 'The server refused the connection' },
	],
	['a connection that is closed as soon as it stands', bare(end), NEVER_SECURE],
	['a connection that is closed after the hello', afterHello(end), NEVER_SECURE],
	['a connection that is destroyed after the hello', afterHello(destroy), NEVER_SECURE],
	['a reset in the middle of the handshake (at once)', afterHello(reset), NOT_SENT],
	[
		'a reset in the middle of the handshake (later)',
		afterHello((socket) => setTimeout(() => socket.resetAndDestroy(), 100)),
		NOT_SENT,
	],
	['a TLS alert after the hello', afterHello(say(HANDSHAKE_FAILURE)), REFUSED_TLS],
	['a TLS alert before the hello', bare(say(HANDSHAKE_FAILURE)), REFUSED_TLS],
	['a server that knows old TLS only', secure(end, OLD_TLS), REFUSED_TLS],
	['a server without a common cipher', secure(end, ECDSA_ONLY), REFUSED_TLS],
	[
		'a server that wants a certificate of the client',
		secure(end, { requestCert: true, rejectUnauthorized: true }),
		REFUSED_TLS,
	],
	['a port that speaks something else than TLS', bare(say(MAIL)), NOT_TLS],
	['a certificate authority that this n8n does not know', unknownAuthority, UNKNOWN_AUTHORITY],
	['a secure connection that is closed after the request', secure(onData(destroy)), LEFT_OPEN],
	['a secure connection that is closed before the request was read', secure(end), LEFT_OPEN],
	['a secure connection with another answer than HTTP', secure(onData(say(MAIL))), LEFT_OPEN],
	['a secure connection with HTTP status 502', secure(onData(say(BAD_GATEWAY))), LEFT_OPEN],
	['a plain http connection that is closed at once', plainHttp(end), LEFT_OPEN],
	['a plain http connection, closed after the request', plainHttp(onData(destroy)), LEFT_OPEN],
	['a plain http connection, reset after the request', plainHttp(onData(reset)), LEFT_OPEN],
];

test.each(CASES)(
	'%s: what surely was not sent is told from what may have been',
	async (_what, start, reply) => {
		const { baseUrl, close } = await start();
		try {
			expect(await callOnEngine({ baseUrl, timeoutMs: TIMEOUT_MS })).toEqual(reply);
		} finally {
			await close();
		}
	},
);
