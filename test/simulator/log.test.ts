import { inspect } from 'node:util';

import type { LoggedRequest } from '../../simulator/contract';
import { FAULT_NAMES } from '../../simulator/contract';
import {
	codeOf,
	contact,
	failureOf,
	goodQuery,
	send,
	sendAndLeave,
	sessionOf,
	until,
	useSimulator,
} from './client';

const told: LoggedRequest[] = [];
const simulator = useSimulator({ onRequest: (request) => told.push(request) });

beforeEach(() => {
	told.length = 0;
});

test('every request is logged with what it was and what it met', async () => {
	const start = Date.now();
	await codeOf(simulator(), contact('mia'));
	await codeOf(simulator(), contact('mia'));
	await codeOf(simulator(), sessionOf('mia'));
	await codeOf(simulator(), { command: 'get_im_agent_list' });
	await codeOf(simulator(), { command: 'usersig_of_somebody' });
	await codeOf(simulator(), { ...contact('noa'), query: { usersig: 'bad' } });
	await codeOf(simulator(), contact('x'.repeat(10_000)));

	const entry = { status: 200, fault: null, attempt: 1, userId: null };
	expect(simulator().requests).toMatchObject([
		{ ...entry, command: 'contact_user', userId: 'mia', errorCode: 0 },
		{ ...entry, command: 'contact_user', userId: 'mia', errorCode: 141016, attempt: 2 },
		{ ...entry, command: 'get_session_state', userId: 'mia', errorCode: 0 },
		{ ...entry, command: 'get_im_agent_list', errorCode: 0 },
		{ ...entry, command: 'unknown', errorCode: 60009 },
		{ ...entry, command: 'contact_user', userId: 'noa', errorCode: 70003 },
		{ ...entry, command: 'contact_user', userId: 'x'.repeat(200) },
	]);
	const [{ at }] = simulator().requests;
	expect(at).toBeGreaterThanOrEqual(start);
	expect(at).toBeLessThanOrEqual(Date.now());
	expect(told).toEqual(simulator().requests);
});

test('a fault is logged with its status, and with a code only when one can be read', async () => {
	const faults = ['reset', 'http502', 'html', 'wrongType', 'codeMissing'] as const;
	for (const fault of faults) simulator().plan(fault, { fault });
	for (const fault of faults) await failureOf(send(simulator(), contact(fault)));

	const met = simulator().requests.map(({ fault, status, errorCode }) => [
		fault,
		status,
		errorCode,
	]);
	expect(met).toEqual([
		['reset', null, null],
		['http502', 502, null],
		['html', 200, null],
		['wrongType', 200, 0],
		['codeMissing', 200, null],
	]);
});

test('nothing the simulator keeps or tells holds a signature, a key or a query string', async () => {
	const query = goodQuery(simulator());
	await codeOf(simulator(), { ...contact('mia'), query });
	await codeOf(simulator(), { ...contact('mia'), query, path: `/v4/x/${query.usersig}` });
	await codeOf(simulator(), { ...contact('mia'), query, command: String(query.usersig) });
	await codeOf(simulator(), { ...contact('mia'), query, method: 'GET' });
	await codeOf(simulator(), { ...contact('mia'), query: { ...query, random: 'x' } });
	for (const fault of FAULT_NAMES) simulator().plan(fault, { fault, delayMs: 1 });
	await Promise.all(
		FAULT_NAMES.map((fault) =>
			failureOf(send(simulator(), { ...contact(fault), query, timeoutMs: 1000 })),
		),
	);

	expect(simulator().requests).toHaveLength(5 + FAULT_NAMES.length);
	// Everything but the credential and the world's apps, which hold the demo key on purpose.
	const { ledger, requests, world } = simulator();
	const kept = inspect([ledger, requests, told, world.sessions, world.agents], {
		depth: null,
		maxArrayLength: null,
	});
	for (const secret of [String(query.usersig), simulator().credential.secretKey, 'usersig']) {
		expect(kept.includes(secret)).toBe(false);
	}
});

test('nothing is written to the console', async () => {
	const written = [
		jest.spyOn(process.stdout, 'write').mockReturnValue(true),
		jest.spyOn(process.stderr, 'write').mockReturnValue(true),
	];
	await codeOf(simulator(), contact('mia'));
	await codeOf(simulator(), { path: '/v4/desk_http_svc/%zz' });
	await codeOf(simulator(), contact('x'.repeat(1_100_000)));
	const writes = written.map((spy) => spy.mock.calls.length);
	written.forEach((spy) => spy.mockRestore());

	expect(writes).toEqual([0, 0]);
});

test('requests under way at once are counted, until their caller leaves', async () => {
	const slow = (userId: string) => {
		simulator().plan(userId, { delayMs: 1000 });
		return codeOf(simulator(), contact(userId));
	};
	await Promise.all(['a', 'b', 'c'].map(slow));
	expect(simulator().maxInFlight).toBe(3);

	simulator().plan('mia', { fault: 'hang' });
	await sendAndLeave(simulator(), contact('mia'));
	await until(() => {
		simulator().reset();
		return simulator().maxInFlight === 0;
	});
	await codeOf(simulator(), contact('noa'));
	await Promise.all(['a', 'b'].map((userId) => codeOf(simulator(), sessionOf(userId))));
	expect(simulator().maxInFlight).toBe(1);
});
