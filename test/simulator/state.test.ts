import { DEFAULT_ACCOUNT } from '../../simulator/world';
import { ask, codeOf, contact, sessionOf, useSimulator } from './client';

const simulator = useSimulator();

test('a session with one customer service account does not stand in the way of another', async () => {
	expect(await codeOf(simulator(), contact('mia'))).toBe(0);
	expect(
		await codeOf(simulator(), contact('mia', { IMAgentUserID: `${DEFAULT_ACCOUNT}_01` })),
	).toBe(0);
});

test('a conversation with the chatbot is taken over by an agent', async () => {
	expect(await codeOf(simulator(), contact('with-chatbot'))).toBe(0);
	expect(await ask(simulator(), sessionOf('with-chatbot'))).toMatchObject({
		CurrentState: 'Agent',
	});
});

test('the least busy agent is chosen, and one without a limit never runs out', async () => {
	const agents: unknown[] = [];
	for (let index = 0; index < 20; index += 1) {
		agents.push((await ask(simulator(), contact(`user-${index}`))).MemberId);
	}
	expect(agents.slice(0, 4)).toEqual([
		'anna@example.com',
		'ben@example.com',
		'anna@example.com',
		'ben@example.com',
	]);
	expect(agents.filter((agent) => agent === 'ben@example.com')).toHaveLength(5);
	expect(simulator().ledger).toHaveLength(20);
});

test('a listed user exists, any other does not', async () => {
	simulator().world.users = ['mia'];
	expect(await codeOf(simulator(), contact('noa'))).toBe(141015);
	expect(await codeOf(simulator(), contact('mia'))).toBe(0);
});
