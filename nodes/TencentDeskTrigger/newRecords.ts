import type { SessionRecord } from '../shared/desk/session';
import type { Settings, Filters } from './settings';
import type { RecordsRead } from './readRecords';
import {
	readMemory,
	HOUR_S,
	hourOf,
	packKnown,
	unpackKnown,
	type KnownRecords,
	type Memory,
} from './memory';

export interface Polling {
	settings: Settings;
	/** SDKAppID. */
	application: string;
	/** By n8n's clock, epoch seconds. */
	now: number;
}

/** Reads all records of a time; those of any user when the user is empty. */
export type ReadAll = (window: TimeWindow, userId: string) => Promise<Omit<RecordsRead, 'isWhole'>>;

/**
 * What the next poll gives, and what must be stored together with that. Nothing that is stored is changed.
 * @param stored what was stored last; anything that is no memory of this application is a first poll, which gives nothing
 */
export async function nextPoll(
	stored: unknown,
	{ settings, application, now }: Polling,
	readAll: ReadAll,
): Promise<Decision> {
	const memory = readMemory(stored, application);
	if (memory !== undefined && !isOfTheFuture(memory, now)) {
		const reading = await readAll(windowOf(memory, now), settings.filters.userId);
		return decide(reading, memory, settings, now);
	}
	const window = firstWindow(settings, now);
	// Of any user: the filter may change, and what is there now is not given then either.
	const { records } = await readAll(window, '');
	return { give: [], memory: firstMemory(records, window, application, now) };
}

/**
 * Left by a first poll while the clock ran ahead: until that time nothing would be given. With records in it, it is the
 * clock of now that is behind.
 */
function isOfTheFuture({ knownFrom, known }: Memory, now: number): boolean {
	return knownFrom > now && Object.keys(known).length === 0;
}

/** Epoch seconds, both included. */
export interface TimeWindow {
	from: number;
	to: number;
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
/** Also bounds what a workflow gives at once that was off for months. */
const FURTHEST_BACK_S = 30 * 24 * HOUR_S;

/**
 * The times whose records a poll must read: from where on it knows what was given, so that nothing is lost while n8n was
 * off, and nothing is read that was forgotten, whatever the clock and the options have become. Never into the future,
 * which Desk may not like: while the clock of n8n is behind, new records wait until it has caught up.
 */
export function windowOf({ knownFrom }: Memory, now: number): TimeWindow {
	const from = Math.max(knownFrom, now - FURTHEST_BACK_S);
	return { from, to: Math.max(from, now) };
}

/** What the first reading looks at: whatever is there is known from then on, and is not given. */
export function firstWindow(settings: Settings, now: number): TimeWindow {
	return { from: forgetBefore(now, settings), to: now };
}

export function firstMemory(
	records: RecordsRead['records'],
	{ from }: TimeWindow,
	application: string,
	now: number,
): Memory {
	const known: KnownRecords = new Map();
	for (const [key, record] of records) known.set(key, hourOf(record, now));
	return { version: 1, application, knownFrom: from, known: packKnown(known, from) };
}

/** Decides which of the records that were read are given now, oldest first. Changes nothing that it is given. */
export function decide(
	{ records, isSettled }: Omit<RecordsRead, 'isWhole'>,
	memory: Memory,
	settings: Settings,
	now: number,
): Decision {
	const known = unpackKnown(memory.known);
	const give: SessionRecord[] = [];
	let newest = 0;
	for (const [key, record] of records) {
		newest = Math.max(newest, record.timestampSeconds ?? 0);
		const hour = hourOf(record, now);
		const knownHour = known.get(key);
		if (knownHour !== undefined) {
			// Desk may move the time of a record; it is forgotten by its latest one.
			known.set(key, Math.max(hour, knownHour));
			continue;
		}
		const isTooOld = record.timestampSeconds !== null && record.timestampSeconds < memory.knownFrom;
		if (isTooOld || !passes(record, settings.filters) || !isDue(record, settings, now)) continue;
		known.set(key, hour);
		give.push(record);
	}
	give.sort((one, other) => (one.timestampSeconds ?? now) - (other.timestampSeconds ?? now));

	// The newest record tells the true time, at least as late as it is: a clock that runs ahead must not make the trigger
	// forget what it will read again, or look past what comes meanwhile.
	const latest = Math.min(now, newest) - (isSettled ? 0 : UNSETTLED_S);
	const knownFrom = Math.max(memory.knownFrom, forgetBefore(latest, settings));
	return { give, memory: { ...memory, knownFrom, known: packKnown(known, knownFrom) } };
}

/** Whether a record is one of those that the builder asked for. */
export function passes(record: SessionRecord, filters: Filters): boolean {
	const { userId, agent, agentGroup, onlyRated } = filters;
	return (
		(userId === '' || record.userId === userId) &&
		(agent === '' || record.agent?.toLowerCase() === agent.toLowerCase()) &&
		(agentGroup === null || record.agentGroup === agentGroup) &&
		(!onlyRated || record.rating !== null)
	);
}

/**
 * Whether a record need not wait for a rating any longer. Its time may be its start, so its duration counts on top. It
 * waits no longer than the next reading surely reaches back.
 */
function isDue(record: SessionRecord, settings: Settings, now: number): boolean {
	const { rating, timestampSeconds, durationSeconds } = record;
	if (settings.holdBackS === 0 || rating !== null || timestampSeconds === null) return true;
	const waitS = Math.min((durationSeconds ?? 0) + settings.holdBackS, reachOf(settings));
	return timestampSeconds + waitS <= now;
}

/** The time before which no record is expected any more at `time`: an epoch second at which an hour begins. */
function forgetBefore(time: number, settings: Settings): number {
	return Math.floor((time - reachOf(settings) - MARGIN_S) / HOUR_S) * HOUR_S;
}

function reachOf({ lookBackS, holdBackS }: Settings): number {
	return Math.max(lookBackS, holdBackS);
}
