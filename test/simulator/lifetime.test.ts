import { request as httpsRequest } from 'node:https';

import { generate } from 'selfsigned';

import { startSimulator } from '../../simulator/server';
import { codeOf, contact, failureOf, send, signedUrl, until } from './client';

test('closing ends hanging, stalled and slow requests within a second, nothing works on, and a second close is fine', async () => {
	const simulator = await startSimulator();
	simulator.plan('a', { fault: 'hang' });
	simulator.plan('b', { fault: 'stalledBody' });
	simulator.plan('c', { fault: 'slowHeaders', delayMs: 60_000 });
	simulator.plan('d', { delayMs: 60_000 });
	simulator.plan('e', { fault: 'lateCommit', delayMs: 600 });
	const failures = ['a', 'b', 'c', 'd', 'e'].map(
		async (userId) => await failureOf(send(simulator, { ...contact(userId), timeoutMs: 15_000 })),
	);
	await until(() => simulator.requests.length === 5);
	const made = simulator.ledger.length;

	const start = Date.now();
	await simulator.close();
	expect(Date.now() - start).toBeLessThan(1000);

	// None of them ran into its own time-out: they ended because the simulator did.
	for (const failure of await Promise.all(failures)) expect(failure).not.toBe('ECONNABORTED');
	expect(await failureOf(send(simulator, contact('mia')))).toBe('ECONNREFUSED');
	await new Promise((resolve) => setTimeout(resolve, 700));
	expect(simulator.ledger).toHaveLength(made);
	await expect(simulator.close()).resolves.toBeUndefined();
});

test('two simulators know nothing of each other', async () => {
	const [one, other] = [await startSimulator(), await startSimulator()];
	try {
		expect(await codeOf(one, contact('mia'))).toBe(0);
		expect(await codeOf(other, contact('mia'))).toBe(0);
		expect([one.ledger.length, other.ledger.length]).toEqual([1, 1]);
	} finally {
		await Promise.all([one.close(), other.close()]);
	}
});

test('latency is added to every answer, refusals included', async () => {
	const simulator = await startSimulator({ latencyMs: 200 });
	const start = Date.now();
	await codeOf(simulator, contact('mia'));
	const middle = Date.now();
	await codeOf(simulator, { query: { sdkappid: undefined } });
	expect(middle - start).toBeGreaterThanOrEqual(195);
	expect(Date.now() - middle).toBeGreaterThanOrEqual(195);
	await simulator.close();
});

test('it speaks https with the certificate it is given, faults included', async () => {
	const { private: key, cert } = await generate([{ name: 'commonName', value: '127.0.0.1' }]);
	const simulator = await startSimulator({ https: { key, cert } });
	expect(simulator.url).toMatch(/^https:/);
	const url = new URL(signedUrl(simulator));
	const post = async (userId: string): Promise<string> =>
		await new Promise((resolve) => {
			const request = httpsRequest(url, { method: 'POST', ca: cert, rejectUnauthorized: false });
			request.on('error', (error: NodeJS.ErrnoException) => resolve(String(error.code)));
			request.on('response', (response) => {
				let text = '';
				response.on('data', (chunk: Buffer) => (text += chunk.toString()));
				response.on('end', () => resolve(text));
				response.on('error', (error: NodeJS.ErrnoException) => resolve(String(error.code)));
			});
			request.end(JSON.stringify(contact(userId).body));
		});
	simulator.plan('noa', { fault: 'reset' });
	simulator.plan('lea', { fault: 'halfBody' });

	for (const host of simulator.hosts) {
		url.hostname = host.includes(':') ? `[${host}]` : host;
		expect(await post(`at ${host}`)).toContain('"ErrorCode":0');
	}
	url.hostname = '127.0.0.1';
	expect(await post('mia')).toContain('"ErrorCode":0');
	expect(await post('noa')).toBe('ECONNRESET');
	expect(await post('lea')).toBe('ECONNRESET');
	await simulator.close();
});
