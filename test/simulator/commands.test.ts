import { bigWorld } from '../../simulator/bigWorld';
import { DEFAULT_ACCOUNT } from '../../simulator/world';
import { ask, codeOf, contact, sessionOf, useSimulator } from './client';

const simulator = useSimulator({ world: bigWorld() });

const asked = async (command: string, body: unknown = {}) =>
	await ask(simulator(), { command, body });
const codeFor = async (command: string, body: unknown = {}) =>
	await codeOf(simulator(), { command, body });

const named = (list: unknown, field: string): unknown[] =>
	(list as Array<Record<string, unknown>>).map((entry) => entry[field]);

describe('get_im_agent_list', () => {
	test('gives every customer service account at once, the default one marked', async () => {
		const { ErrorCode, Data } = await asked('get_im_agent_list');

		expect(ErrorCode).toBe(0);
		expect(Data).toHaveLength(5);
		expect(Data).toMatchObject([
			{ IMAgentUserId: DEFAULT_ACCOUNT, IMAgentNick: 'Customer Care', IsDefault: 1 },
			{ IMAgentUserId: `${DEFAULT_ACCOUNT}_01`, IsDefault: 0 },
			{},
			{},
			{},
		]);
	});
});

describe('get_member_group_list', () => {
	test('gives pages counted from 1, with the total', async () => {
		const first = await asked('get_member_group_list', { PageSize: 100, PageNumber: 1 });
		const second = await asked('get_member_group_list', { PageSize: 100, PageNumber: 2 });
		const third = await asked('get_member_group_list', { PageSize: 100, PageNumber: 3 });

		expect([first.Total, second.Total, third.Total]).toEqual([135, 135, 135]);
		expect(first.MemberGroupList).toHaveLength(100);
		expect(second.MemberGroupList).toHaveLength(35);
		expect(third.MemberGroupList).toEqual([]);
		const ids = named(
			[first, second].flatMap((page) => page.MemberGroupList),
			'MemberGroupID',
		);
		expect(new Set(ids).size).toBe(135);
	});

	test('tells id, name and number of members', async () => {
		const { MemberGroupList } = await asked('get_member_group_list', { PageSize: 2 });

		expect(MemberGroupList).toMatchObject([
			{ MemberGroupID: 1001, MemberGroupName: 'Sales', GroupMemberCount: 1 },
			{ MemberGroupID: 1002, MemberGroupName: 'Support', GroupMemberCount: 3 },
		]);
	});

	test('needs no fields', async () => {
		expect((await asked('get_member_group_list')).MemberGroupList).toHaveLength(15);
	});

	test.each([
		{ PageSize: 101 },
		{ PageSize: -1 },
		{ PageSize: '10' },
		{ PageNumber: 0 },
		{ PageNumber: 1.5 },
	])('refuses %j', async (body) => {
		expect(await codeFor('get_member_group_list', body)).toBe(141004);
	});
});

describe('get_member_list', () => {
	test('gives pages counted from 0, with the total', async () => {
		const first = await asked('get_member_list', { PageSize: 100, PageNum: 0 });
		const second = await asked('get_member_list', { PageSize: 100, PageNum: 1 });

		expect([first.Total, second.Total]).toEqual([136, 136]);
		expect(first.MemberList).toHaveLength(100);
		expect(second.MemberList).toHaveLength(36);
		const mails = named(
			[first, second].flatMap((page) => page.MemberList),
			'MemberMail',
		);
		expect(new Set(mails).size).toBe(136);
	});

	test('tells mail, name and groups, and shows an agent without limit with the highest limit', async () => {
		const { MemberList } = await asked('get_member_list', { PageSize: 1, PageNum: 0 });

		expect(MemberList).toMatchObject([
			{
				MemberMail: 'anna@example.com',
				NickName: 'Anna',
				MemberGroupIDList: [1001, 1002],
				EffectiveReceptionLimit: 999,
			},
		]);
	});

	test('takes a PageSize of 0 for 15, and an order', async () => {
		const ascending = await asked('get_member_list', { PageSize: 0, PageNum: 0, Order: 0 });
		const descending = await asked('get_member_list', { PageSize: 1, PageNum: 0, Order: 1 });

		expect(ascending.MemberList).toHaveLength(15);
		expect(named(descending.MemberList, 'MemberMail')).toEqual(['agent-130@example.com']);
	});

	test.each([
		{},
		{ PageSize: 10 },
		{ PageNum: 0 },
		{ PageSize: 101, PageNum: 0 },
		{ PageSize: 10, PageNum: -1 },
		{ PageSize: 10, PageNum: '0' },
		{ PageSize: 10, PageNum: 0, Order: 2 },
	])('refuses %j', async (body) => {
		expect(await codeFor('get_member_list', body)).toBe(141004);
	});
});

describe('get_member_list_in_group', () => {
	test('gives the agents of one group', async () => {
		const page = { PageSize: 10, PageNum: 0 };
		const { MemberList, Total } = await asked('get_member_list_in_group', {
			...page,
			MemberGroupID: 1004,
		});

		expect(named(MemberList, 'MemberMail')).toEqual(['chen@example.com', 'eli@example.com']);
		expect(Total).toBe(2);
		expect(await codeFor('get_member_list_in_group', page)).toBe(141004);
		expect(await codeFor('get_member_list_in_group', { ...page, MemberGroupID: 1 })).toBe(141004);
	});
});

describe('get_session_state', () => {
	test('says that a user nobody contacted is in no session', async () => {
		const answer = await ask(simulator(), sessionOf('mia'));

		expect(answer).toMatchObject({ ErrorCode: 0, CurrentState: 'NotInSession', SessionId: '' });
		expect(answer).not.toHaveProperty('AgentId');
	});

	test.each([
		['in-queue', 'Queueing', undefined],
		['with-chatbot', 'Chatbot', undefined],
		['in-conversation', 'Agent', 'anna@example.com'],
	])('names an agent for %s (%s) only where the page does', async (userId, state, agent) => {
		const answer = await ask(simulator(), sessionOf(userId));

		expect([answer.CurrentState, answer.AgentId]).toEqual([state, agent]);
	});

	test('finds a session by its id too', async () => {
		await asked('contact_user', contact('mia').body);
		const { SessionId } = await ask(simulator(), sessionOf('mia'));

		expect(await asked('get_session_state', { SessionId })).toMatchObject({
			SessionId,
			CurrentState: 'Agent',
		});
		expect(await asked('get_session_state', { SessionId: 'no such' })).toMatchObject({
			CurrentState: 'NotInSession',
		});
	});

	test.each([{}, { ClientUserId: 'mia' }, { CustomerServiceId: 'x' }, { SessionId: 7 }])(
		'refuses %j',
		async (body) => {
			expect(await codeFor('get_session_state', body)).toBe(141004);
		},
	);
});

describe('end_session', () => {
	test('ends a conversation and gives the agent their capacity back', async () => {
		const toBen = (userId: string) => contact(userId, { MemberId: 'ben@example.com' });
		for (let index = 0; index < 5; index += 1) await ask(simulator(), toBen(`user-${index}`));
		const { SessionId } = await ask(simulator(), sessionOf('user-0'));

		expect(await codeOf(simulator(), toBen('user-9'))).toBe(141012);
		expect(await codeFor('end_session', { SessionId })).toBe(0);
		expect(await ask(simulator(), sessionOf('user-0'))).toMatchObject({
			CurrentState: 'NotInSession',
		});
		expect(await codeOf(simulator(), toBen('user-9'))).toBe(0);
	});

	test('refuses a session that has ended, never was, or is with the chatbot', async () => {
		const SessionId = 'session-of-in-conversation';
		expect(await codeFor('end_session', { SessionId })).toBe(0);
		expect(await codeFor('end_session', { SessionId })).toBe(141005);
		expect(await codeFor('end_session', { SessionId: 'no such' })).toBe(141005);
		expect(await codeFor('end_session', { SessionId: 'session-of-with-chatbot' })).toBe(141005);
		expect(await codeFor('end_session')).toBe(141004);
	});
});

describe('set_member_status', () => {
	test('sends an agent on a break and back', async () => {
		const toAnna = contact('mia', { MemberId: 'anna@example.com' });
		const set = async (Status: string) =>
			await codeFor('set_member_status', { MemberMail: 'anna@example.com', Status });

		expect(await set('STATUS_REST')).toBe(0);
		expect(await codeOf(simulator(), toAnna)).toBe(141013);
		expect(await set('STATUS_NOT_READY')).toBe(0);
		expect(await codeOf(simulator(), toAnna)).toBe(141011);
		expect(await set('STATUS_FREE')).toBe(0);
		expect(await codeOf(simulator(), toAnna)).toBe(0);
	});

	test('refuses an agent who does not exist and a status that is none', async () => {
		expect(
			await codeFor('set_member_status', { MemberMail: 'nobody@x', Status: 'STATUS_FREE' }),
		).toBe(141010);
		expect(
			await codeFor('set_member_status', { MemberMail: 'anna@example.com', Status: 'FREE' }),
		).toBe(141004);
	});
});

describe('send_msg', () => {
	const MsgBody = [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'Hello' } }];
	const toUser = { FromAccount: DEFAULT_ACCOUNT, ToAccount: 'mia', MsgRandom: 1, MsgBody };

	test.each([
		['to a user', toUser, 0],
		['to a session', { SessionId: 'session-of-in-conversation', MsgRandom: 1, MsgBody }, 0],
		['to a session that does not exist', { SessionId: 'no such', MsgRandom: 1, MsgBody }, 141005],
		['to nobody', { MsgRandom: 1, MsgBody }, 141004],
		['from somebody who is no account', { ...toUser, FromAccount: 'mia' }, 90008],
		['without receiver', { ...toUser, ToAccount: undefined }, 90003],
		['to a user who does not exist', { ...toUser, ToAccount: 'unknown-1' }, 90012],
		['without MsgRandom', { ...toUser, MsgRandom: undefined }, 90005],
		['with a MsgRandom beyond uint32', { ...toUser, MsgRandom: 2 ** 32 }, 90005],
		['without MsgBody', { ...toUser, MsgBody: undefined }, 90002],
		['with an empty MsgBody', { ...toUser, MsgBody: [] }, 90002],
		['with text as MsgBody', { ...toUser, MsgBody: 'Hello' }, 90002],
	])('%s', async (_what, body, code) => {
		expect(await codeFor('send_msg', body)).toBe(code);
	});
});
