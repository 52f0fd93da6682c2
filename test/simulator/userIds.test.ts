import { readLife } from '../../simulator/lifeDirectives';
import { readDirective } from '../../simulator/userIdDirectives';
import { ask, codeOf, contact, failureOf, send, sessionOf, until, useSimulator } from './client';

const simulator = useSimulator();

const contacts = () => simulator().ledger.map(({ userId }) => userId);
const records = () => simulator().world.records;
const end = async (userId: string) => {
	const { SessionId } = await ask(simulator(), sessionOf(userId));
	return await codeOf(simulator(), { command: 'end_session', body: { SessionId } });
};

describe('user ids that ask for a branch', () => {
	test.each([
		['answer-141012', { answer: 141012 }],
		['answer-0', { answer: 0 }],
		['answer-141012.7', { answer: 141012 }],
		['delay-250', { delayMs: 250 }],
		['delay-99999999', { delayMs: 600_000 }],
		['fault-half-body', { fault: 'halfBody' }],
		['fault-http502', { fault: 'http502' }],
		['fault-code-as-string', { fault: 'codeAsString' }],
		['fault-half-body-commit.anna@example.com', { fault: 'halfBody', commit: true }],
		['fault-late-commit', { fault: 'lateCommit' }],
	])('%s', (userId, step) => {
		expect(readDirective(userId)).toEqual({ step, once: false, blind: false });
		const both = readDirective(userId.replace(/(?=\.|$)/, '-blind-once'));
		expect(both).toEqual({ step, once: true, blind: true });
	});

	test.each([
		...['mia', 'answer-', 'answer-x', 'answer--1', 'delay-soon', 'fault-', 'fault-unheard-of'],
		...['my-answer-141012', 'Answer-141012', 'answer-141012@example', ''],
	])('%j is an ordinary user', (userId) => {
		expect(readDirective(userId)).toBeNull();
	});

	test('answer what they ask for, every time, unless there is a plan', async () => {
		simulator().plan('answer-141012.7', { answer: 141013 });
		expect(await codeOf(simulator(), contact('answer-141012.7'))).toBe(141013);
		expect(await codeOf(simulator(), contact('answer-141012.7'))).toBe(141012);
		expect(await codeOf(simulator(), contact('answer-141012.7'))).toBe(141012);
		expect(contacts()).toEqual([]);
	});

	test('with -once only at the first request, then the state decides', async () => {
		expect(await codeOf(simulator(), contact('answer-60007-once'))).toBe(60007);
		expect(await codeOf(simulator(), contact('answer-60007-once'))).toBe(0);
		expect(await codeOf(simulator(), contact('answer-60007-once.2'))).toBe(60007);
		simulator().reset();
		expect(await codeOf(simulator(), contact('answer-60007-once'))).toBe(60007);
	});

	test('play transport faults, with and without a contact, and with -blind hide the session', async () => {
		expect(await failureOf(send(simulator(), contact('fault-reset.1')))).toBe('ECONNRESET');
		expect(contacts()).toEqual([]);
		expect(await failureOf(send(simulator(), contact('fault-reset-commit.1')))).toBe('ECONNRESET');
		expect(contacts()).toEqual(['fault-reset-commit.1']);
		expect(await codeOf(simulator(), sessionOf('fault-reset-commit-blind'))).toBe(70500);
		expect(await codeOf(simulator(), sessionOf('fault-reset-commit'))).toBe(0);
	});
});

describe('user ids whose conversation goes on by itself', () => {
	const agent = 'agent' as const;
	const timeOut = 'timeOut' as const;
	test.each([
		['answered-200', { answeredAfterMs: 200 }],
		['ended-200', { ended: { by: agent, afterMs: 200 } }],
		['closed-200.7', { ended: { by: timeOut, afterMs: 200 } }],
		['rated-5', { rated: { rating: 5, afterMs: 0 } }],
		[
			'answered-1-ended-2-rated-3-4.anna@example.com',
			{ answeredAfterMs: 1, ended: { by: agent, afterMs: 2 }, rated: { rating: 3, afterMs: 4 } },
		],
		['closed-2-rated-1', { ended: { by: timeOut, afterMs: 2 }, rated: { rating: 1, afterMs: 0 } }],
	])('%s', (userId, life) => {
		expect(readLife(userId)).toEqual(life);
	});

	test.each([
		...['mia', '', '.', 'ended', 'ended-', 'ended-soon', '-ended-1', 'ended-1-', 'rated-6'],
		...['rated-0', 'ended-1-closed-2', 'rated-5-ended-1', 'answered-1ended-2', 'my-ended-1'],
		'Ended-1',
	])('%j is an ordinary user', (userId) => {
		expect(readLife(userId)).toBeNull();
	});

	test('an agent ends it, or a time-out, and the user rates it later', async () => {
		const userId = 'ended-200-rated-4-200';
		await codeOf(simulator(), contact(userId));
		expect(await ask(simulator(), sessionOf(userId))).toMatchObject({ CurrentState: 'Agent' });
		await until(() => records().length === 1);
		expect(records()).toMatchObject([
			{ ClientUserId: userId, EndStatus: 'AgentEndedSession', SatisfactionSelected: null },
		]);
		await until(() => records()[0].SatisfactionSelected === 4);
		expect(simulator().world.agents[0].load).toBe(0);

		await codeOf(simulator(), contact('closed-0'));
		await until(() => records().length === 2);
		expect(records()[1]).toMatchObject({ EndStatus: 'TimeoutEndedSession' });
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
		await until(() => [...simulator().world.sessions.values()].some(({ rating }) => rating === 5));
		await end('rated-5');
		expect(records()).toMatchObject([{ SatisfactionSelected: 5 }]);
	});

	test('what was ended before is not ended again, and a reset ends what was to come', async () => {
		await codeOf(simulator(), contact('ended-150'));
		await end('ended-150');
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
