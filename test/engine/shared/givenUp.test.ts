import { spawn } from 'node:child_process';
import dns from 'node:dns';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

import { listen } from '../../faults/rawServers';
import { callOnEngine } from '../oneCall';
import { listenTls, trustRawTls } from '../rawTls';

// What these tests assume: Node looks a name up by dns.lookup, and a system whose queue of new connections is full
// answers no further one.

const TIMEOUT_MS = 1000;
/** The deadline is half a second after the time-out, and is looked at four times a second. */
const LATEST_MS = TIMEOUT_MS + 500 + 250 + 250 + 400;
const IN_TIME = 'The server did not answer in time';

const until = async (ms: number): Promise<unknown> =>
	await new Promise((resolve) => setTimeout(resolve, ms));

/** Asks a server that gives no whole answer in time. */
async function givenUp(baseUrl: string) {
	const startedAt = performance.now();
	const { kind, ...told } = await callOnEngine({ baseUrl, timeoutMs: TIMEOUT_MS });
	const tookMs = performance.now() - startedAt;
	expect(told).toEqual({ reason: IN_TIME });
	expect(tookMs).toBeLessThan(LATEST_MS);
	return { kind, tookMs };
}

beforeAll(trustRawTls);
afterEach(() => jest.restoreAllMocks());

test('a name that is looked up for 3 seconds: given up at the deadline, and never delivered', async () => {
	let connections = 0;
	const server = await listen(() => connections++);
	const lookUp = jest.spyOn(dns, 'lookup') as unknown as jest.Mock;
	lookUp.mockImplementation((...args: unknown[]) => {
		const [options, answer] = args.slice(-2) as [{ all?: boolean }, (...args: unknown[]) => void];
		setTimeout(() => {
			if (options.all) answer(null, [{ address: '127.0.0.1', family: 4 }]);
			else answer(null, '127.0.0.1', 4);
		}, 3000);
	});

	const { tookMs } = await givenUp(server.baseUrl.replace('127.0.0.1', 'desk.localhost'));
	expect(lookUp).toHaveBeenCalledTimes(1);
	await until(3500 - tookMs);
	expect(connections).toBe(0);
	await server.close();
});

/** A server of its own process, which takes no connection for 4 seconds, then prints the first line of each request. */
const DEAF_SERVER = `
const server = require('node:net').createServer((socket) => {
	socket.on('error', () => {}).once('data', (data) => console.log(String(data).split('?')[0]));
});
server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
	require('node:fs').writeSync(1, server.address().port + '\\n');
	Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 4000);
});
setTimeout(() => process.exit(), 20000);
`;

async function fillQueue(port: number): Promise<Socket[]> {
	const sockets: Socket[] = [];
	for (let i = 0; i < 20; i++) {
		const socket = connect(port, '127.0.0.1').on('error', () => {});
		sockets.push(socket);
		const isTaken = await Promise.race([once(socket, 'connect'), until(150)]);
		if (isTaken === undefined) return sockets;
	}
	throw new Error('The queue of new connections does not fill');
}

test('a server that lets nobody connect for 4 seconds: given up at the deadline, and never delivered', async () => {
	const child = spawn(process.execPath, ['-e', DEAF_SERVER], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const lines: string[] = [];
	const output = createInterface(child.stdout).on('line', (line) => lines.push(line));
	await once(output, 'line');
	const port = Number(lines.shift());
	const fillers = await fillQueue(port);

	await givenUp(`http://127.0.0.1:${port}`);
	fillers.forEach((socket) => socket.destroy());
	// By then the system has tried again to connect whatever was not given up: after 1, 3 and 7 seconds.
	await until(8000);
	expect(lines).toEqual([]);

	// The server does print what reaches it.
	const late = connect(port, '127.0.0.1', () => void late.write('GET / HTTP/1.1\r\n\r\n'));
	await once(output, 'line');
	expect(lines.join()).toContain('GET / HTTP/1.1');
	late.destroy();
	child.kill();
	await once(child, 'exit');
});

test('TLS that takes 3 seconds to begin: given up at the deadline, and never delivered', async () => {
	const received: Buffer[] = [];
	const desk = await listenTls((socket) => socket.on('data', (data) => received.push(data)));
	const slow = await listen((client) => {
		setTimeout(() => {
			const server = connect(Number(new URL(desk.baseUrl).port), '127.0.0.1');
			server.on('error', () => client.destroy());
			client.pipe(server).pipe(client);
		}, 3000);
	});

	const { tookMs } = await givenUp(slow.baseUrl.replace('http', 'https'));
	await until(3700 - tookMs);
	expect(received).toEqual([]);
	await Promise.all([slow.close(), desk.close()]);
});

test('an answer that drips for ever: given up at the deadline, and its connection closed', async () => {
	let closedAt: number | undefined;
	const server = await listen((socket) => {
		socket.write('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{');
		const drip = setInterval(() => socket.write(' '), 50);
		socket.once('close', () => {
			clearInterval(drip);
			closedAt = performance.now();
		});
	});

	const startedAt = performance.now();
	expect((await givenUp(server.baseUrl)).kind).toBe('ambiguous');
	await until(200);
	expect((closedAt ?? Infinity) - startedAt).toBeLessThan(LATEST_MS + 200);
	await server.close();
});

test('an answer that switches to another protocol: given up at the deadline', async () => {
	const server = await listen((socket) =>
		socket.write(
			'HTTP/1.1 101 Switching Protocols\r\nUpgrade: desk\r\nConnection: Upgrade\r\n\r\n',
		),
	);

	expect((await givenUp(server.baseUrl)).kind).toBe('ambiguous');
	await server.close();
});
