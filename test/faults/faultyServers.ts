import type { Socket } from 'node:net';

import { generate } from 'selfsigned';

import type { Outcome } from '../../nodes/ContactUser/contact/results';
import { startSimulator } from '../../simulator/server';
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

/** Each way in which a whole server, not a single answer, can be wrong. */
export const FAULTY_SERVERS: FaultyServer[] = [
	{ name: 'port refused', outcome: 'failed', start: closedPort },
	{ name: 'host name unknown', outcome: 'failed', start: nowhere },
	{
		name: 'self-signed certificate',
		outcome: 'failed',
		start: async () => await selfSignedDesk('https'),
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
