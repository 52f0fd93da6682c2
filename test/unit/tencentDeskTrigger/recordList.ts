import { readSessionRecord, type SessionRecord } from '../../../nodes/shared/desk/session';
import { MOST_PER_PAGE } from '../../../nodes/shared/desk/pages';
import type { RecordPage, TimeWindow } from '../../../nodes/TencentDeskTrigger/readRecords';
import type { Filters, Settings } from '../../../nodes/TencentDeskTrigger/settings';

export const HOUR = 3600;

export const ANY_RECORD: Filters = { userId: '', agent: '', agentGroup: null, onlyRated: false };
export const SETTINGS: Settings = {
	...{ filters: ANY_RECORD, lookBackS: 24 * HOUR, holdBackS: 0, endedWhileOff: 'give' },
	...{ longestGapS: 60, timeoutMs: 10_000 },
};

/** A record, and when it came into Desk's list: epoch seconds, at its own time or later. */
export interface ListedRecord {
	record: SessionRecord;
	appearsAt: number;
}

/** How Desk's list behaves where its page is silent. */
export interface ListHabits {
	order: 'newestFirst' | 'oldestFirst';
	/** Records of the same second change places from answer to answer. */
	shufflesTies: boolean;
	/** `page` says how many this answer holds, `stuck` always 500, `moving` another number each time. */
	totals: 'right' | 'missing' | 'page' | 'stuck' | 'moving';
	/** Most records in an answer. */
	ceiling: number;
}

export const PLAIN: ListHabits = {
	order: 'newestFirst',
	shufflesTies: false,
	totals: 'right',
	ceiling: MOST_PER_PAGE,
};

export function sessionRecord(
	sessionId: string,
	timestamp: number,
	entry: Record<string, unknown> = {},
): SessionRecord {
	return readSessionRecord({
		SessionId: sessionId,
		Timestamp: timestamp,
		Duration: 60,
		ClientUserId: 'mia',
		AgentId: 'anna@example.com',
		AgentGroupId: '1001',
		SatisfactionSelected: 0,
		...entry,
	});
}

/** Numbers from 0 to below 1, the same ones for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}

/**
 * Answers like describe_im_cdr_list.
 * @param sorted as `sortedFor` gives them
 */
export function answerFrom(
	sorted: readonly ListedRecord[],
	{ from, to }: TimeWindow,
	offset: number,
	{ now, habits, random }: { now: number; habits: ListHabits; random: () => number },
): RecordPage {
	const isNewestFirst = habits.order === 'newestFirst';
	/** The first place whose record is not before a time in the order of the list. */
	const placeOf = (time: number) => {
		let [low, high] = [0, sorted.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			const other = sorted[middle].record.timestampSeconds ?? 0;
			if (isNewestFirst ? other > time : other < time) low = middle + 1;
			else high = middle;
		}
		return low;
	};
	const untimed = (isNewestFirst ? [placeOf(0)] : [0, placeOf(1)]) as [number, number?];
	const inWindow = isNewestFirst
		? sorted.slice(placeOf(to), placeOf(from - 1))
		: sorted.slice(placeOf(from), placeOf(to + 1));
	const wanted = [...inWindow, ...sorted.slice(...untimed)].filter(
		({ appearsAt }) => appearsAt <= now,
	);
	if (habits.shufflesTies) swapTies(wanted, random);
	const records = wanted.slice(offset, offset + habits.ceiling).map(({ record }) => record);
	const totals = {
		right: wanted.length,
		missing: undefined,
		page: records.length,
		stuck: 500,
		moving: wanted.length + Math.floor(random() * 5),
	};
	return { records, total: totals[habits.totals] };
}

export function sortedFor({ order }: ListHabits, listed: readonly ListedRecord[]): ListedRecord[] {
	const sign = order === 'newestFirst' ? -1 : 1;
	return [...listed].sort(
		(one, other) =>
			sign * ((one.record.timestampSeconds ?? 0) - (other.record.timestampSeconds ?? 0)),
	);
}

/** Records of the same second change places, as a database without a second order has it. */
function swapTies(records: ListedRecord[], random: () => number): void {
	for (let at = 1; at < records.length; at++) {
		const isTie = records[at].record.timestampSeconds === records[at - 1].record.timestampSeconds;
		if (isTie && random() < 0.5) {
			[records[at - 1], records[at]] = [records[at], records[at - 1]];
		}
	}
}
