import { createServer, Server } from 'node:net';
import { networkInterfaces } from 'node:os';

import { isLoopbackAddress } from '../../simulator/loopback';
import type { Simulator, SimulatorOptions } from '../../simulator/contract';
import { startSimulator } from '../../simulator/server';
import { codeOf, contact, failureOf, send, until } from './client';

const started: Simulator[] = [];
const start = async (options: SimulatorOptions = {}): Promise<Simulator> => {
	const simulator = await startSimulator(options);
	started.push(simulator);
	return simulator;
};
// Whatever a test found: a server left open would keep jest from ending.
afterEach(async () => {
	await Promise.all(started.splice(0).map(async (simulator) => await simulator.close()));
});

const at = (simulator: { url: string }, host: string): string =>
	`http://${host}:${new URL(simulator.url).port}`;

const listening = async (port: number, host: string): Promise<Server> =>
	await new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(port, host, () => resolve(server));
	});

// The tests that need ::1 say so; a container may have none.
const hasIPv6 = Object.values(networkInterfaces())
	.flatMap((addresses) => addresses ?? [])
	.some(({ address }) => address === '::1');
const testIPv6 = hasIPv6 ? test : test.skip;

testIPv6('localhost works, whether it means IPv4 or IPv6', async () => {
	const simulator = await start();
	expect(simulator.hosts).toEqual(['127.0.0.1', '::1']);
	expect(simulator.credential).toEqual({
		dataCenter: 'custom',
		baseUrl: at(simulator, '127.0.0.1'),
		sdkAppId: '1400000000',
		adminUserId: 'administrator',
		secretKey: simulator.world.apps[0].secretKey,
	});
	for (const host of ['127.0.0.1', '[::1]', 'localhost']) {
		const there = { ...simulator, url: at(simulator, host) };
		expect(await codeOf(there, contact(`via ${host}`))).toBe(0);
	}
	expect(simulator.ledger).toHaveLength(3);
});

testIPv6('faults, closing and its silence after it are the same over IPv6', async () => {
	const simulator = await start();
	const there = { ...simulator, url: at(simulator, '[::1]') };
	simulator.plan('mia', { fault: 'reset' });
	expect(await failureOf(send(there, contact('mia')))).toBe('ECONNRESET');
	simulator.plan('mia', { fault: 'hang' });
	const hanging = failureOf(send(there, contact('mia')));
	await until(() => simulator.requests.length === 2);

	const began = Date.now();
	await simulator.close();
	expect(Date.now() - began).toBeLessThan(1000);
	expect(await hanging).toBe('ECONNRESET');
	expect(await failureOf(send(there, contact('mia')))).toBe('ECONNREFUSED');
});

testIPv6.each([
	['::1', '127.0.0.1'],
	['127.0.0.1', '::1'],
])(
	'a port that is taken at %s only is an error of the start, and leaves nothing open',
	async (takenAt, freeAt) => {
		const other = await listening(0, takenAt);
		const { port } = other.address() as { port: number };
		await expect(start({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
		const free = await listening(port, freeAt);
		free.close();
		other.close();
	},
);

testIPv6('it may listen on one address alone', async () => {
	const simulator = await start({ host: '::1' });
	expect(simulator.hosts).toEqual(['::1']);
	expect(simulator.credential.baseUrl).toMatch(/^http:\/\/\[::1\]:\d+$/);
	expect(await codeOf(simulator, contact('mia'))).toBe(0);
	const there = { ...simulator, url: at(simulator, '127.0.0.1') };
	expect(await failureOf(send(there, contact('noa')))).toBe('ECONNREFUSED');
});

test('without IPv6 it goes on with 127.0.0.1 alone', async () => {
	const listen = Server.prototype.listen;
	const spy = jest.spyOn(Server.prototype, 'listen').mockImplementation(function (
		this: Server,
		...args: unknown[]
	) {
		if (!args.includes('::1')) return Reflect.apply(listen, this, args) as Server;
		const error = Object.assign(new Error('no ::1'), { code: 'EADDRNOTAVAIL' });
		process.nextTick(() => this.emit('error', error));
		return this;
	});
	try {
		const simulator = await start();
		expect(simulator.hosts).toEqual(['127.0.0.1']);
		expect(await codeOf(simulator, contact('mia'))).toBe(0);
	} finally {
		spy.mockRestore();
	}
});

describe('open to others', () => {
	const [outside] = Object.values(networkInterfaces())
		.flatMap((addresses) => addresses ?? [])
		.filter(({ family, internal }) => family === 'IPv4' && !internal);

	// A machine without a network card has nobody to refuse.
	(outside === undefined ? test.skip : test)(
		'it serves Desk, but its control surface is for this machine only; unless told so, not even Desk',
		async () => {
			const simulator = await start({ host: '0.0.0.0' });
			expect(simulator.url).toMatch(/^http:\/\/127\.0\.0\.1:/);
			expect((await fetch(`${simulator.url}/simulator/ledger`)).status).toBe(200);
			const there = { ...simulator, url: at(simulator, String(outside.address)) };
			expect(await codeOf(there, contact('mia'))).toBe(0);
			for (const [method, what] of [
				['GET', 'ledger'],
				['GET', 'records'],
				['POST', 'reset'],
				['POST', 'notify'],
			]) {
				const { status } = await fetch(`${there.url}/simulator/${what}`, { method });
				expect(status).toBe(403);
			}
			expect(simulator.ledger).toHaveLength(1);
			// The bait of a redirect is for whoever was redirected.
			expect((await fetch(`${there.url}/simulator/redirected`)).status).toBe(200);

			const usual = await start();
			const refused = { ...usual, url: at(usual, String(outside.address)) };
			expect(await failureOf(send(refused, contact('mia')))).toBe('ECONNREFUSED');
		},
	);
});

test.each([
	['127.0.0.1', true],
	['127.8.9.1', true],
	['::1', true],
	['::ffff:127.0.0.1', true],
	['0.0.0.0', false],
	['::', false],
	['128.0.0.1', false],
	['192.168.1.1', false],
	['::ffff:192.168.1.1', false],
	['localhost', false],
	['', false],
])('%j is loopback: %j', (address, expected) => {
	expect(isLoopbackAddress(address)).toBe(expected);
});
