import type { Move } from '../../simulator/moves';
import { DEFAULT_ACCOUNT } from '../../simulator/world';
import { ask, codeOf, contact, sessionOf, useSimulator } from './client';

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

	test('an agent may take over from another, each end has its word in the record, and a rating comes before it or after', async () => {
		const endings = [];
		for (const by of ['agent', 'timeOut', 'user'] as const) {
			await codeOf(simulator(), contact('mia', { MemberId: 'anna@example.com' }));
			simulator().move('mia', { move: 'answer', agent: 'ben@example.com' });
			expect((await state('mia')).AgentId).toBe('ben@example.com');
			expect([loadOf('Anna'), loadOf('Ben')]).toEqual([0, 1]);
			simulator().move('mia', { move: 'rate', rating: 2 });
			simulator().move('mia', { move: 'end', by });
			expect(lastRecord()?.SatisfactionSelected).toBe(2);
			simulator().move('mia', { move: 'rate', rating: 5 });
			expect(lastRecord()?.SatisfactionSelected).toBe(5);
			endings.push(lastRecord()?.EndStatus);
		}
		expect(endings).toEqual(['AgentEndedSession', 'TimeoutEndedSession', 'UserEndedSession']);
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

	test('not once it has ended', async () => {
		await codeOf(simulator(), contact('mia'));
		const moves: Move[] = [
			...[{ move: 'end', by: 'agent' } as const, { move: 'answer' } as const],
			{ move: 'say', role: 'user', text: 'x' },
		];
		expect(simulator().move('mia', moves[0])).toMatchObject({ done: true });
		for (const move of moves) {
			expect(simulator().move('mia', move)).toMatchObject({ done: false });
		}
		expect(simulator().world.records).toHaveLength(1);
	});
});
