import { setStatus } from '../../simulator/commands/members';
import { ask, codeOf, contact, sessionOf, useSimulator } from './client';

const simulator = useSimulator();
const SessionId = 'session-of-with-chatbot';

const transferred = async (body: Record<string, unknown> = {}) =>
	await ask(simulator(), { command: 'transfer_to_human', body: { SessionId, ...body } });
const state = async () => await ask(simulator(), sessionOf('with-chatbot'));
const loadOf = (nick: string) =>
	simulator().world.agents.find((agent) => agent.nick === nick)?.load;

describe('transfer_to_human', () => {
	test('hands a chatbot conversation over to the least busy agent', async () => {
		expect(await transferred()).toMatchObject({
			...{ ErrorCode: 0, AgentId: 'anna@example.com', IsInQueue: 0 },
		});
		expect(await state()).toMatchObject({
			...{ SessionId, CurrentState: 'Agent', AgentId: 'anna@example.com' },
		});
		expect(loadOf('Anna')).toBe(1);
		expect(simulator().ledger).toEqual([]);
	});

	test('to one of the agents listed, or of a group, or both', async () => {
		const listed = ['eli@example.com', 'ben@example.com'];
		expect(await transferred({ AgentIdList: listed })).toMatchObject({
			AgentId: 'ben@example.com',
		});
		simulator().reset();
		expect(await transferred({ AgentGroupId: 1005 })).toMatchObject({ AgentId: 'fay@example.com' });
		simulator().reset();
		expect(await transferred({ AgentIdList: listed, AgentGroupId: 1001 })).toMatchObject({
			ErrorCode: 141001,
		});
	});

	test('leaves the user in the queue of the group when everybody there is busy', async () => {
		expect(await transferred({ AgentGroupId: 1004 })).toMatchObject({
			...{ ErrorCode: 0, AgentId: '', IsInQueue: 1 },
		});
		expect(await state()).toMatchObject({ SessionId, CurrentState: 'Queueing' });
		simulator().world.agents[4].load = 0;
		expect(await transferred({ AgentGroupId: 1004 })).toMatchObject({
			...{ AgentId: 'eli@example.com', IsInQueue: 0 },
		});
	});

	test('refuses when nobody is online, and says so to the user only when asked to', async () => {
		const tips = () => simulator().world.chats.get(SessionId) ?? [];
		expect((await transferred({ AgentGroupId: 1003 })).ErrorCode).toBe(141001);
		expect(tips()).toHaveLength(0);
		expect((await transferred({ AgentGroupId: 1003, SendTipIfNoAgentOnline: 1 })).ErrorCode).toBe(
			141001,
		);
		expect(tips()).toMatchObject([{ role: 'system' }]);
		expect((await state()).CurrentState).toBe('Chatbot');

		simulator().world.agents.forEach((agent) => setStatus(agent, 'notReady', 0));
		expect((await transferred()).ErrorCode).toBe(141001);
	});

	test('ends the session of a user whom nobody can serve, only when told to', async () => {
		for (const [EndSessionWhenNoMemberOnline, after] of [
			[0, 'Chatbot'],
			[1, 'NotInSession'],
		] as const) {
			const { ErrorCode } = await transferred({ AgentGroupId: 1003, EndSessionWhenNoMemberOnline });
			expect([ErrorCode, (await state()).CurrentState]).toEqual([141001, after]);
		}
		expect((await transferred()).ErrorCode).toBe(141005);
	});

	test('does not queue when told so, and hands over to a busy agent when allowed to', async () => {
		expect((await transferred({ AgentGroupId: 1004, DisableQueuing: 1 })).ErrorCode).toBe(141025);
		expect((await state()).CurrentState).toBe('Chatbot');

		simulator().world.agents.forEach((agent) => setStatus(agent, 'notReady', 0));
		expect(await transferred({ AllowAssignBusyMember: 1 })).toMatchObject({
			AgentId: 'anna@example.com',
		});
		expect(loadOf('Anna')).toBe(1);
	});

	test('outside of the working hours it hands over all the same, unless it is to check them', async () => {
		const tips = () => simulator().world.chats.get(SessionId) ?? [];
		const check = { CheckIfDuringWorkingHours: 1 };
		simulator().world.isWorkingTime = false;
		expect((await transferred(check)).ErrorCode).toBe(141001);
		expect(tips()).toHaveLength(0);
		await transferred({ ...check, SendPromptNotDuringWorkingHours: 1 });
		expect(tips()).toHaveLength(1);
		expect((await transferred()).ErrorCode).toBe(0);
	});

	test('keeps the place in the queue that is asked for, and the user cannot be contacted meanwhile', async () => {
		await transferred({ AgentGroupId: 1004, Priority: 0, QueueTimeout: 600 });
		const waiting = [...simulator().world.sessions.values()].find(
			({ sessionId }) => sessionId === SessionId,
		);
		expect(waiting).toMatchObject({ state: 'Queueing', priority: 0, queueTimeout: 600 });
		expect(await codeOf(simulator(), contact('with-chatbot'))).toBe(141016);
	});
});

describe('transfer_session', () => {
	const inConversation = { SessionId: 'session-of-in-conversation' };
	const reassigned = async (body: Record<string, unknown>) =>
		await codeOf(simulator(), {
			command: 'transfer_session',
			body: { ...inConversation, ...body },
		});
	const agent = async () => (await ask(simulator(), sessionOf('in-conversation'))).AgentId;

	test.each([
		['the agent asked for', { MemberId: 'fay@example.com' }, 'fay@example.com'],
		['another agent of the group', { GroupId: 1002 }, 'ben@example.com'],
		['the least busy of all others', {}, 'ben@example.com'],
	])('hands a conversation over to %s, who gets the place', async (_name, body, mail) => {
		const { load } = simulator().world.agents.find((each) => each.mail === mail) ?? {};

		expect(await reassigned(body)).toBe(0);
		expect(await agent()).toBe(mail);
		expect(loadOf(mail.startsWith('fay') ? 'Fay' : 'Ben')).toBe(Number(load) + 1);
	});
});

test('end_queuing ends the session of a user who waits, once', async () => {
	const leave = async () =>
		await codeOf(simulator(), {
			...{ command: 'end_queuing', body: { SessionID: 'session-of-in-queue' } },
		});

	expect([await leave(), await leave()]).toEqual([0, 141005]);
	expect((await ask(simulator(), sessionOf('in-queue'))).CurrentState).toBe('NotInSession');
	expect(simulator().requests[0]).toMatchObject({ command: 'end_queuing', userId: 'in-queue' });
});

test('mark_session changes what it names, and get_session_mark tells it until the session ends', async () => {
	const inConversation = { SessionId: 'session-of-in-conversation' };
	const mark = async (body: object) =>
		await codeOf(simulator(), { command: 'mark_session', body: { ...inConversation, ...body } });
	const marked = async () =>
		await ask(simulator(), { command: 'get_session_mark', body: inConversation });

	expect(await marked()).toMatchObject({ Mark: '', StarStatus: 0, UserTimeoutSwitch: 1 });
	await mark({ Mark: 'order 4711', UserTimeoutSwitch: 0 });
	await mark({ StarStatus: 1 });
	expect(await marked()).toMatchObject({ Mark: 'order 4711', StarStatus: 1, UserTimeoutSwitch: 0 });
	simulator().move('in-conversation', { move: 'end', by: 'agent' });
	expect([(await marked()).ErrorCode, await mark({})]).toEqual([141005, 141005]);
});

test.each([
	['transfer_session', { SessionId: 'session-of-in-conversation' }, 'in-conversation', 'Agent'],
	['end_queuing', { SessionID: 'session-of-in-queue' }, 'in-queue', 'Queueing'],
])('%s is done by a fault only with its commit', async (command, body, userId, before) => {
	const told = async () => {
		const { CurrentState, AgentId = '' } = await ask(simulator(), sessionOf(userId));
		return `${String(CurrentState)} ${String(AgentId)}`;
	};
	const first = await told();
	expect(first).toContain(before);
	const fault = 'contradiction' as const;
	simulator().planCommand(command, { fault }, { fault, commit: true });
	await ask(simulator(), { command, body });
	expect([await told(), simulator().changes]).toEqual([first, []]);
	await ask(simulator(), { command, body });
	expect(await told()).not.toBe(first);
	expect(simulator().changes).toMatchObject([{ command, of: Object.values(body)[0] }]);
	simulator().reset();
	expect(simulator().changes).toEqual([]);
});
