import type { SessionRecord } from '../../simulator/records';
import { ask, controlSurface, useSimulator } from './client';

const simulator = useSimulator();
const { read, write } = controlSurface(simulator);
const listed = async (Offset: number) =>
	(await ask(simulator(), {
		command: 'describe_im_cdr_list',
		body: { StartTimestamp: 0, EndTimestamp: 2_000_000_000, Limit: 100, Offset },
	})) as unknown as { TotalCount: number; IMCdrList: SessionRecord[] };

describe('session records from another process', () => {
	test('come by the thousand, all of one second', async () => {
		const like = { Timestamp: 1_800_000_000, ClientUserId: 'noa' };
		const { status, data } = await write('records', { count: 5000, like });
		expect([status, data]).toEqual([200, { done: true, records: 5000 }]);

		const ids = new Set<string>();
		for (let offset = 0; offset < 5000; offset += 100) {
			const { TotalCount, IMCdrList } = await listed(offset);
			expect(TotalCount).toBe(5000);
			IMCdrList.forEach((record) => ids.add(record.SessionId));
		}
		expect(ids.size).toBe(5000);
		expect((await listed(0)).IMCdrList[0]).toMatchObject(like);
	});

	test('or one by one with all their fields, and a second helping of numbered ones', async () => {
		const records = Array.from({ length: 5000 }, (_, index) => ({
			SessionId: `a-session-with-a-long-name-${index}`,
			Timestamp: 1_800_000_000 + index,
			AgentGroupName: 'A Group With A Name Of Some Length',
			ClientUserNickName: 'A customer who is called by a name of some length',
			EndStatus: 'SomethingElseHappenedEndedSession',
			AgentId: 'somebody.with.a.long.name@example.com',
		}));
		expect((await write('records', { records })).data).toMatchObject({ records: 5000 });
		await write('records', { count: 2 });
		await write('records', { count: 2 });
		expect(simulator().world.records).toHaveLength(5004);
		expect(await read('records')).toEqual(simulator().world.records);
	});

	test('appear late, with a time long gone', async () => {
		await write('records', { records: [{ SessionId: 'new', Timestamp: 1_800_000_000 }] });
		await write('records', { records: [{ SessionId: 'late', Timestamp: 1_799_990_000 }] });
		const ids = (await listed(0)).IMCdrList.map(({ SessionId }) => SessionId);
		expect(ids).toEqual(['new', 'late']);
	});

	test('get their rating later, and keep everything else', async () => {
		await write('records', { records: [{ SessionId: 's', Timestamp: 7, ClientUserId: 'noa' }] });
		await write('records', { records: [{ SessionId: 's', SatisfactionSelected: 5 }] });
		expect((await listed(0)).IMCdrList).toMatchObject([
			{ SessionId: 's', Timestamp: 7, ClientUserId: 'noa', SatisfactionSelected: 5 },
		]);
	});

	test('happened now when no time is said', async () => {
		const before = Math.floor(Date.now() / 1000);
		await write('records', { count: 1 });
		const [{ Timestamp }] = simulator().world.records;
		expect(Timestamp).toBeGreaterThanOrEqual(before);
		expect(Timestamp).toBeLessThanOrEqual(Date.now() / 1000);
	});

	test.each([
		{ records: [{ Timestamp: 1 }] },
		{ records: [{ SessionId: 's', Rating: 5 }] },
		{ records: [{ SessionId: 's', SatisfactionSelected: 6 }] },
		{ records: [{ SessionId: 's', Timestamp: 1.5 }] },
		{ records: [{ SessionId: 's', AgentGroupId: 1001 }] },
		{ count: 20_001 },
		{ count: 0 },
		{},
	])('%j is refused, and adds nothing', async (body) => {
		expect((await write('records', body)).status).toBe(400);
		expect(simulator().world.records).toEqual([]);
	});
});

describe('the dialect from another process', () => {
	test('changes what is said and keeps the rest', async () => {
		const { data } = await write('dialect', { pageCeiling: 50, stateWords: 'en' });
		expect(data).toMatchObject({ pageCeiling: 50, stateWords: 'en', totals: true });
		expect(simulator().world.dialect).toEqual(data);
		expect((await write('dialect', { pageCeiling: null })).data).toMatchObject({
			...{ pageCeiling: null, stateWords: 'en' },
		});
		simulator().reset();
		expect(simulator().world.dialect.stateWords).toBe('zh');
	});

	test.each([{ pageCeiling: 0 }, { stateWords: 'fr' }, { groupPagesFrom: 2 }, { ceiling: 5 }])(
		'%j is refused',
		async (body) => {
			expect((await write('dialect', body)).status).toBe(400);
		},
	);
});

test('a plan for a command comes from another process too', async () => {
	const { data } = await write('plan', {
		command: 'get_im_agent_list',
		steps: [{ answer: 141002 }],
	});
	expect(data).toEqual({ done: true });
	expect((await ask(simulator(), { command: 'get_im_agent_list' })).ErrorCode).toBe(141002);
	expect((await write('plan', { command: 'no_such', steps: [] })).status).toBe(400);
});
