import dns from 'node:dns';
import type { Socket } from 'node:net';

import { generate } from 'selfsigned';

import type { Outcome } from '../../nodes/ContactUser/report';
import { startSimulator } from '../../simulator/server';
import { listenTls } from '../engine/rawTls';
import { falseSuccesses, listen, type StartedServer } from './rawServers';

/** A place that no request can be carried out at, and what is to become of the users sent there. */
export interface FaultyServer {
	name: string;
	outcome: Outcome | 'failed or unconfirmed';
	/** A request there runs into the node's time-out. */
	timesOut?: true;
	start(): Promise<StartedServer>;
}

/** A port on which nobody listens: one that was free a moment ago. */
async function closedPort(): Promise<StartedServer> {
	const { baseUrl, close } = await listen(() => {});
	await close();
	return { baseUrl, close: async () => {} };
}

let certificate: Promise<{ key: string; cert: string }> | undefined;

async function makeCertificate() {
	const pair = await generate([{ name: 'commonName', value: '127.0.0.1' }], { keySize: 2048 });
	return { key: pair.private, cert: pair.cert };
}

/** A Desk that would serve anybody who trusts its certificate, which nobody does. */
async function selfSignedDesk(scheme: 'https' | 'http'): Promise<StartedServer> {
	certificate ??= makeCertificate();
	const { url, close } = await startSimulator({ https: await certificate });
	return { baseUrl: url.replace(/^https/, scheme), close };
}

async function httpsToPlainDesk(): Promise<StartedServer> {
	const { url, close } = await startSimulator();
	return { baseUrl: url.replace(/^http/, 'https'), close };
}

const nowhere = async (): Promise<StartedServer> => ({
	baseUrl: 'https://nowhere.invalid',
	close: async () => {},
});

const bare = (onSocket: (socket: Socket) => void) => async () => await listen(onSocket);

const secure = (onSocket: (socket: Socket) => void) => async () => {
	const { baseUrl, close } = await listen(onSocket);
	return { baseUrl: baseUrl.replace('http', 'https'), close };
};
const HANDSHAKE_FAILURE = Buffer.from('15030100020228', 'hex');

/** Names that end so are looked up for as many milliseconds as they say; all others as ever. */
const SLOW_NAME = /^slow-(\d+)\.localhost$/;

/** Makes look-ups slow where a server here asks for it. Once for the whole process. */
export function slowDownLookUps(): void {
	const lookUp = dns.lookup as unknown as (...args: unknown[]) => void;
	const slowly = (name: string, ...rest: unknown[]) => {
		const [, ms] = SLOW_NAME.exec(name) ?? [];
		if (ms === undefined) lookUp(name, ...rest);
		else setTimeout(() => lookUp('127.0.0.1', ...rest), Number(ms));
	};
	dns.lookup = slowly as unknown as typeof dns.lookup;
}

/** A Desk that would serve everybody, behind a name that takes long to be found. */
async function slowLookUp(ms: number): Promise<StartedServer> {
	const { url, ledger, close } = await startSimulator();
	return {
		baseUrl: url.replace('127.0.0.1', `slow-${ms}.localhost`),
		close: async () => {
			// Whatever was not given up would arrive by then.
			await new Promise((resolve) => setTimeout(resolve, ms));
			await close();
			if (ledger.length > 0)
				throw new Error('Somebody was contacted by a request that was given up');
		},
	};
}

/** Each way in which a whole server, not a single answer, can be wrong. */
export const FAULTY_SERVERS: FaultyServer[] = [
	{ name: 'port refused', outcome: 'failed', start: closedPort },
	{ name: 'host name unknown', outcome: 'failed', start: nowhere },
	{
		name: 'self-signed certificate',
		outcome: 'failed',
		start: async () => await selfSignedDesk('https'),
	},
	{
		name: 'closed before TLS',
		outcome: 'failed',
		start: secure((socket) => socket.end()),
	},
	{
		name: 'reset at the TLS hello',
		outcome: 'failed',
		start: secure((socket) => socket.once('data', () => socket.resetAndDestroy())),
	},
	{
		name: 'a TLS alert',
		outcome: 'failed',
		start: secure((socket) => socket.end(HANDSHAKE_FAILURE)),
	},
	{
		name: 'TLS that never comes about',
		outcome: 'failed or unconfirmed',
		timesOut: true,
		start: secure(() => {}),
	},
	{
		name: 'closed after TLS, before the request',
		// The request may be under way by then.
		outcome: 'failed or unconfirmed',
		start: async () => await listenTls((socket) => socket.destroy()),
	},
	{
		name: 'closed after TLS, with the request',
		outcome: 'unconfirmed',
		start: async () => await listenTls((socket) => socket.once('data', () => socket.destroy())),
	},
	{
		name: 'a host name that is looked up for 3 s',
		outcome: 'failed or unconfirmed',
		timesOut: true,
		start: async () => await slowLookUp(3000),
	},
	{ name: 'https to a plain http port', outcome: 'failed', start: httpsToPlainDesk },
	{
		name: 'plain http to an https port',
		outcome: 'unconfirmed',
		start: async () => await selfSignedDesk('http'),
	},
	{
		name: 'reset on connect',
		// Whether the system tells it of the connecting or of the first write is a matter of chance.
		outcome: 'failed or unconfirmed',
		start: bare((socket) => socket.resetAndDestroy()),
	},
	{
		name: 'reset on data',
		outcome: 'unconfirmed',
		start: bare((socket) => socket.once('data', () => socket.resetAndDestroy())),
	},
	{
		name: 'not an HTTP server',
		outcome: 'unconfirmed',
		start: bare((socket) => socket.end('220 mail.example.com ESMTP\r\n')),
	},
	{
		name: 'accepts and says nothing',
		outcome: 'unconfirmed',
		timesOut: true,
		start: bare(() => {}),
	},
	{
		name: 'answers that only look like success',
		outcome: 'unconfirmed',
		start: falseSuccesses,
	},
	{
		name: 'an answer that drips for ever',
		outcome: 'unconfirmed',
		timesOut: true,
		start: bare((socket) => {
			socket.write('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{');
			const drip = setInterval(() => socket.write(' '), 100);
			socket.once('close', () => clearInterval(drip));
		}),
	},
];
