import { DEFAULT_ACCOUNT } from '../../simulator/world';
import { codeOf, contact, controlSurface, sessionOf, useSimulator } from './client';

const simulator = useSimulator();
const { read, write } = controlSurface(simulator);

test('another process reads the ledger and the request log', async () => {
	await codeOf(simulator(), contact('mia'));

	expect(await read('ledger')).toEqual(simulator().ledger);
	expect(await read('requests')).toEqual(simulator().requests);
	expect(await read('status')).toEqual({ contacts: 1, requests: 1, maxInFlight: 1 });
});

test('and the messages that were left', async () => {
	const MsgBody = [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'Hello' } }];
	const body = { FromAccount: DEFAULT_ACCOUNT, ToAccount: 'mia', MsgRandom: 7, MsgBody };
	await codeOf(simulator(), { command: 'send_msg', body });

	expect(await read('messages')).toEqual(simulator().messages);
	expect(simulator().messages).toMatchObject([{ userId: 'mia', random: 7, text: 'Hello' }]);
});

test('and the world, without the secret keys', async () => {
	const world = await read('world');

	expect(world.apps[0]).toEqual({
		sdkAppId: 1400000000,
		admins: ['administrator'],
		desk: true,
		dataCenter: 'here',
		contactUser: true,
	});
	expect(JSON.stringify(world)).not.toContain('simulator-demo-key');
	expect(world.agents[0]).toMatchObject({ mail: 'anna@example.com', capacity: 'unlimited' });
	expect(world.sessions).toHaveLength(4);
});

test('it plans answers of both commands', async () => {
	const planned = await write('plan', {
		userId: 'mia',
		steps: [{ answer: 141012 }, { fault: 'http502', commit: true }],
		sessionSteps: [{ answer: 70500 }],
	});

	expect([planned.status, planned.data]).toEqual([200, { done: true }]);
	expect(await codeOf(simulator(), contact('mia'))).toBe(141012);
	expect(await codeOf(simulator(), sessionOf('mia'))).toBe(70500);
	expect(await codeOf(simulator(), sessionOf('mia'))).toBe(0);
});

test.each([
	['no user', { steps: [{ answer: 0 }] }],
	['a fault that does not exist', { userId: 'mia', steps: [{ fault: 'earthquake' }] }],
	['a step that is two', { userId: 'mia', steps: [{ answer: 0, fault: 'reset' }] }],
	['a step that is none', { userId: 'mia', steps: [{}] }],
	['a misspelled field', { userId: 'mia', step: [{ answer: 0 }] }],
	['no JSON', '{'],
])('a plan with %s is refused, and plans nothing', async (_what, body) => {
	expect((await write('plan', body)).status).toBe(400);
	expect(await codeOf(simulator(), contact('mia'))).toBe(0);
});

test('a reset brings the beginning back', async () => {
	const { ledger, requests } = simulator();
	simulator().world.agents[0].status = 'rest';
	simulator().world.groups.push({ id: 7, name: 'New' });
	simulator().world.users = ['mia'];
	await codeOf(simulator(), contact('mia'));
	await codeOf(simulator(), { ...contact('mia'), query: { usersig: 'bad' } });

	expect((await write('reset')).data).toEqual({ done: true });

	expect([ledger, requests, simulator().maxInFlight]).toEqual([[], [], 0]);
	expect(simulator().ledger).toBe(ledger);
	expect(simulator().requests).toBe(requests);
	expect(simulator().world).toMatchObject({
		users: 'any',
		agents: { 0: { status: 'free', load: 0 } },
	});
	expect(simulator().world.groups).toHaveLength(5);
	expect(simulator().world.sessions.size).toBe(4);
	expect(await codeOf(simulator(), contact('mia'))).toBe(0);
	expect(simulator().requests[0].attempt).toBe(1);
});

test('the control surface leaves no trace in the request log', async () => {
	await read('ledger');
	await write('reset');
	expect(simulator().requests).toEqual([]);
});
