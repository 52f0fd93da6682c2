import type { Move } from '../../simulator/moves';
import { DEFAULT_ACCOUNT } from '../../simulator/world';
import { ask, codeOf, contact, controlSurface, sessionOf, useSimulator } from './client';

const simulator = useSimulator();
const state = async (userId: string, account = DEFAULT_ACCOUNT) =>
	await ask(simulator(), sessionOf(userId, account));
const lastRecord = () => simulator().world.records.at(-1);
const loadOf = (nick: string) =>
	simulator().world.agents.find((agent) => agent.nick === nick)?.load;

describe('a session moves', () => {
	test('from the chatbot over the queue to an agent, and ends', async () => {
		const begun = simulator().move('mia', { move: 'begin' });
		expect(begun).toMatchObject({ done: true });
		expect((await state('mia')).CurrentState).toBe('Chatbot');

		simulator().move('mia', { move: 'queue', agentGroup: 1002 });
		expect((await state('mia')).CurrentState).toBe('Queueing');
		simulator().move('mia', { move: 'ring', agent: 'ben@example.com' });
		expect(await state('mia')).toMatchObject({
			...{ CurrentState: 'WaitingForAgentAnswering', AgentId: 'ben@example.com' },
		});
		simulator().move('mia', { move: 'answer' });
		expect(await state('mia')).toMatchObject({
			...{ CurrentState: 'Agent', AgentId: 'ben@example.com' },
		});
		expect(loadOf('Ben')).toBe(1);

		const ended = simulator().move('mia', { move: 'end', by: 'user' });
		expect(ended).toEqual(begun);
		expect((await state('mia')).CurrentState).toBe('NotInSession');
		expect(loadOf('Ben')).toBe(0);
		expect(lastRecord()).toMatchObject({
			ClientUserId: 'mia',
			AgentId: 'ben@example.com',
			AgentGroupId: '1002',
			EndStatus: 'UserEndedSession',
		});
	});

	test('an agent may take over from another', async () => {
		await codeOf(simulator(), contact('mia', { MemberId: 'anna@example.com' }));
		simulator().move('mia', { move: 'answer', agent: 'ben@example.com' });
		expect((await state('mia')).AgentId).toBe('ben@example.com');
		expect([loadOf('Anna'), loadOf('Ben')]).toEqual([0, 1]);
	});

	test('each end has its word in the record', async () => {
		const ends = ['agent', 'timeOut', 'user'] as const;
		for (const by of ends) {
			await codeOf(simulator(), contact('mia'));
			simulator().move('mia', { move: 'end', by });
		}
		expect(simulator().world.records.map(({ EndStatus }) => EndStatus)).toEqual([
			...['AgentEndedSession', 'TimeoutEndedSession', 'UserEndedSession'],
		]);
	});

	test('is rated before its end or after it', async () => {
		await codeOf(simulator(), contact('mia'));
		simulator().move('mia', { move: 'rate', rating: 2 });
		simulator().move('mia', { move: 'end', by: 'agent' });
		expect(lastRecord()?.SatisfactionSelected).toBe(2);
		simulator().move('mia', { move: 'rate', rating: 5 });
		expect(lastRecord()?.SatisfactionSelected).toBe(5);
	});

	test('with one account alone', async () => {
		const other = `${DEFAULT_ACCOUNT}_01`;
		simulator().move('mia', { move: 'begin' }, other);
		expect((await state('mia')).CurrentState).toBe('NotInSession');
		expect((await state('mia', other)).CurrentState).toBe('Chatbot');
	});

	test('what is said stands in its messages', async () => {
		const SessionId = 'session-of-in-conversation';
		for (const role of ['user', 'agent', 'system'] as const) {
			simulator().move('in-conversation', { move: 'say', role, text: role });
		}
		const { Messages } = await ask(simulator(), {
			command: 'describe_chat_messages',
			body: { SessionId, Limit: 3 },
		});
		expect(Messages).toMatchObject([
			{ FromAccount: DEFAULT_ACCOUNT, FromAccountRole: 3 },
			{ FromAccount: 'anna@example.com', FromAccountRole: 2 },
			{ FromAccount: 'in-conversation', FromAccountRole: 1 },
		]);
	});

	test.each<[string, Move]>([
		['mia', { move: 'end', by: 'agent' }],
		['mia', { move: 'answer' }],
		['mia', { move: 'rate', rating: 3 }],
		['mia', { move: 'say', role: 'user', text: 'x' }],
		['in-queue', { move: 'begin' }],
	])('%s cannot %j', (userId, move) => {
		expect(simulator().move(userId, move)).toMatchObject({ done: false });
		expect(simulator().world.records).toEqual([]);
	});
});

test('a session that ended does not end again, and is not talked in', async () => {
	await codeOf(simulator(), contact('mia'));
	simulator().move('mia', { move: 'end', by: 'agent' });
	const moves: Move[] = [
		...[{ move: 'end', by: 'agent' } as const, { move: 'answer' } as const],
		{ move: 'say', role: 'user', text: 'x' },
	];
	for (const move of moves) expect(simulator().move('mia', move)).toMatchObject({ done: false });
	expect(simulator().world.records).toHaveLength(1);
});

describe('from another process', () => {
	const { write } = controlSurface(simulator);

	test('a session moves too', async () => {
		const begun = await write('session', { userId: 'mia', move: 'begin' });
		const { SessionId } = await state('mia');
		expect([begun.status, begun.data]).toEqual([200, { done: true, sessionId: SessionId }]);

		const again = await write('session', { userId: 'mia', move: 'begin' });
		expect([again.status, again.data]).toEqual([
			...[409, { done: false, reason: 'the session is Chatbot' }],
		]);
		const account = `${DEFAULT_ACCOUNT}_01`;
		expect((await write('session', { userId: 'mia', account, move: 'begin' })).status).toBe(200);
	});

	test.each([
		{ move: 'begin' },
		{ userId: 'mia', move: 'dance' },
		{ userId: 'mia', move: 'begin', agent: 'x' },
		{ userId: 'mia', move: 'rate', rating: 6 },
		{ userId: 'mia', move: 'end' },
		'{',
	])('%j is refused', async (body) => {
		expect((await write('session', body)).status).toBe(400);
	});
});
