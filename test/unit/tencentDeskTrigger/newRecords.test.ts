import type { SessionRecord } from '../../../nodes/shared/desk/session';
import { keyOf } from '../../../nodes/TencentDeskTrigger/memory';
import { nextPoll } from '../../../nodes/TencentDeskTrigger/newRecords';
import type { Filters, Settings } from '../../../nodes/TencentDeskTrigger/settings';
import { sessionRecord } from './recordList';

const HOUR = 3600;
/** Begins an hour. */
const NOON = 1_790_002_800;

const anyRecord: Filters = { userId: '', agent: '', agentGroup: null, onlyRated: false };
const settings: Settings = {
	filters: anyRecord,
	lookBackS: 24 * HOUR,
	holdBackS: 0,
	timeoutMs: 10_000,
};

/** A trigger whose memory is kept from poll to poll; `listed` is what Desk lists, of whatever time is asked for. */
function createTrigger(chosen: Partial<Settings> = {}) {
	let memory: unknown;
	let isSettled = true;
	const asked: Array<{ from: number; to: number; userId: string }> = [];
	return {
		asked,
		poll: async (now: number, listed: SessionRecord[], application = '1400000001') => {
			const polling = { settings: { ...settings, ...chosen }, application, now };
			const decision = await nextPoll(memory, polling, async ({ from, to }, userId) => {
				asked.push({ from, to, userId });
				return {
					records: new Map(listed.map((record) => [keyOf(record), record])),
					isSettled,
				};
			});
			memory = decision.memory;
			return decision.give.map(({ sessionId }) => sessionId);
		},
		listIsSettled: (settled: boolean) => {
			isSettled = settled;
		},
		change: (settingsNow: Partial<Settings>) => Object.assign(chosen, settingsNow),
	};
}

const ended = (id: string, minutesBeforeNoon: number, entry: Record<string, unknown> = {}) =>
	sessionRecord(id, NOON - minutesBeforeNoon * 60, { Duration: 0, ...entry });

describe('what a poll gives', () => {
	test('nothing the first time, and then what is new, the oldest first', async () => {
		const trigger = createTrigger();
		expect(await trigger.poll(NOON, [ended('old', 1)])).toEqual([]);
		const listed = [ended('newer', -10), ended('new', -5), ended('old', 1)];
		expect(await trigger.poll(NOON + 900, listed)).toEqual(['new', 'newer']);
		expect(await trigger.poll(NOON + 960, listed)).toEqual([]);
	});

	test('a record that appears a day after its time', async () => {
		const trigger = createTrigger();
		await trigger.poll(NOON, [ended('old', 1)]);
		expect(await trigger.poll(NOON + 60, [ended('late', 24 * 60), ended('old', 1)])).toEqual([
			'late',
		]);
	});

	test('nothing for a record whose time Desk moves afterwards', async () => {
		const trigger = createTrigger();
		await trigger.poll(NOON, []);
		expect(await trigger.poll(NOON + 60, [ended('a', 0)])).toEqual(['a']);
		for (let day = 1; day < 5; day++) {
			const moved = sessionRecord('a', NOON + day * 20 * HOUR);
			expect(await trigger.poll(NOON + day * 20 * HOUR + 60, [moved])).toEqual([]);
		}
	});

	test('a record without a session id or a time, once', async () => {
		const trigger = createTrigger();
		await trigger.poll(NOON, []);
		const bare = ended('', 0, { SessionId: undefined, Timestamp: undefined });
		expect(await trigger.poll(NOON + 60, [bare])).toEqual([null]);
		expect(await trigger.poll(NOON + 120, [bare])).toEqual([]);
	});

	test('nothing that was there when the credential came to belong to another application', async () => {
		const trigger = createTrigger();
		await trigger.poll(NOON, []);
		expect(await trigger.poll(NOON + 60, [ended('theirs', 0)], '1400000002')).toEqual([]);
		const listed = [ended('theirs', 0), ended('new', -2)];
		expect(await trigger.poll(NOON + 120, listed, '1400000002')).toEqual(['new']);
	});
});

describe('what a poll reads', () => {
	test('the look back before the newest record, and an hour for clocks that differ', async () => {
		const trigger = createTrigger();
		await trigger.poll(NOON, []);
		await trigger.poll(NOON + 48 * HOUR, [sessionRecord('a', NOON + 47 * HOUR)]);
		await trigger.poll(NOON + 48 * HOUR + 60, []);
		expect(trigger.asked.map(({ from, to }) => [(from - NOON) / HOUR, to - NOON])).toEqual([
			[-25, 0],
			[-25, 48 * HOUR],
			[22, 48 * HOUR + 60],
		]);
	});

	test('two days more while the list moves so much that a record may be missed', async () => {
		const trigger = createTrigger();
		await trigger.poll(NOON, []);
		const newest = sessionRecord('a', NOON + 96 * HOUR);
		trigger.listIsSettled(false);
		await trigger.poll(NOON + 96 * HOUR, [newest]);
		trigger.listIsSettled(true);
		await trigger.poll(NOON + 96 * HOUR + 60, [newest]);
		await trigger.poll(NOON + 96 * HOUR + 120, [newest]);
		expect(trigger.asked.map(({ from }) => (from - NOON) / HOUR)).toEqual([-25, -25, 23, 71]);
	});

	test('never more than 30 days', async () => {
		const trigger = createTrigger();
		await trigger.poll(NOON, []);
		await trigger.poll(NOON + 400 * 24 * HOUR, []);
		expect(trigger.asked[1].from).toBe(NOON + 370 * 24 * HOUR);
	});

	test('no end before its start when the clock was set back for days', async () => {
		const trigger = createTrigger();
		await trigger.poll(NOON, []);
		await trigger.poll(NOON - 72 * HOUR, []);
		expect(trigger.asked[1].to).toBeGreaterThanOrEqual(trigger.asked[1].from);
	});

	test('all that comes, once a clock that ran ahead for days when the trigger began has been set right', async () => {
		const trigger = createTrigger();
		await trigger.poll(NOON + 100 * HOUR, []);
		expect(await trigger.poll(NOON, [ended('old', 1)])).toEqual([]);
		expect(await trigger.poll(NOON + 60, [ended('new', -0.5), ended('old', 1)])).toEqual(['new']);
	});

	test('nothing that was forgotten, when Look Back is raised', async () => {
		const trigger = createTrigger({ lookBackS: HOUR });
		await trigger.poll(NOON, []);
		expect(await trigger.poll(NOON + 60, [ended('a', 0)])).toEqual(['a']);
		const newest = sessionRecord('b', NOON + 10 * HOUR);
		expect(await trigger.poll(NOON + 10 * HOUR, [ended('a', 0), newest])).toEqual(['b']);
		trigger.change({ lookBackS: 72 * HOUR });
		expect(await trigger.poll(NOON + 11 * HOUR, [ended('a', 0), newest])).toEqual([]);
	});

	test('the records of the user of the filter, but of any user the first time', async () => {
		const trigger = createTrigger({ filters: { ...anyRecord, userId: 'mia' } });
		await trigger.poll(NOON, [ended('of noa', 1, { ClientUserId: 'noa' })]);
		await trigger.poll(NOON + 60, []);
		expect(trigger.asked.map(({ userId }) => userId)).toEqual(['', 'mia']);
		trigger.change({ filters: anyRecord });
		expect(await trigger.poll(NOON + 120, [ended('of noa', 1, { ClientUserId: 'noa' })])).toEqual(
			[],
		);
	});
});

describe('filters', () => {
	const others = {
		ofNoa: ended('of noa', 0, { ClientUserId: 'noa' }),
		ofBen: ended('of ben', 0, { AgentId: 'ben@example.com' }),
		ofNobody: ended('of nobody', 0, { AgentId: '' }),
		ofSupport: ended('of support', 0, { AgentGroupId: '1002' }),
		rated: ended('rated', 0, { SatisfactionSelected: 1 }),
		zero: ended('unrated', 0, { SatisfactionSelected: 0 }),
	};

	test.each<[Partial<Filters>, string[]]>([
		[{}, ['of noa', 'of ben', 'of nobody', 'of support', 'rated', 'unrated']],
		[{ userId: 'noa' }, ['of noa']],
		[{ agent: 'Ben@Example.com' }, ['of ben']],
		[{ agentGroup: 1002 }, ['of support']],
		[{ onlyRated: true }, ['rated']],
		[{ userId: 'mia', agent: 'anna@example.com', agentGroup: 1001 }, ['rated', 'unrated']],
	])('%j lets pass %j', async (filters, passing) => {
		const trigger = createTrigger({ filters: { ...anyRecord, ...filters } });
		await trigger.poll(NOON, []);
		expect(await trigger.poll(NOON + 60, Object.values(others))).toEqual(passing);
	});

	test('Only Rated gives a session when its rating comes', async () => {
		const trigger = createTrigger({ filters: { ...anyRecord, onlyRated: true } });
		await trigger.poll(NOON, []);
		expect(await trigger.poll(NOON + 60, [ended('a', 0)])).toEqual([]);
		const rated = ended('a', 0, { SatisfactionSelected: 4 });
		expect(await trigger.poll(NOON + 20 * HOUR, [rated])).toEqual(['a']);
		expect(await trigger.poll(NOON + 21 * HOUR, [rated])).toEqual([]);
	});
});

describe('Hold Back', () => {
	const tenMinutes = { holdBackS: 600 };

	test('a session waits until it has been over for that long', async () => {
		const trigger = createTrigger(tenMinutes);
		await trigger.poll(NOON, []);
		expect(await trigger.poll(NOON + 599, [ended('a', 0)])).toEqual([]);
		expect(await trigger.poll(NOON + 600, [ended('a', 0)])).toEqual(['a']);
		expect(await trigger.poll(NOON + 601, [ended('a', 0)])).toEqual([]);
	});

	test('the time of a record may be its start, so its duration counts on top', async () => {
		const trigger = createTrigger(tenMinutes);
		await trigger.poll(NOON, []);
		const long = ended('a', 0, { Duration: 1800 });
		expect(await trigger.poll(NOON + 2399, [long])).toEqual([]);
		expect(await trigger.poll(NOON + 2400, [long])).toEqual(['a']);
	});

	test('a session waits for longer than Look Back, if Hold Back says so', async () => {
		const trigger = createTrigger({ lookBackS: HOUR, holdBackS: 10 * HOUR });
		await trigger.poll(NOON, []);
		const newer = sessionRecord('newer', NOON + 9 * HOUR, { SatisfactionSelected: 3 });
		expect(await trigger.poll(NOON + 9 * HOUR, [ended('a', 0), newer])).toEqual(['newer']);
		expect(await trigger.poll(NOON + 10 * HOUR, [ended('a', 0), newer])).toEqual(['a']);
	});

	test('a rating ends the waiting', async () => {
		const trigger = createTrigger(tenMinutes);
		await trigger.poll(NOON, []);
		expect(await trigger.poll(NOON + 60, [ended('a', 0, { SatisfactionSelected: 2 })])).toEqual([
			'a',
		]);
		expect(await trigger.poll(NOON + 700, [ended('a', 0, { SatisfactionSelected: 2 })])).toEqual(
			[],
		);
	});
});
