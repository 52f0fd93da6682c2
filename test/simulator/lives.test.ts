import { readLife } from '../../simulator/lifeDirectives';
import { ask, codeOf, contact, sessionOf, until, useSimulator } from './client';

const simulator = useSimulator();
const records = () => simulator().world.records;
const stateOf = async (userId: string) => (await ask(simulator(), sessionOf(userId))).CurrentState;

describe('user ids whose conversation goes on by itself', () => {
	test.each([
		['answered-200', { answeredAfterMs: 200 }],
		['ended-200', { ended: { by: 'agent', afterMs: 200 } }],
		['closed-200.7', { ended: { by: 'timeOut', afterMs: 200 } }],
		['rated-5', { rated: { rating: 5, afterMs: 0 } }],
		[
			'answered-1-ended-2-rated-3-4.anna@example.com',
			{
				answeredAfterMs: 1,
				ended: { by: 'agent', afterMs: 2 },
				rated: { rating: 3, afterMs: 4 },
			},
		],
		[
			'closed-2-rated-1',
			{ ended: { by: 'timeOut', afterMs: 2 }, rated: { rating: 1, afterMs: 0 } },
		],
	])('%s', (userId, life) => {
		expect(readLife(userId)).toEqual(life);
	});

	test.each([
		...[
			'mia',
			'',
			'.',
			'ended',
			'ended-',
			'ended-soon',
			'-ended-1',
			'ended-1-',
			'rated-6',
			'rated-0',
		],
		...['ended-1-closed-2', 'rated-5-ended-1', 'answered-1ended-2', 'my-ended-1', 'Ended-1'],
	])('%j is an ordinary user', (userId) => {
		expect(readLife(userId)).toBeNull();
	});

	test('an agent ends it, and the user rates it later', async () => {
		await codeOf(simulator(), contact('ended-200-rated-4-200'));
		expect(await stateOf('ended-200-rated-4-200')).toBe('Agent');
		await until(() => records().length === 1);
		expect(records()).toMatchObject([
			{
				ClientUserId: 'ended-200-rated-4-200',
				EndStatus: 'AgentEndedSession',
				SatisfactionSelected: null,
			},
		]);
		expect(await stateOf('ended-200-rated-4-200')).toBe('NotInSession');
		await until(() => records()[0].SatisfactionSelected === 4);
		expect(simulator().world.agents[0].load).toBe(0);
	});

	test('it closes by time-out', async () => {
		await codeOf(simulator(), contact('closed-0'));
		await until(() => records().length === 1);
		expect(records()).toMatchObject([{ EndStatus: 'TimeoutEndedSession' }]);
	});

	test('the agent has to accept it first', async () => {
		await codeOf(simulator(), contact('answered-300'));
		expect(await ask(simulator(), sessionOf('answered-300'))).toMatchObject({
			...{ CurrentState: 'WaitingForAgentAnswering', AgentId: 'anna@example.com' },
		});
		const session = [...simulator().world.sessions.values()].at(-1);
		await until(() => session?.state === 'Agent');
		expect(await codeOf(simulator(), contact('answered-300'))).toBe(141016);
	});

	test('a rating without an end is in the record whoever ends it', async () => {
		await codeOf(simulator(), contact('rated-5'));
		const { SessionId } = await ask(simulator(), sessionOf('rated-5'));
		await until(() => [...simulator().world.sessions.values()].some(({ rating }) => rating === 5));
		await codeOf(simulator(), { command: 'end_session', body: { SessionId } });
		expect(records()).toMatchObject([{ SatisfactionSelected: 5 }]);
	});

	test('what was ended before is not ended again, and a reset ends what was to come', async () => {
		await codeOf(simulator(), contact('ended-150'));
		const { SessionId } = await ask(simulator(), sessionOf('ended-150'));
		await codeOf(simulator(), { command: 'end_session', body: { SessionId } });
		await codeOf(simulator(), contact('closed-100'));
		await until(() => records().length === 2);
		await new Promise((resolve) => setTimeout(resolve, 150));
		expect(records()).toHaveLength(2);

		await codeOf(simulator(), contact('ended-100.b'));
		simulator().reset();
		await new Promise((resolve) => setTimeout(resolve, 200));
		expect(records()).toEqual([]);
	});
});
