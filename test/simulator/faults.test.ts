import { connect } from 'node:net';

import type { FaultName } from '../../simulator/contract';
import { contact, failureOf, send, signedUrl, useSimulator } from './client';

const simulator = useSimulator();

const meet = async (fault: FaultName, more: object = {}) => {
	simulator().plan('mia', { fault, ...more });
	return await send(simulator(), contact('mia'));
};

/** The same without what axios reads into an answer. */
const fetched = async (fault: FaultName): Promise<Response> => {
	simulator().plan('mia', { fault });
	const body = JSON.stringify(contact('mia').body);
	return await fetch(signedUrl(simulator()), { method: 'POST', body });
};

test.each([
	['hang', 'ECONNABORTED'],
	['stalledBody', 'ECONNABORTED'],
	['lateCommit', 'ECONNABORTED'],
	['reset', 'ECONNRESET'],
	// What axios calls a connection that ends within the body.
	['halfBody', 'ERR_BAD_RESPONSE'],
] as const)('%s: what a caller meets who waits for half a second is %s', async (fault, code) => {
	simulator().plan('mia', { fault });
	expect(await failureOf(send(simulator(), { ...contact('mia'), timeoutMs: 500 }))).toBe(code);
});

/** What stands on the wire until the connection ends, or was silent for a second. */
const wireOf = async (fault: FaultName): Promise<{ text: string; ended: boolean }> => {
	simulator().plan('mia', { fault });
	const { port, pathname, search } = new URL(signedUrl(simulator()));
	const body = JSON.stringify(contact('mia').body);
	return await new Promise((resolve) => {
		const socket = connect(Number(port), '127.0.0.1');
		let text = '';
		const finish = (ended: boolean) => {
			socket.destroy();
			resolve({ text, ended });
		};
		socket.on('data', (chunk) => (text += chunk.toString()));
		socket.on('close', () => finish(true));
		socket.setTimeout(1000, () => finish(false));
		socket.write(
			`POST ${pathname}${search} HTTP/1.1\r\nHost: x\r\n` +
				`Content-Length: ${body.length}\r\n\r\n${body}`,
		);
	});
};

test.each([
	['reset', true],
	['hang', false],
] as const)('%s sends nothing at all, and ends the connection: %j', async (fault, ended) => {
	expect(await wireOf(fault)).toEqual({ text: '', ended });
});

test.each([
	['halfBody', true],
	['stalledBody', false],
] as const)('%s announces the whole body and sends half of it', async (fault, ends) => {
	const { text, ended } = await wireOf(fault);

	const [head, body] = text.split('\r\n\r\n');
	const announced = Number(/content-length: (\d+)/i.exec(head)?.[1]);
	expect(head).toMatch(/^HTTP\/1.1 200/);
	expect(body.length).toBe(Math.floor(announced / 2));
	expect(ended).toBe(ends);
});

test.each([
	['http500', 500],
	['http502', 502],
	['http503', 503],
	['http504', 504],
	['http401', 401],
	['http403', 403],
	['http429', 429],
	['html', 200],
] as const)('%s: a web page with status %i', async (fault, expected) => {
	const { status, headers, data } = await meet(fault);

	expect([status, headers['retry-after']]).toEqual([expected, undefined]);
	expect(headers['content-type']).toContain('text/html');
	expect(data).toContain('<html>');
});

test('http429 carries Retry-After when asked for', async () => {
	const { status, headers } = await meet('http429', { retryAfter: '2' });
	expect([status, headers['retry-after']]).toEqual([429, '2']);
});

test('http302 points at a bait that answers OK, makes no contact and is logged', async () => {
	const { status, headers } = await meet('http302');
	const bait = await fetch(new URL(String(headers.location), simulator().url));

	expect(status).toBe(302);
	expect(await bait.json()).toMatchObject({ ActionStatus: 'OK', ErrorCode: 0 });
	expect(simulator().ledger).toEqual([]);
	const commands = simulator().requests.map(({ command }) => command);
	expect(commands).toEqual(['contact_user', 'redirected']);
});

test('empty: 200 without a body', async () => {
	const { status, data, headers } = await meet('empty');
	expect([status, data, headers['content-length']]).toEqual([200, '', '0']);
});

const GOOD = { ActionStatus: 'OK', ErrorCode: 0, MemberId: 'anna@example.com' };

test.each<[FaultName, object, string?]>([
	['slowHeaders', GOOD],
	['wrongType', GOOD, 'text/plain'],
	['big', { ...GOOD, ErrorInfo: expect.stringMatching(/^[^]{2097152}$/) as string }],
	['codeAsString', { ...GOOD, ErrorCode: '0' }],
	['codeMissing', { ...GOOD, ErrorCode: undefined }],
	['statusMissing', { ...GOOD, ActionStatus: undefined }],
	['contradiction', { ActionStatus: 'FAIL', ErrorCode: 0 }],
])(
	'%s: a whole answer, but for what its name says',
	async (fault, fields, type = 'application/json') => {
		const start = Date.now();
		const { headers, data } = await meet(fault, fault === 'slowHeaders' ? { delayMs: 300 } : {});

		expect(headers['content-type']).toContain(type);
		expect({ ActionStatus: undefined, ErrorCode: undefined, ...data }).toMatchObject(fields);
		expect(Date.now() - start).toBeGreaterThanOrEqual(fault === 'slowHeaders' ? 295 : 0);
	},
);

test('gzip: a valid answer, compressed', async () => {
	const answer = await fetched('gzip');
	expect(answer.headers.get('content-encoding')).toBe('gzip');
	expect(await answer.json()).toMatchObject(GOOD);
});

test('duplicateKeys: the same key with two values', async () => {
	const text = await (await fetched('duplicateKeys')).text();
	expect(text.match(/"ErrorCode":\d+/g)).toEqual(['"ErrorCode":141001', '"ErrorCode":0']);
	expect(text).not.toContain('"OK"');
});
