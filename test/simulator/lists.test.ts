import { bigWorld } from '../../simulator/bigWorld';
import { DEFAULT_ACCOUNT } from '../../simulator/world';
import { ask, codeOf, useSimulator } from './client';

const simulator = useSimulator({ world: bigWorld() });

const asked = async (command: string, body: unknown = {}) =>
	await ask(simulator(), { command, body });

const named = (list: unknown, field: string): unknown[] =>
	(list as Array<Record<string, unknown>>).map((entry) => entry[field]);

test('get_im_agent_list gives every customer service account at once, the default one marked', async () => {
	const { Data } = await asked('get_im_agent_list');
	expect(Data).toMatchObject([
		{ IMAgentUserId: DEFAULT_ACCOUNT, IMAgentNick: 'Customer Care', IsDefault: 1 },
		{ IMAgentUserId: `${DEFAULT_ACCOUNT}_01`, IsDefault: 0 },
		{},
		{},
	]);
});

test.each([
	['get_member_group_list', 'PageNumber', 1, 'MemberGroupList', 'MemberGroupID', 135],
	['get_member_list', 'PageNum', 0, 'MemberList', 'MemberMail', 136],
])('%s gives pages by %s counted from %i, with the total', async (...row) => {
	const [command, page, first, list, field, total] = row;
	const pages = [];
	for (const number of [first, first + 1, first + 2]) {
		pages.push(await asked(command, { PageSize: 100, [page]: number }));
	}
	expect(pages.map(({ Total }) => Total)).toEqual([total, total, total]);
	expect(pages.map((each) => named(each[list], field).length)).toEqual([100, total - 100, 0]);
	expect(new Set(pages.flatMap((each) => named(each[list], field))).size).toBe(total);
});

test('get_member_group_list needs no fields, and tells id, name and number of members', async () => {
	const { MemberGroupList } = await asked('get_member_group_list');
	expect(MemberGroupList).toHaveLength(15);
	expect((MemberGroupList as object[]).slice(0, 2)).toMatchObject([
		{ MemberGroupID: 1001, MemberGroupName: 'Sales', GroupMemberCount: 1 },
		{ MemberGroupID: 1002, MemberGroupName: 'Support', GroupMemberCount: 3 },
	]);
});

test('get_member_list tells mail, name and groups, shows an agent without limit with the highest limit, and takes an order', async () => {
	const ascending = await asked('get_member_list', { PageSize: 0, PageNum: 0, Order: 0 });
	expect(ascending.MemberList).toHaveLength(15);
	expect((ascending.MemberList as object[])[0]).toMatchObject({
		MemberMail: 'anna@example.com',
		NickName: 'Anna',
		MemberGroupIDList: [1001, 1002],
		EffectiveReceptionLimit: 999,
	});
	const descending = await asked('get_member_list', { PageSize: 1, PageNum: 0, Order: 1 });
	expect(named(descending.MemberList, 'MemberMail')).toEqual(['agent-130@example.com']);
});

test('get_member_list_in_group gives the agents of one group', async () => {
	const body = { PageSize: 10, PageNum: 0, MemberGroupID: 1004 };
	const { MemberList, Total } = await asked('get_member_list_in_group', body);

	expect(named(MemberList, 'MemberMail')).toEqual(['chen@example.com', 'eli@example.com']);
	expect(Total).toBe(2);
});

describe('a Desk of another dialect', () => {
	const page = { PageSize: 100, PageNum: 0 };

	test('gives 50 a page, whatever is asked', async () => {
		simulator().world.dialect.pageCeiling = 50;
		const second = await asked('get_member_list', { ...page, PageNum: 1 });
		const third = await asked('get_member_list', { ...page, PageNum: 2 });
		const groups = await asked('get_member_group_list', { PageSize: 100, PageNumber: 3 });

		expect(second.MemberList).toHaveLength(50);
		expect(third.MemberList).toHaveLength(36);
		expect(named(second.MemberList, 'MemberMail')[0]).toBe('agent-045@example.com');
		expect(second.Total).toBe(136);
		expect(groups.MemberGroupList).toHaveLength(35);
		const few = await asked('get_member_list', { ...page, PageSize: 10 });
		expect(few.MemberList).toHaveLength(10);
	});

	test('tells no total', async () => {
		simulator().world.dialect.totals = false;
		for (const [command, body] of [
			['get_member_list', page],
			['get_member_list_in_group', { ...page, MemberGroupID: 1004 }],
			['get_member_group_list', {}],
			['describe_im_cdr_list', { StartTimestamp: 0, EndTimestamp: 1 }],
			['describe_chat_messages', { SessionId: 'session-of-in-conversation' }],
		] as const) {
			const answer = await asked(command, body);
			expect(answer.ErrorCode).toBe(0);
			expect(Object.keys(answer).filter((name) => name.startsWith('Total'))).toEqual([]);
		}
	});

	test('counts pages of groups from 0', async () => {
		const firstOf = async (body: object) =>
			named(
				(await asked('get_member_group_list', { PageSize: 2, ...body })).MemberGroupList,
				'MemberGroupID',
			);
		const body = { PageNumber: 0 };
		expect(await codeOf(simulator(), { command: 'get_member_group_list', body })).toBe(141004);

		simulator().world.dialect.groupPagesFrom = 0;
		expect(await firstOf({})).toEqual([1001, 1002]);
		expect(await firstOf({ PageNumber: 0 })).toEqual([1001, 1002]);
		expect(await firstOf({ PageNumber: 1 })).toEqual([1003, 1004]);
	});
});
