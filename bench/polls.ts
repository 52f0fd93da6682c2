import { nextPoll } from '../nodes/TencentDeskTrigger/newRecords';
import type { Memory } from '../nodes/TencentDeskTrigger/memory';
import { readSettings } from '../nodes/TencentDeskTrigger/settings';
import {
	answerFrom,
	PLAIN,
	randomFrom,
	sessionRecord,
	sortedFor,
	type ListedRecord,
	type ListHabits,
} from '../test/unit/tencentDeskTrigger/recordList';
import { markdown } from './table';

const START = 1_790_002_800;
const HOUR = 3600;
const DAY = 24 * HOUR;
const MEASURED_HOURS = 2;
const POLL_TIMES = { item: [{ mode: 'everyMinute' }] };

/** Requests a day of a trigger at defaults that polls every minute, by sessions a day; from two hours of a day, without n8n. */
export async function pollsTable(): Promise<string> {
	const rows: string[][] = [];
	for (const sessions of [500, 5000, 50_000]) {
		const counts = await Promise.all(
			(['newestFirst', 'oldestFirst'] as const).map(
				async (order) => await requestsOf(sessions, { ...PLAIN, order }),
			),
		);
		const all = 1440 * Math.ceil((sessions * (25 / 24)) / 100);
		rows.push([sessions, ...counts, all].map((count) => count.toLocaleString('en')));
	}
	const head = ['Sessions a day', 'Newest first', 'Oldest first', 'If each poll read everything'];
	return markdown([head, ...rows]);
}

async function requestsOf(sessions: number, habits: ListHabits): Promise<number> {
	const reading = readSettings({ pollTimes: POLL_TIMES });
	if ('problem' in reading) throw new Error(reading.problem.message);
	const random = randomFrom(1);
	const sorted = sortedFor(habits, sessionsOf(sessions, random));
	let memory: Memory | undefined;
	let requests = 0;
	for (let minute = 0; minute <= MEASURED_HOURS * 60; minute++) {
		const now = START + DAY + minute * 60;
		const polling = { settings: reading.settings, application: 'app', now };
		const decision = await nextPoll(memory, polling, async (window, offset) => {
			// The first poll only looks at what is there.
			if (minute > 0) requests += 1;
			return answerFrom(sorted, window, offset, { now, habits, random });
		});
		memory = decision.memory;
	}
	return requests * (24 / MEASURED_HOURS);
}

/** Evenly over the day, of 2 to 20 minutes, listed by their start when they end. */
function sessionsOf(aDay: number, random: () => number): ListedRecord[] {
	const count = Math.round((aDay * (24 + MEASURED_HOURS)) / 24);
	return Array.from({ length: count }, (_, n) => {
		const start = START + Math.floor((n * DAY) / aDay);
		const Duration = Math.floor(120 + random() * 1080);
		return { record: sessionRecord(`s${n}`, start, { Duration }), appearsAt: start + Duration };
	});
}
