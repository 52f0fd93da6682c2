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

	test('refuses a session that ended', async () => {
		await transferred();
		await codeOf(simulator(), { command: 'end_session', body: { SessionId } });
		expect((await transferred()).ErrorCode).toBe(141005);
	});

	test('the user cannot be contacted while they wait or talk', async () => {
		await transferred({ AgentGroupId: 1004 });
		expect(await codeOf(simulator(), contact('with-chatbot'))).toBe(141016);
	});
});
