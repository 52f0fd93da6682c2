import { DEFAULT_ACCOUNT } from '../../simulator/world';
import { ask, codeOf, contact, failureOf, send, sessionOf, until, useSimulator } from './client';

const simulator = useSimulator();

const contacts = () => simulator().ledger.map(({ userId }) => userId);

describe('planned answers', () => {
	const codes = async (count: number, userId = 'mia') => {
		const all: number[] = [];
		for (let n = 0; n < count; n += 1) all.push(await codeOf(simulator(), contact(userId)));
		return all;
	};

	test('are played in order, then the state decides again; they belong to one user', async () => {
		simulator().plan('mia', { answer: 141012 }, { answer: 60007 });
		simulator().plan('mia', { answer: 70500 });
		expect(await codes(1, 'noa')).toEqual([0]);
		expect(await codes(5)).toEqual([141012, 60007, 70500, 0, 141016]);
		expect(contacts()).toEqual(['noa', 'mia']);
	});

	test('carry their own text and agent, and of 0 contact the user whatever the state says', async () => {
		const agent = 'zoe@example.com';
		simulator().plan('unknown-1', { answer: 141012, info: 'full up' }, { answer: 0, agent });
		const answers = [];
		for (let n = 0; n < 2; n += 1) answers.push(await ask(simulator(), contact('unknown-1')));
		expect(answers).toMatchObject([{ ErrorInfo: 'full up' }, { ErrorCode: 0, MemberId: agent }]);
		expect(simulator().ledger).toMatchObject([{ userId: 'unknown-1', agent }]);
	});

	test('may be a delay alone: the contact is made at once, the answer leaves later', async () => {
		simulator().plan('mia', { delayMs: 1000 });
		const start = Date.now();
		let answered = false;
		const answer = codeOf(simulator(), contact('mia')).finally(() => (answered = true));
		await until(() => simulator().requests.length === 1);

		expect([contacts(), answered]).toEqual([['mia'], false]);
		expect(await answer).toBe(0);
		expect(Date.now() - start).toBeGreaterThanOrEqual(995);
	});

	test('are not used up by a request that is refused before', async () => {
		simulator().plan('mia', { answer: 141012 });
		await codeOf(simulator(), { ...contact('mia'), query: { usersig: 'wrong' } });
		await codeOf(simulator(), contact('mia', { GroupId: 'x' }));
		expect(await codeOf(simulator(), contact('mia'))).toBe(141012);
	});

	test('are forgotten by a reset', async () => {
		simulator().plan('mia', { answer: 141012 });
		simulator().planSession('mia', { answer: 70500 });
		simulator().reset();
		expect(await codeOf(simulator(), contact('mia'))).toBe(0);
		expect(await codeOf(simulator(), sessionOf('mia'))).toBe(0);
	});
});

describe('planned session answers', () => {
	test('meet get_session_state only, and never make a contact', async () => {
		simulator().planSession(
			'mia',
			{ answer: 70500 },
			{ fault: 'reset' },
			{ fault: 'html', commit: true },
			{ fault: 'wrongType' },
			{ answer: 0 },
		);

		expect(await codeOf(simulator(), sessionOf('mia'))).toBe(70500);
		expect(await failureOf(send(simulator(), sessionOf('mia')))).toBe('ECONNRESET');
		expect((await send(simulator(), sessionOf('mia'))).data).toContain('<html>');
		expect(contacts()).toEqual([]);
		expect(await codeOf(simulator(), contact('mia'))).toBe(0);
		// In an odd shape, by an answer, and by the state.
		for (let n = 0; n < 3; n += 1) {
			expect((await send(simulator(), sessionOf('mia'))).data.CurrentState).toBe('Agent');
		}
	});

	test('meet a session asked for by its id too', async () => {
		await codeOf(simulator(), contact('mia'));
		simulator().planSession('mia', { answer: 70500 });
		const body = { SessionId: simulator().ledger[0].sessionId };
		expect(await codeOf(simulator(), { command: 'get_session_state', body })).toBe(70500);
	});
});

describe('planned answers of a command', () => {
	const MsgBody = [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'Hello' } }];
	const message = {
		command: 'send_msg',
		body: { FromAccount: DEFAULT_ACCOUNT, ToAccount: 'mia', MsgRandom: 1, MsgBody },
	};

	test('are played whoever it is about, in order', async () => {
		const list = { command: 'get_im_agent_list' };
		simulator().planCommand('get_im_agent_list', { delayMs: 0 }, { answer: 70500 });
		const codes = [];
		for (let n = 0; n < 3; n += 1) codes.push(await codeOf(simulator(), list));
		expect(codes).toEqual([0, 70500, 0]);
	});

	test('wait behind the plan for the user', async () => {
		simulator().planCommand('contact_user', { answer: 141013 });
		simulator().plan('mia', { answer: 141012 });

		expect(await codeOf(simulator(), contact('mia'))).toBe(141012);
		expect(await codeOf(simulator(), contact('noa'))).toBe(141013);
		expect(await codeOf(simulator(), contact('mia'))).toBe(0);
	});

	test('break a connection before or after the message was left', async () => {
		simulator().planCommand('send_msg', { fault: 'reset' }, { fault: 'reset', commit: true });

		expect(await failureOf(send(simulator(), message))).toBe('ECONNRESET');
		expect(simulator().messages).toEqual([]);
		expect(await failureOf(send(simulator(), message))).toBe('ECONNRESET');
		expect(simulator().messages).toHaveLength(1);
	});

	test('may change fields of the answer', async () => {
		simulator().planSession('mia', { answer: 0, fields: { CurrentState: 'Queuing', Extra: [1] } });

		expect(await ask(simulator(), sessionOf('mia'))).toMatchObject({
			...{ ErrorCode: 0, SessionId: '', CurrentState: 'Queuing', Extra: [1] },
		});
		expect(await ask(simulator(), sessionOf('mia'))).toMatchObject({
			CurrentState: 'NotInSession',
		});
	});
});
