import { isWith, type SessionRecord } from '../shared/desk/session';
import {
	countsOf,
	HOUR_S,
	shortKey,
	packKnown,
	SLOT_S,
	slotOf,
	unpackKnown,
	type Entry,
	type KnownRecords,
	type Memory,
} from './memory';
import {
	readChanges,
	type AskWindow,
	type Plan,
	type ChangesRead,
	type TimeWindow,
} from './readRecords';
import type { Filters, Settings } from './settings';

export interface Polling {
	settings: Settings;
	/** SDKAppID. */
	application: string;
	/** By n8n's clock, epoch seconds. */
	now: number;
}

/** What a poll gives, and what the trigger must remember if it is given. */
export interface Decision {
	give: SessionRecord[];
	memory: Memory;
}

/** For clocks that differ, n8n's and Desk's. */
const MARGIN_S = HOUR_S;
/** How much longer the next polls look back when a record may have been missed. Bounded, lest the memory grows for ever. */
const UNSETTLED_S = 48 * HOUR_S;
const FURTHEST_BACK_S = 30 * 24 * HOUR_S;
/** Ratings change no total, and a record that came may hide one that went: so often all is read, whatever the totals say. */
const WHOLE_EVERY_S = HOUR_S;
/** The newest records are read again at every poll while one of them waits: about as many as one or two pages hold. */
const RECENT = 100;
/** What one poll gives at most; the next one goes on. */
const MOST_AT_ONCE = 20_000;
/** How much later than planned a poll may come. */
const LATE_S = 600;

/**
 * What the next poll gives, and what must be stored together with that. Nothing that is stored is changed.
 * @param memory what is remembered; without it, the poll only looks at what is there, and gives nothing
 */
export async function nextPoll(
	memory: Memory | undefined,
	polling: Polling,
	askWindow: AskWindow,
): Promise<Decision> {
	const usable = memory && isOfTheFuture(memory, polling.now) ? undefined : memory;
	const begun = begin(usable, polling);
	const known = unpackKnown(begun);
	const plan = planOf(begun, known, polling);
	return decide(await readChanges(askWindow, plan), begun, known, polling);
}

/** The memory that the poll goes on from. */
function begin(memory: Memory | undefined, { settings, application, now }: Polling): Memory {
	const from = Math.max(forgetBefore(now, settings), memory?.knownFrom ?? 0);
	const start = { startedAt: now, sweepFrom: from, knownFrom: from };
	if (memory === undefined) {
		return {
			version: 2,
			application,
			polls: 0,
			polledAt: now,
			known: [],
			waiting: {},
			due: {},
			listed: {},
			wholeAt: 0,
			waitFor: waitForOf(settings),
			...start,
		};
	}
	const wasOff = now - memory.polledAt > settings.longestGapS + LATE_S;
	if (!wasOff || settings.endedWhileOff === 'give') return memory;
	return { ...memory, ...start, ...packKnown(unpackKnown(memory), from) };
}

/**
 * Left by a first poll while the clock ran ahead: until that time nothing would be given. With records in it, it is the
 * clock of now that is behind.
 */
function isOfTheFuture({ knownFrom, known, waiting }: Memory, now: number): boolean {
	return knownFrom > now && known.length === 0 && Object.keys(waiting).length === 0;
}

function planOf(memory: Memory, known: KnownRecords, { settings, now }: Polling): Plan {
	const window = windowOf(memory, now);
	const counts = countsOf(known);
	for (const [slot, count] of Object.entries(memory.listed)) counts.set(Number(slot), count);
	const isWholeDue = Math.abs(now - memory.wholeAt) >= WHOLE_EVERY_S;
	return {
		window,
		known,
		counts,
		dueSlots: dueSlotsOf(memory, counts, settings, now),
		sweepFrom: memory.sweepFrom ?? (isWholeDue ? window.from : undefined),
		resume: memory.resume,
		mostNew: memory.startedAt === undefined ? MOST_AT_ONCE : Infinity,
	};
}

/**
 * The times whose records a poll looks at: from where on it knows what was seen, so that nothing is lost while n8n was off,
 * and nothing is read that was forgotten, whatever the clock and the options have become. Never into the future, which
 * Desk may not like: while the clock of n8n is behind, new records wait until it has caught up.
 */
function windowOf({ knownFrom }: Memory, now: number): TimeWindow {
	const from = Math.max(knownFrom, SLOT_S * slotOf(now - FURTHEST_BACK_S));
	return { from, to: Math.max(from, now) };
}

function dueSlotsOf(
	memory: Memory,
	counts: ReadonlyMap<number, number>,
	settings: Settings,
	now: number,
): Set<number> {
	const slots = Object.keys(memory.waiting).map(Number);
	if (hasOtherWaits(memory, settings)) return new Set(slots);

	const newestFirst = [...counts.keys()].sort((one, other) => other - one);
	let seen = 0;
	const recent = newestFirst.filter((slot, index) => {
		seen += counts.get(slot) ?? 0;
		return index === 0 || seen <= RECENT;
	});
	return new Set(
		slots.filter((slot) => (memory.due[slot] ?? Infinity) <= now || recent.includes(slot)),
	);
}

const waitForOf = ({ filters, holdBackS }: Settings): Memory['waitFor'] => ({
	onlyRated: filters.onlyRated,
	holdBackS,
});

function hasOtherWaits({ waitFor }: Memory, settings: Settings): boolean {
	const { onlyRated, holdBackS } = waitForOf(settings);
	return waitFor.onlyRated !== onlyRated || waitFor.holdBackS !== holdBackS;
}

/** Decides which of the records that were read are given now, oldest first. Changes nothing that it is given. */
function decide(
	reading: ChangesRead,
	memory: Memory,
	known: KnownRecords,
	{ settings, now }: Polling,
): Decision {
	const { cut, whole } = reading;
	const timeOf = ({ timestampSeconds }: SessionRecord) => timestampSeconds ?? now;
	const slotOfRecord = (record: SessionRecord) => slotOf(timeOf(record));
	const give: SessionRecord[] = [];
	const due: Memory['due'] = {};
	const isChanged = hasOtherWaits(memory, settings);
	for (const slot of Object.keys(memory.waiting)) {
		if (whole.has(Number(slot))) continue;
		const time = isChanged ? now : memory.due[slot];
		if (time !== undefined) due[slot] = time;
	}
	let newest = SLOT_S * Math.max(0, ...countsOf(known).keys());
	const isAnyNew = (until: number) =>
		[...reading.seen.values()].some((record) => {
			const isInTime = timeOf(record) >= memory.knownFrom && timeOf(record) <= until;
			return isInTime && !known.has(shortKey(record));
		});
	// The oldest first; of the part in which it stopped, and of later ones, only where there is nothing older.
	const until = cut && ([cut.from - 1, cut.to].find(isAnyNew) ?? Infinity);
	const seen = new Map<string, SessionRecord[]>();
	for (const record of reading.seen.values()) {
		if (timeOf(record) < memory.knownFrom || timeOf(record) > (until ?? Infinity)) continue;
		newest = Math.max(newest, record.timestampSeconds ?? 0);
		seen.set(shortKey(record), [...(seen.get(shortKey(record)) ?? []), record]);
	}
	// What waited for a rating only: the filters of then have not let it pass.
	const isGivenUp = memory.waitFor.onlyRated && !settings.filters.onlyRated;
	const unseen = (entry: Entry) => (isGivenUp ? { ...entry, isWaiting: false } : entry);
	const next: KnownRecords = new Map();
	for (const [key, entries] of known) next.set(key, entries.map(unseen));
	for (const [key, records] of seen) {
		next.set(key, pairUp(records.sort(byTime), known.get(key) ?? []));
	}

	/** The entries of one key after the poll: of records that stand where one stood, that have moved, and that are new. */
	function pairUp(records: SessionRecord[], before: readonly Entry[]): Entry[] {
		const entries = [...before];
		const take = (isIt: (entry: Entry) => boolean) => {
			const at = entries.findIndex(isIt);
			return at === -1 ? undefined : entries.splice(at, 1)[0];
		};
		const settled: Entry[] = [];
		const elsewhere = records.filter((record) => {
			const entry = take(({ slot }) => slot === slotOfRecord(record));
			if (entry !== undefined) settled.push(settle(record, entry));
			return entry === undefined;
		});
		for (const record of elsewhere) {
			const isGone = ({ slot }: Entry) => whole.has(slot) || record.timestampSeconds === null;
			settled.push(settle(record, take(isGone)));
		}
		return [...settled, ...entries.map(unseen)];
	}

	function settle(record: SessionRecord, before: Entry | undefined): Entry {
		const slot = slotOfRecord(record);
		if (before !== undefined && !before.isWaiting) return { slot, isWaiting: false };
		const fate = fateOf(record, before !== undefined);
		if (fate === 'give') give.push(record);
		if (typeof fate === 'number') due[slot] = Math.min(due[slot] ?? Infinity, fate);
		return { slot, isWaiting: fate === 'wait' || typeof fate === 'number' };
	}

	/** What becomes of a record that was not given yet; a number is until when it is held back. */
	function fateOf(record: SessionRecord, hasWaited: boolean): 'give' | 'drop' | 'wait' | number {
		const { filters } = settings;
		const isOfBefore =
			!hasWaited &&
			memory.startedAt !== undefined &&
			(record.timestampSeconds ?? 0) <= memory.startedAt;
		if (isOfBefore || !isOfFilters(record, filters)) return 'drop';
		if (record.rating !== null) return 'give';
		if (filters.onlyRated) return 'wait';
		if (hasWaited && isGivenUp) return 'drop';
		const until = heldUntil(record, settings);
		return until <= now ? 'give' : until;
	}

	give.sort(byTime);
	// The newest record tells the true time, at least as late as it is: a clock that runs ahead must not make the trigger
	// forget what it will read again, or look past what comes meanwhile.
	const latest = Math.min(now, newest) - (reading.isSettled ? 0 : UNSETTLED_S);
	const knownFrom = Math.max(
		memory.knownFrom,
		Math.min(forgetBefore(latest, settings), cut?.from ?? Infinity),
	);
	const packed = packKnown(next, knownFrom);
	return {
		give,
		memory: {
			version: 2,
			application: memory.application,
			polls: memory.polls + 1,
			polledAt: now,
			knownFrom,
			...packed,
			due: Object.fromEntries(Object.entries(due).filter(([slot]) => slot in packed.waiting)),
			listed: listedIn(next, reading, memory, knownFrom),
			wholeAt: reading.wasSwept ? now : memory.wholeAt,
			...(reading.sweepFrom !== undefined && { sweepFrom: reading.sweepFrom }),
			...(cut !== undefined && {
				resume: { from: cut.from, offset: until === cut.from - 1 ? 0 : cut.offset },
			}),
			...(cut !== undefined && memory.startedAt !== undefined && { startedAt: memory.startedAt }),
			waitFor: waitForOf(settings),
		},
	};
}

/** Slots in which Desk lists another number of records than are known: some went, or a part was not read to its end. */
function listedIn(
	known: KnownRecords,
	{ counts, cut }: ChangesRead,
	memory: Memory,
	knownFrom: number,
): Memory['listed'] {
	const listed: Memory['listed'] = {};
	for (const [slot, count] of countsOf(known)) {
		const isRead = cut === undefined || slot * SLOT_S < cut.from;
		const now = isRead ? (counts.get(slot) ?? 0) : (memory.listed[slot] ?? count);
		if (slot >= slotOf(knownFrom) && now !== count) listed[slot] = now;
	}
	return listed;
}

/** Whether a record is of those that the builder asked for, rated or not. */
export function isOfFilters(record: SessionRecord, filters: Filters): boolean {
	const isOfUser = filters.userId === '' || record.userId === filters.userId;
	return isOfUser && isWith(record, filters);
}

/**
 * Until when a record waits for a rating. Its time may be its start, so its duration counts on top. It waits no longer than
 * the next reading surely reaches back.
 */
function heldUntil(record: SessionRecord, settings: Settings): number {
	const { timestampSeconds, durationSeconds } = record;
	if (settings.holdBackS === 0 || timestampSeconds === null) return 0;
	const waitS = (durationSeconds ?? 0) + settings.holdBackS;
	return timestampSeconds + Math.min(waitS, reachOf(settings));
}

/** The time before which no record is expected any more at `time`: an epoch second at which an hour begins. */
function forgetBefore(time: number, settings: Settings): number {
	return Math.floor((time - reachOf(settings) - MARGIN_S) / HOUR_S) * HOUR_S;
}

function reachOf({ lookBackS, holdBackS }: Settings): number {
	return Math.max(lookBackS, holdBackS);
}

export function byTime(one: SessionRecord, other: SessionRecord): number {
	return (one.timestampSeconds ?? Infinity) - (other.timestampSeconds ?? Infinity) || 0;
}
