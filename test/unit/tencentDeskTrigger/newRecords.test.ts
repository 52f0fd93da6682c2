import { recordKey, type SessionRecord } from '../../../nodes/shared/desk/session';
import { readMemory, type Memory } from '../../../nodes/TencentDeskTrigger/memory';
import { nextPoll } from '../../../nodes/TencentDeskTrigger/newRecords';
import type { TimeWindow } from '../../../nodes/TencentDeskTrigger/readRecords';
import type { Filters, Settings } from '../../../nodes/TencentDeskTrigger/settings';
import {
	ANY_RECORD,
	answerFrom,
	HOUR,
	PLAIN,
	sessionRecord,
	SETTINGS,
	sortedFor,
	type ListHabits,
} from './recordList';

/** Begins an hour. */
const NOON = 1_790_002_800;

/** A trigger whose memory is kept from poll to poll; `listed` is what Desk has. */
function createTrigger(chosen: Partial<Settings> = {}, habits: Partial<ListHabits> = {}) {
	let memory: Memory | undefined;
	const windows: TimeWindow[] = [];
	const requests: number[] = [];
	const poll = async (
		now: number,
		listed: SessionRecord[],
		{ application = '1400000001', mostRequests = Infinity } = {},
	) => {
		const list: ListHabits = { ...PLAIN, ...habits };
		const sorted = sortedFor(
			list,
			listed.map((record) => ({ record, appearsAt: 0 })),
		);
		let count = 0;
		const polling = { settings: { ...SETTINGS, ...chosen }, application, now };
		const decision = await nextPoll(
			readMemory(memory, application),
			polling,
			async (window, offset) => {
				if (count === mostRequests) return undefined;
				if (count === 0) windows.push(window);
				count += 1;
				return answerFrom(sorted, window, offset, { now, habits: list, random: () => 0.9 });
			},
		);
		requests.push(count);
		memory = JSON.parse(JSON.stringify(decision.memory)) as Memory;
		return decision.give.map(({ sessionId }) => sessionId);
	};
	return {
		poll,
		/** Of each poll, what it asked for first. */
		windows,
		/** Of each poll. */
		requests,
		memoryLength: () => JSON.stringify(memory).length,
		change: (settingsNow: Partial<Settings>) => Object.assign(chosen, settingsNow),
		listIs: (habitsNow: Partial<ListHabits>) => Object.assign(habits, habitsNow),
	};
}

/** One whose first poll, at noon when not said, finds nothing. */
async function begin(chosen: Partial<Settings> = {}, at = NOON) {
	const trigger = createTrigger(chosen);
	await trigger.poll(at, []);
	return trigger;
}

const OTHER = { application: '1400000002' };

const ended = (id: string, minutesBeforeNoon: number, entry: Record<string, unknown> = {}) =>
	sessionRecord(id, NOON - minutesBeforeNoon * 60, { Duration: 0, ...entry });

/** A poll at so many seconds after noon, what Desk lists then, and what it gives. */
type Poll = [at: number, listed: SessionRecord[], given: Array<string | null>];

const [A, RATED] = [ended('a', 0), ended('a', 0, { SatisfactionSelected: 4 })];
const BARE = ended('', 0, { SessionId: undefined, Timestamp: undefined });
const LONG = ended('a', 0, { Duration: 1800 });
const OLD = ended('old', 1);
const LATE = ended('late', 24 * 60);
const NEWS = [ended('newer', -10), ended('new', -5), OLD];
const NEWER = sessionRecord('newer', NOON + 9 * HOUR, { SatisfactionSelected: 3 });
const movedTo = (at: number) => sessionRecord('a', NOON + at);
const tenMinutes = { holdBackS: 600 };
const onlyRated = { filters: { ...ANY_RECORD, onlyRated: true } };

test.each<[what: string, settings: Partial<Settings>, ...polls: Poll[]]>([
	[
		'nothing the first time, and then what is new, the oldest first',
		{},
		[0, [OLD], []],
		[900, NEWS, ['new', 'newer']],
		[960, NEWS, []],
	],
	['a record that appears a day after its time', {}, [0, [OLD], []], [60, [LATE, OLD], ['late']]],
	[
		'nothing for a record whose time Desk moves afterwards',
		{},
		[0, [], []],
		[60, [A], ['a']],
		...[1, 2, 3, 4].map((day): Poll => [day * 20 * HOUR + 60, [movedTo(day * 20 * HOUR)], []]),
	],
	[
		'a record without a session id or a time, once',
		{},
		[0, [], []],
		[60, [BARE], [null]],
		[120, [BARE], []],
	],
	[
		'with Only Rated a session when its rating comes',
		onlyRated,
		[0, [], []],
		[60, [A], []],
		[20 * HOUR, [RATED], ['a']],
		[21 * HOUR, [RATED], []],
	],
	[
		'with Hold Back a session when it has been over for that long',
		tenMinutes,
		[0, [], []],
		[599, [A], []],
		[600, [A], ['a']],
		[601, [A], []],
	],
	[
		'a session whose time may be its start, when its duration has passed on top',
		tenMinutes,
		[0, [], []],
		[2399, [LONG], []],
		[2400, [LONG], ['a']],
	],
	[
		'a session that waits for longer than Look Back, if Hold Back says so',
		{ lookBackS: HOUR, holdBackS: 10 * HOUR },
		[0, [], []],
		[9 * HOUR, [A, NEWER], ['newer']],
		[10 * HOUR, [A, NEWER], ['a']],
	],
	[
		'a session whose waiting a rating ends',
		tenMinutes,
		[0, [], []],
		[60, [RATED], ['a']],
		[700, [RATED], []],
	],
])('a trigger gives %s', async (_what, chosen, ...polls) => {
	const trigger = createTrigger({ ...chosen });
	for (const [at, listed, given] of polls) {
		expect([at, await trigger.poll(NOON + at, listed)]).toEqual([at, given]);
	}
});

test('nothing that was there when the credential came to belong to another application', async () => {
	const trigger = await begin();
	expect(await trigger.poll(NOON + 60, [ended('theirs', 0)], OTHER)).toEqual([]);
	const listed = [ended('theirs', 0), ended('new', -2)];
	expect(await trigger.poll(NOON + 120, listed, OTHER)).toEqual(['new']);
});

describe('what a poll reads', () => {
	test('the look back before the newest record, and an hour for clocks that differ', async () => {
		const trigger = await begin();
		await trigger.poll(NOON + 48 * HOUR, [sessionRecord('a', NOON + 47 * HOUR)]);
		await trigger.poll(NOON + 48 * HOUR + 60, []);
		expect(trigger.windows.map(({ from, to }) => [(from - NOON) / HOUR, to - NOON])).toEqual([
			[-25, 0],
			[-25, 48 * HOUR],
			[22, 48 * HOUR + 60],
		]);
	});

	test('two days more while the list moves so much that a record may be missed', async () => {
		const trigger = await begin();
		const newest = sessionRecord('a', NOON + 96 * HOUR);
		trigger.listIs({ totals: 'moving' });
		await trigger.poll(NOON + 96 * HOUR, [newest]);
		trigger.listIs({ totals: 'right' });
		await trigger.poll(NOON + 96 * HOUR + 60, [newest]);
		await trigger.poll(NOON + 96 * HOUR + 120, [newest]);
		expect(trigger.windows.map(({ from }) => (from - NOON) / HOUR)).toEqual([-25, -25, 23, 71]);
	});

	test('never more than 30 days', async () => {
		const trigger = await begin();
		await trigger.poll(NOON + 400 * 24 * HOUR, []);
		expect(trigger.windows[1].from).toBe(NOON + 370 * 24 * HOUR);
	});

	test('no end before its start when the clock was set back for days', async () => {
		const trigger = await begin();
		await trigger.poll(NOON - 72 * HOUR, []);
		expect(trigger.windows[1].to).toBeGreaterThanOrEqual(trigger.windows[1].from);
	});

	test('all that comes, once a clock that ran ahead for days when the trigger began has been set right', async () => {
		const trigger = await begin({}, NOON + 100 * HOUR);
		expect(await trigger.poll(NOON, [ended('old', 1)])).toEqual([]);
		expect(await trigger.poll(NOON + 60, [ended('new', -0.5), ended('old', 1)])).toEqual(['new']);
	});

	test('nothing that was forgotten, when Look Back is raised', async () => {
		const trigger = await begin({ lookBackS: HOUR });
		expect(await trigger.poll(NOON + 60, [ended('a', 0)])).toEqual(['a']);
		const newest = sessionRecord('b', NOON + 10 * HOUR);
		expect(await trigger.poll(NOON + 10 * HOUR, [ended('a', 0), newest])).toEqual(['b']);
		trigger.change({ lookBackS: 72 * HOUR });
		expect(await trigger.poll(NOON + 11 * HOUR, [ended('a', 0), newest])).toEqual([]);
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
		const trigger = await begin({ filters: { ...ANY_RECORD, ...filters } });
		expect(await trigger.poll(NOON + 60, Object.values(others))).toEqual(passing);
	});
});

describe('a setting that is changed between two polls', () => {
	const strict: Partial<Settings> = {
		filters: { userId: 'vip', agent: 'ben@example.com', agentGroup: 1002, onlyRated: true },
	};
	const of = (id: string, minutes: number, entry = {}) =>
		ended(id, minutes, {
			ClientUserId: 'vip',
			AgentId: 'ben@example.com',
			AgentGroupId: '1002',
			SatisfactionSelected: 5,
			...entry,
		});
	const without = (filter: Partial<Filters>): Partial<Settings> => ({
		filters: { ...(strict.filters as Filters), ...filter },
	});

	const base: Partial<Settings> = { ...SETTINGS, ...strict, lookBackS: HOUR };
	const others: Array<[string, Partial<Settings>]> = [
		['User ID', without({ userId: '' })],
		['Agent', without({ agent: '' })],
		['Agent Group', without({ agentGroup: null })],
		['Only Rated', without({ onlyRated: false })],
		['all filters', { filters: ANY_RECORD }],
		['Look Back', { lookBackS: 72 * HOUR }],
		['Hold Back', { holdBackS: 600 }],
		['a longer Hold Back', { holdBackS: 10 * HOUR }],
		['Sessions Ended While Off', { endedWhileOff: 'skip' }],
		['Poll Times', { longestGapS: 24 * HOUR }],
		['Timeout', { timeoutMs: 1000 }],
		[
			'all at once',
			{ filters: ANY_RECORD, lookBackS: 72 * HOUR, holdBackS: 600, endedWhileOff: 'skip' },
		],
	];

	test.each<[string, Partial<Settings>, Partial<Settings>]>([
		...others.flatMap(([what, other]): Array<[string, Partial<Settings>, Partial<Settings>]> => [
			[`${what}, there`, base, { ...base, ...other }],
			[`${what}, and back`, { ...base, ...other }, base],
		]),
		['another User ID', without({ userId: 'noa' }), strict],
		['another Agent', without({ agent: 'anna@example.com' }), strict],
		['another Agent Group', without({ agentGroup: 1001 }), strict],
	])('%s: nothing from before comes, and what ends after it does', async (_what, one, other) => {
		const trigger = createTrigger({ ...one });
		const before = [
			of('given', 60),
			of('of another user', 61, { ClientUserId: 'ann' }),
			of('of another agent', 62, { AgentId: 'anna@example.com' }),
			of('of another group', 63, { AgentGroupId: '1001' }),
			of('unrated', 64, { SatisfactionSelected: 0 }),
			...Array.from({ length: 300 }, (_, n) => of(`old-${n}`, 1300, { ClientUserId: 'ann' })),
		];
		await trigger.poll(NOON - 2 * HOUR, []);
		await trigger.poll(NOON, before);
		trigger.change(other);
		const listed = [...before, of('new', -1)];
		expect(await trigger.poll(NOON + 120, listed)).toEqual(['new']);
		expect(await trigger.poll(NOON + 2 * HOUR, listed)).toEqual([]);
	});

	test('a session that waits under Hold Back and passes the filters of before and after still comes, once', async () => {
		const trigger = await begin({ holdBackS: 3600 });
		const listed = [of('waits', 0, { SatisfactionSelected: 0 }), ended('of mia', 0)];
		expect(await trigger.poll(NOON + 60, listed)).toEqual([]);
		trigger.change({ filters: { ...ANY_RECORD, userId: 'vip' }, holdBackS: 600 });
		expect(await trigger.poll(NOON + 120, listed)).toEqual([]);
		expect(await trigger.poll(NOON + 660, listed)).toEqual(['waits']);
		expect(await trigger.poll(NOON + 720, listed)).toEqual([]);
	});
});

describe('two records of one session', () => {
	test.each([
		['two agents had it', [{ AgentId: 'anna@example.com' }, { AgentId: 'ben@example.com' }]],
		['it came back to the same agent', [{}, {}]],
	])('%s: each comes once, also when one is rated later', async (_why, [one, other]) => {
		const trigger = await begin();
		const first = ended('s', 20, one);
		expect(await trigger.poll(NOON + 60, [first])).toEqual(['s']);
		const second = ended('s', 0, other);
		expect(await trigger.poll(NOON + 120, [first, second])).toEqual(['s']);
		const rated = ended('s', 0, { ...other, SatisfactionSelected: 5 });
		expect(await trigger.poll(NOON + 180, [first, rated])).toEqual([]);
		expect(await trigger.poll(NOON + 2 * HOUR, [first, rated])).toEqual([]);
	});

	test('keys are alike when a record is rated or moved, and not for another agent', () => {
		const key = (entry: Record<string, unknown>) => recordKey(ended('s', 0, entry));
		expect(key({ SatisfactionSelected: 5, Timestamp: 1, Duration: 9 })).toBe(key({}));
		expect(key({ AgentId: 'ben@example.com' })).not.toBe(key({}));
	});
});

/** So many records, one each `everyS` seconds, the newest at `to`. */
const many = (count: number, to: number, everyS: number, prefix = 'known') =>
	Array.from({ length: count }, (_, n) =>
		sessionRecord(`${prefix}-${n}`, Math.floor(to - n * everyS)),
	);

describe('a trigger that was off', () => {
	const DAYS = 24 * HOUR;
	/** 105,000 sessions in 21 days. */
	const missed = many(105_000, NOON - 60, 17.28, 'missed');

	test('comes back whatever it missed: in parts, the oldest first, each once, with a small memory', async () => {
		const trigger = await begin({}, NOON - 21 * DAYS);
		const given: Array<string | null> = [];
		let polls = 0;
		while (given.length < 104_900 && polls < 20) {
			const part = await trigger.poll(NOON + polls * 60, missed);
			polls += 1;
			given.push(...part);
			expect(trigger.memoryLength()).toBeLessThan(200_000);
		}
		expect(await trigger.poll(NOON + polls * 60, missed)).toEqual([]);
		const times = given.map((id) => Number(id?.replace('missed-', '')));
		expect(times).toEqual([...times].sort((one, other) => other - one));
		expect(new Set(given).size).toBe(given.length);
		expect(given.length).toBeGreaterThan(104_900);
		expect(polls).toBeLessThan(10);
		expect(Math.max(...trigger.requests)).toBeLessThan(300);
	});

	test.each([
		['skip', NOON, ['new']],
		['give', NOON, ['missed', 'new']],
		// A poll a minute was late, no more.
		['skip', NOON - 10 * DAYS + 300, ['missed', 'new']],
	] as const)('with %s', async (endedWhileOff, back, expected) => {
		const trigger = await begin({ endedWhileOff }, NOON - 10 * DAYS);
		const listed = [sessionRecord('missed', NOON - 10 * DAYS + 60)];
		const given = await trigger.poll(back, listed);
		listed.push(sessionRecord('new', back + 30));
		given.push(...(await trigger.poll(back + 60, listed)));
		expect(given).toEqual(expected);
	});

	test('with skip, a session that waited under Hold Back before still comes', async () => {
		const trigger = await begin({ endedWhileOff: 'skip', holdBackS: 8 * HOUR }, NOON - 600);
		const waits = ended('waits', 30);
		expect(await trigger.poll(NOON, [waits])).toEqual([]);
		const listed = [waits, sessionRecord('missed', NOON + 5 * HOUR, { SatisfactionSelected: 5 })];
		expect(await trigger.poll(NOON + 10 * HOUR, listed)).toEqual(['waits']);
	});
});

test('where n8n leaves little time, a poll gives what it has read, and the next ones the rest, each once', async () => {
	const trigger = await begin({}, NOON - 60);
	const listed = many(3000, NOON - 1, 0.01);
	const given: Array<string | null> = [];
	for (let poll = 0; poll < 8; poll++) {
		const part = await trigger.poll(NOON + poll * 60, listed, { mostRequests: 16 });
		if (poll < 2) expect(part.length).toBeGreaterThan(0);
		given.push(...part);
	}
	expect([given.length, new Set(given).size]).toEqual([3000, 3000]);
});

describe('requests', () => {
	const KNOWN = [3000, 30_000];
	const ORDERS = ['newestFirst', 'oldestFirst'] as const;
	const cases = KNOWN.flatMap((known) => ORDERS.map((order) => [known, order] as const));
	test.each(cases)('with %d known, %s: 3 when nothing is new', async (known, order) => {
		const trigger = createTrigger({ ...tenMinutes, lookBackS: 72 * HOUR }, { order });
		const everyS = (71 * HOUR) / known;
		const listed = many(known, NOON, everyS);
		await trigger.poll(NOON - 300, many(known, NOON, everyS).slice(0, -1));
		// Some wait under Hold Back.
		await trigger.poll(NOON + 60, listed);
		for (let minute = 2; minute < 25; minute++) await trigger.poll(NOON + minute * 60, listed);
		expect(Math.max(...trigger.requests.slice(15))).toBeLessThanOrEqual(3);
		expect(trigger.memoryLength()).toBeLessThan(200_000);
	});

	test.each(cases)('with %d known, %s: 12 and one for 100 new ones', async (known, order) => {
		const trigger = createTrigger({ lookBackS: 72 * HOUR }, { order });
		const listed = many(known, NOON, (71 * HOUR) / known);
		await trigger.poll(NOON, listed);
		let now = NOON;
		const comes = async (records: SessionRecord[]) => {
			now += 60;
			listed.push(...records);
			expect(await trigger.poll(now, listed)).toHaveLength(records.length);
			expect(trigger.requests.at(-1)).toBeLessThanOrEqual(12 + records.length / 100);
		};
		for (const hours of [0.4, 5, 24, 50, 70.9]) {
			await comes([sessionRecord(`late-${hours}`, NOON - hours * HOUR)]);
		}
		for (const count of [1, 7, 100, 1000]) {
			await comes(many(count, now + 60, 60 / count, `new-${count}`));
		}
	});

	test('a rating of one of the newest 100 is seen at the next poll', async () => {
		const trigger = createTrigger({ holdBackS: HOUR }, { order: 'oldestFirst' });
		const listed = many(3000, NOON, 20);
		await trigger.poll(NOON - 2400, listed.slice(120));
		expect(await trigger.poll(NOON, listed)).toEqual([]);
		listed[97] = sessionRecord('known-97', NOON - 97 * 20, { SatisfactionSelected: 1 });
		expect(await trigger.poll(NOON + 60, listed)).toEqual(['known-97']);
		expect(trigger.requests[2]).toBeLessThanOrEqual(3);
	});

	test('a record that moved is not new, though another came into its place', async () => {
		const trigger = createTrigger();
		const listed = many(3000, NOON, 20);
		await trigger.poll(NOON, listed);
		const moved = [...listed];
		moved[2000] = sessionRecord('known-2000', NOON + 30);
		moved.push(sessionRecord('late', NOON - 2000 * 20));
		expect(await trigger.poll(NOON + 60, moved)).toEqual(['late']);
		expect(await trigger.poll(NOON + 2 * HOUR, moved)).toEqual([]);
	});

	test.each(['missing', 'page', 'stuck', 'moving'] as const)(
		'where the totals are %s, the next poll finds what is new all the same',
		async (totals) => {
			for (const order of ORDERS) {
				const trigger = createTrigger({}, { totals, order });
				const listed = many(3000, NOON, 20);
				await trigger.poll(NOON, listed);
				const news = [sessionRecord('late', NOON - 5 * HOUR), sessionRecord('new', NOON + 30)];
				expect(await trigger.poll(NOON + 60, [...listed, ...news])).toEqual(['late', 'new']);
			}
		},
	);

	test('a whole reading once an hour finds what no total tells: a rating, one that came for one that went', async () => {
		const trigger = createTrigger({ filters: { ...ANY_RECORD, onlyRated: true } });
		const listed = many(3000, NOON, 20);
		await trigger.poll(NOON - 61, []);
		await trigger.poll(NOON + 1, listed);
		listed[2000] = sessionRecord('known-2000', NOON - 2000 * 20, { SatisfactionSelected: 1 });
		listed[2900] = sessionRecord('instead', NOON - 2900 * 20, { SatisfactionSelected: 1 });
		const given: Array<string | null> = [];
		for (let minute = 1; minute <= 61; minute++) {
			given.push(...(await trigger.poll(NOON + minute * 60, listed)));
		}
		expect(given).toEqual(['instead', 'known-2000']);
		expect(trigger.requests.filter((count) => count > 5)).toHaveLength(2);
	});
});
