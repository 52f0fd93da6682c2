import { ask, codeOf, contact, useSimulator } from './client';

let clock = 0;
const simulator = useSimulator({ now: () => clock });
// Near the true time: the UserSig is checked against this clock.
const NOON = Math.floor(Date.now() / 1000);

beforeEach(() => {
	clock = NOON * 1000;
});

const set = async (Status: string, MemberMail = 'anna@example.com') =>
	await codeOf(simulator(), { command: 'set_member_status', body: { MemberMail, Status } });

describe('describe_member_status_trace', () => {
	const traced = async (body: Record<string, unknown> = {}) =>
		await ask(simulator(), {
			command: 'describe_member_status_trace',
			body: {
				...{ BeginTime: NOON - 60, EndTime: NOON + 3600, Order: 1, MemberID: 'anna@example.com' },
				...body,
			},
		});
	const web = { Clients: [{ ClientType: 'Web' }] };

	test('begins with the status at the beginning, and goes on with each change', async () => {
		await set('STATUS_REST');
		clock += 600_000;
		await set('STATUS_FREE');

		const trace = await traced();
		expect(trace).toMatchObject({ ErrorCode: 0, Nick: 'Anna' });
		expect(trace.StatusList).toEqual([
			{ Timestamp: NOON - 60, Status: 'STATUS_FREE', ...web },
			{ Timestamp: NOON, Status: 'STATUS_REST', ...web },
			{ Timestamp: NOON + 600, Status: 'STATUS_FREE', ...web },
		]);
		const { StatusList } = await traced({ BeginTime: NOON + 60, Order: 2 });
		expect(StatusList).toMatchObject([
			{ Timestamp: NOON + 600, Status: 'STATUS_FREE' },
			{ Timestamp: NOON + 60, Status: 'STATUS_REST' },
		]);
		expect((await traced({ BeginTime: NOON + 601 })).StatusList).toMatchObject([
			{ Timestamp: NOON + 601, Status: 'STATUS_FREE' },
		]);
		expect((await traced({ EndTime: NOON + 599 })).StatusList).toHaveLength(2);
	});

	test('ends with what the agent is now, whoever changed it', async () => {
		await set('STATUS_REST');
		simulator().world.agents[0].status = 'notReady';
		expect((await traced({ Order: 2 })).StatusList).toMatchObject([
			{ Status: 'STATUS_NOT_READY' },
			{ Status: 'STATUS_FREE' },
		]);
	});

	test('an agent who is offline has no client', async () => {
		expect((await traced({ MemberID: 'dana@example.com' })).StatusList).toEqual([
			{ Timestamp: NOON - 60, Status: 'STATUS_OFFLINE', Clients: [] },
		]);
	});

	test('goes over three months at most', async () => {
		const day = 86_400;
		expect((await traced({ BeginTime: NOON - 92 * day, EndTime: NOON })).ErrorCode).toBe(0);
		expect((await traced({ BeginTime: NOON - 93 * day, EndTime: NOON })).ErrorCode).toBe(141004);
	});
});

describe('describe_reception_realtime_statistics', () => {
	const counted = async () =>
		await ask(simulator(), { command: 'describe_reception_realtime_statistics' });

	test('counts agents by status, users in service, and the queue of every group', async () => {
		await set('STATUS_NOT_READY', 'fay@example.com');
		await codeOf(simulator(), contact('mia'));

		expect((await counted()).Data).toEqual({
			CurrentTransferAgentCnt: 3,
			CurrentAgentAcceptCnt: 2,
			CurrentQueueCnt: 1,
			FreeAgentCnt: 3,
			RestAgentCnt: 1,
			BusyAgentCnt: 1,
			CurrentGroupQueueCnt: [
				{ GroupId: 1001, GroupName: 'Sales', QueueCnt: 0 },
				{ GroupId: 1002, GroupName: 'Support', QueueCnt: 0 },
				{ GroupId: 1003, GroupName: 'Night Shift (everybody offline)', QueueCnt: 0 },
				{ GroupId: 1004, GroupName: 'Back Office (nobody free)', QueueCnt: 1 },
				{ GroupId: 1005, GroupName: 'Trainees (may not contact users)', QueueCnt: 0 },
			],
		});
	});
});
