import { recordOf, type SessionRecord } from '../../simulator/records';
import { ask, codeOf, contact, sessionOf, useSimulator } from './client';

let clock = 0;
const simulator = useSimulator({ now: () => clock });
// Near the true time: the UserSig is checked against this clock.
const START = Math.floor(Date.now() / 1000);

beforeEach(() => {
	clock = START * 1000;
});

const listed = async (body: Record<string, unknown> = {}) =>
	await ask(simulator(), {
		command: 'describe_im_cdr_list',
		body: { StartTimestamp: START, EndTimestamp: START + 86_400, ...body },
	});
const idsOf = async (body: Record<string, unknown> = {}) =>
	((await listed(body)).IMCdrList as SessionRecord[]).map(({ SessionId }) => SessionId);
const endOf = async (userId: string) => {
	const { SessionId } = await ask(simulator(), sessionOf(userId));
	await codeOf(simulator(), { command: 'end_session', body: { SessionId } });
};

const add = (...ids: string[]) =>
	simulator().world.records.push(
		...ids.map((SessionId) => recordOf({ SessionId, Timestamp: START + 10 })),
	);

describe('describe_im_cdr_list', () => {
	test('has a record of a session that ended, in the documented types', async () => {
		await codeOf(simulator(), contact('mia', { GroupId: 1002, MemberId: 'anna@example.com' }));
		clock += 90_500;
		await endOf('mia');

		expect(await listed()).toEqual({
			ActionStatus: 'OK',
			ErrorCode: 0,
			ErrorInfo: '',
			TotalCount: 1,
			IMCdrList: [
				{
					SessionId: simulator().ledger[0].sessionId,
					AgentGroupId: '1002',
					AgentGroupName: 'Support',
					AgentId: 'anna@example.com',
					ChannelType: 'SDK',
					ClientUserId: 'mia',
					ClientUserNickName: '',
					Duration: 90,
					EndStatus: 'AgentEndedSession',
					SatisfactionSelected: 0,
					Timestamp: START,
				},
			],
		});
	});

	test('has none of a session that goes on', async () => {
		await codeOf(simulator(), contact('mia'));
		expect((await listed()).TotalCount).toBe(0);
	});

	test('may take the end of a session for its time', async () => {
		simulator().world.dialect.recordTime = 'end';
		await codeOf(simulator(), contact('mia'));
		clock += 90_500;
		await endOf('mia');
		expect((await listed()).IMCdrList).toMatchObject([{ Timestamp: START + 90, Duration: 90 }]);
	});

	test('gives 20, the newest first, or up to 100 from an offset, with the count of all', async () => {
		for (let index = 0; index < 150; index += 1) {
			const SessionId = `s${index}`;
			simulator().world.records.push(recordOf({ SessionId, Timestamp: START + index }));
		}

		const first = await listed();
		expect(first.TotalCount).toBe(150);
		expect(await idsOf()).toHaveLength(20);
		expect((await idsOf())[0]).toBe('s149');
		const pages = [await idsOf({ Limit: 100 }), await idsOf({ Limit: 100, Offset: 100 })];
		expect(pages.map((page) => page.length)).toEqual([100, 50]);
		expect(new Set(pages.flat()).size).toBe(150);
		expect(await idsOf({ Limit: 100, Offset: 150 })).toEqual([]);
	});

	test('keeps the order of records of the same second, and may give the oldest first', async () => {
		add('a', 'b', 'c');
		simulator().world.records.push(recordOf({ SessionId: 'old', Timestamp: START }));
		expect(await idsOf()).toEqual(['a', 'b', 'c', 'old']);
		simulator().world.dialect.recordOrder = 'oldestFirst';
		expect(await idsOf()).toEqual(['old', 'a', 'b', 'c']);
	});

	test('gives those of a time, both its seconds included, and those of a user', async () => {
		add('a');
		simulator().world.records.push(
			recordOf({ SessionId: 'of noa', Timestamp: START + 10, ClientUserId: 'noa' }),
		);
		const at = START + 10;
		expect(await idsOf({ StartTimestamp: at, EndTimestamp: at })).toEqual(['a', 'of noa']);
		expect(await idsOf({ StartTimestamp: at + 1 })).toEqual([]);
		expect(await idsOf({ EndTimestamp: at - 1 })).toEqual([]);
		expect(await idsOf({ ClientUserId: 'noa' })).toEqual(['of noa']);
		expect(await idsOf({ ClientUserId: '' })).toEqual(['a', 'of noa']);
	});

	test('says 0 for a session nobody rated, or nothing', async () => {
		add('a');
		simulator().world.records[0].SatisfactionSelected = 4;
		add('b');
		const ratings = async () =>
			((await listed()).IMCdrList as SessionRecord[]).map((record) => record.SatisfactionSelected);
		expect(await ratings()).toEqual([4, 0]);
		simulator().world.dialect.unrated = 'absent';
		expect(await ratings()).toEqual([4, undefined]);
	});
});
