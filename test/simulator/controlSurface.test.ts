import { DEFAULT_ACCOUNT } from '../../simulator/world';
import type { SessionRecord } from '../../simulator/records';
import { ask, codeOf, contact, controlSurface, sessionOf, useSimulator } from './client';

const simulator = useSimulator();
const { read, write } = controlSurface(simulator);

test('another process reads ledger, request log, messages and the world without the secret keys, and leaves no trace', async () => {
	await codeOf(simulator(), contact('mia'));
	const MsgBody = [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'Hello' } }];
	const body = { FromAccount: DEFAULT_ACCOUNT, ToAccount: 'mia', MsgRandom: 7, MsgBody };
	await codeOf(simulator(), { command: 'send_msg', body });

	expect(simulator().messages).toMatchObject([{ userId: 'mia', random: 7, text: 'Hello' }]);
	for (const what of ['ledger', 'requests', 'messages'] as const) {
		expect(await read(what)).toEqual(simulator()[what]);
	}
	expect(await read('status')).toEqual({ contacts: 1, requests: 2, maxInFlight: 1 });
	const world = await read('world');
	expect(world.apps[0]).toEqual({
		sdkAppId: 1400000000,
		admins: ['administrator'],
		desk: true,
		dataCenter: 'here',
		contactUser: true,
	});
	expect(JSON.stringify(world)).not.toContain('simulator-demo-key');
	expect(world.agents[0]).toMatchObject({ mail: 'anna@example.com', capacity: 'unlimited' });
	expect(world.sessions).toHaveLength(5);
});

test('it plans answers of a user and of a command, and moves a session', async () => {
	const planned = await write('plan', {
		userId: 'mia',
		steps: [{ answer: 141012 }, { fault: 'http502', commit: true }],
		sessionSteps: [{ answer: 70500 }],
	});
	expect([planned.status, planned.data]).toEqual([200, { done: true }]);
	expect(await codeOf(simulator(), contact('mia'))).toBe(141012);
	expect(await codeOf(simulator(), sessionOf('mia'))).toBe(70500);
	await write('plan', { command: 'get_im_agent_list', steps: [{ answer: 141002 }] });
	expect(await codeOf(simulator(), { command: 'get_im_agent_list' })).toBe(141002);

	const begun = await write('session', { userId: 'mia', move: 'begin' });
	const { SessionId } = await ask(simulator(), sessionOf('mia'));
	expect([begun.status, begun.data]).toEqual([200, { done: true, sessionId: SessionId }]);
	const again = await write('session', { userId: 'mia', move: 'begin' });
	expect([again.status, again.data]).toEqual([
		...[409, { done: false, reason: 'the session is Chatbot' }],
	]);
	const account = `${DEFAULT_ACCOUNT}_01`;
	expect((await write('session', { userId: 'mia', account, move: 'begin' })).status).toBe(200);
});

test('it changes the dialect that is said and keeps the rest', async () => {
	const { data } = await write('dialect', { pageCeiling: 50, stateWords: 'en' });
	expect(data).toMatchObject({ pageCeiling: 50, stateWords: 'en', totals: true });
	expect(simulator().world.dialect).toEqual(data);
	const { data: after } = await write('dialect', { pageCeiling: null });
	expect(after).toMatchObject({ pageCeiling: null, stateWords: 'en' });
});

test.each<[what: string, body: unknown]>([
	['plan', { steps: [{ answer: 0 }] }],
	['plan', { userId: 'mia', steps: [{ fault: 'earthquake' }] }],
	['plan', { userId: 'mia', steps: [{ answer: 0, fault: 'reset' }] }],
	['plan', { userId: 'mia', steps: [{}] }],
	['plan', { userId: 'mia', step: [{ answer: 0 }] }],
	['plan', { command: 'no_such', steps: [] }],
	['plan', '{'],
	['session', { move: 'begin' }],
	['session', { userId: 'mia', move: 'dance' }],
	['session', { userId: 'mia', move: 'begin', agent: 'x' }],
	['session', { userId: 'mia', move: 'rate', rating: 6 }],
	['session', { userId: 'mia', move: 'end' }],
	['records', { records: [{ Timestamp: 1 }] }],
	['records', { records: [{ SessionId: 's', Rating: 5 }] }],
	['records', { records: [{ SessionId: 's', SatisfactionSelected: 6 }] }],
	['records', { records: [{ SessionId: 's', Timestamp: 1.5 }] }],
	['records', { records: [{ SessionId: 's', AgentGroupId: 1001 }] }],
	['records', { count: 20_001 }],
	['records', { count: 0 }],
	['records', {}],
	['dialect', { pageCeiling: 0 }],
	['dialect', { stateWords: 'fr' }],
	['dialect', { groupPagesFrom: 2 }],
	['dialect', { ceiling: 5 }],
	['notify', { url: 'http://localhost/', event: 'SessionBegin' }],
	['notify', { url: 'http://localhost/', userId: 'mia' }],
	['notify', { url: 'http://localhost/', event: 'x', userId: 'mia', extra: 1 }],
])('%s of %j is refused, and does nothing', async (what, body) => {
	const before = await read('world');
	expect((await write(what, body)).status).toBe(400);
	expect(await read('world')).toEqual(before);
	expect(simulator().world.records).toEqual([]);
	expect(await codeOf(simulator(), contact('mia'))).toBe(0);
});

test('a reset brings the beginning back', async () => {
	const { ledger, requests } = simulator();
	const { agents, groups, dialect } = simulator().world;
	agents[0].status = 'rest';
	groups.push({ id: 7, name: 'New' });
	dialect.stateWords = 'en';
	simulator().world.users = ['mia'];
	await codeOf(simulator(), contact('mia'));
	await codeOf(simulator(), { ...contact('mia'), query: { usersig: 'bad' } });

	expect((await write('reset')).data).toEqual({ done: true });

	expect([ledger, requests, simulator().maxInFlight]).toEqual([[], [], 0]);
	expect(simulator().ledger).toBe(ledger);
	expect(simulator().requests).toBe(requests);
	expect(simulator().world).toMatchObject({
		users: 'any',
		agents: { 0: { status: 'free', load: 0 } },
		dialect: { stateWords: 'zh' },
	});
	expect(simulator().world.groups).toHaveLength(5);
	expect(simulator().world.sessions.size).toBe(4);
	expect(await codeOf(simulator(), contact('mia'))).toBe(0);
	expect(simulator().requests[0].attempt).toBe(1);
});

describe('session records', () => {
	const listed = async (Offset: number) =>
		(await ask(simulator(), {
			command: 'describe_im_cdr_list',
			body: { StartTimestamp: 0, EndTimestamp: 2_000_000_000, Limit: 100, Offset },
		})) as unknown as { TotalCount: number; IMCdrList: SessionRecord[] };

	test('come by the thousand, all of one second, and a second helping is numbered on', async () => {
		const like = { Timestamp: 1_800_000_000, ClientUserId: 'noa' };
		const { status, data } = await write('records', { count: 5000, like });
		expect([status, data]).toEqual([200, { done: true, records: 5000 }]);
		await write('records', { count: 2, like });

		const ids = new Set<string>();
		for (let offset = 0; offset < 5002; offset += 100) {
			const { TotalCount, IMCdrList } = await listed(offset);
			expect(TotalCount).toBe(5002);
			IMCdrList.forEach((record) => ids.add(record.SessionId));
		}
		expect(ids.size).toBe(5002);
		expect((await listed(0)).IMCdrList[0]).toMatchObject(like);
	});

	test('come one by one with all their fields', async () => {
		const records = Array.from({ length: 5000 }, (_, index) => ({
			SessionId: `a-session-with-a-long-name-${index}`,
			Timestamp: 1_800_000_000 + index,
			AgentGroupName: 'A Group With A Name Of Some Length',
			ClientUserNickName: 'A customer who is called by a name of some length',
			EndStatus: 'SomethingElseHappenedEndedSession',
			AgentId: 'somebody.with.a.long.name@example.com',
		}));
		expect((await write('records', { records })).data).toMatchObject({ records: 5000 });
		expect(await read('records')).toEqual(simulator().world.records);
	});

	test('appear late, with a time long gone, and get their rating later', async () => {
		const before = { SessionId: 'late', Timestamp: 1_799_990_000, ClientUserId: 'noa' };
		await write('records', { records: [{ SessionId: 'new', Timestamp: 1_800_000_000 }] });
		await write('records', { records: [before] });
		await write('records', { records: [{ SessionId: 'late', SatisfactionSelected: 5 }] });
		const { IMCdrList } = await listed(0);
		expect(IMCdrList).toMatchObject([{ SessionId: 'new' }, { ...before, SatisfactionSelected: 5 }]);
	});

	test('happened now when no time is said', async () => {
		const before = Math.floor(Date.now() / 1000);
		await write('records', { count: 1 });
		const [{ Timestamp }] = simulator().world.records;
		expect(Timestamp).toBeGreaterThanOrEqual(before);
		expect(Timestamp).toBeLessThanOrEqual(Date.now() / 1000);
	});
});
