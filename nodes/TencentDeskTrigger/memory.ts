import { createHash } from 'node:crypto';

import { isRecord } from '../shared/desk/values';
import { recordKey, type SessionRecord } from '../shared/desk/session';

/** What the trigger keeps between two polls, as it stands in n8n's static data. All times are epoch seconds. */
export interface Memory {
	version: 2;
	/** SDKAppID. The sessions of another application are other ones. */
	application: string;
	/** Grows with every poll: of two memories of one node, the one with more is newer. */
	polls: number;
	polledAt: number;
	/** From this time on, all records that were seen are known. The start of a slot. */
	knownFrom: number;
	/** Keys of records that are done with, one behind the other without a gap, by slots since `knownFrom`. */
	known: string[];
	/** Keys of records that wait to be rated, or for the end of Hold Back, by the number of their slot. */
	waiting: Record<string, string>;
	/** When a slot has to be read again at the latest, since Hold Back ends for one of its records. */
	due: Record<string, number>;
	/** How many records Desk lists in a slot where that is not the number of keys. */
	listed: Record<string, number>;
	/** When everything was read last. */
	wholeAt: number;
	/** While everything is being read: from where on it still has to be. */
	sweepFrom?: number;
	/** Where a poll stopped before the end: at an offset of the part that begins at `from`. */
	resume?: { from: number; offset: number };
	/** While the first reading goes on: what is older than this was there before, and starts nothing. */
	startedAt?: number;
	/** What the waiting records wait for. */
	waitFor: { onlyRated: boolean; holdBackS: number };
}

/** A record that was seen. */
export interface Entry {
	slot: number;
	isWaiting: boolean;
}

/** Records that were seen, by key; several where keys are alike. */
export type KnownRecords = Map<string, Entry[]>;

export const HOUR_S = 3600;
/** Records are counted by slots of five minutes: less than a page of them, also at 10,000 sessions a day. */
export const SLOT_S = 300;

/**
 * 36 bits. With 30,000 keys, one of two million new records has a key that is taken. That alone loses nothing: a record
 * only counts as known if Desk lists no more records of this key than were seen before.
 */
const KEY_LENGTH = 6;

export function shortKey(record: SessionRecord): string {
	return createHash('sha256').update(recordKey(record)).digest('base64url').slice(0, KEY_LENGTH);
}

export const slotOf = (time: number): number => Math.floor(time / SLOT_S);

/** Reads what an earlier poll left; undefined when there is nothing of this application. */
export function readMemory(stored: unknown, application: string): Memory | undefined {
	if (!isRecord(stored) || stored.version !== 2 || stored.application !== application) {
		return undefined;
	}
	const isUsable = Number.isFinite(stored.knownFrom) && Array.isArray(stored.known);
	return isUsable ? (stored as unknown as Memory) : undefined;
}

export function unpackKnown({ knownFrom, known, waiting }: Memory): KnownRecords {
	const records: KnownRecords = new Map();
	const add = (keys: string, entry: Entry) => {
		for (let at = 0; at < keys.length; at += KEY_LENGTH) {
			const key = keys.slice(at, at + KEY_LENGTH);
			const entries = records.get(key);
			if (entries === undefined) records.set(key, [entry]);
			else entries.push(entry);
		}
	};
	const first = slotOf(knownFrom);
	known.forEach((keys, index) => add(keys, { slot: first + index, isWaiting: false }));
	for (const [slot, keys] of Object.entries(waiting)) {
		add(keys, { slot: Number(slot), isWaiting: true });
	}
	return records;
}

/** How many records are known in each slot. */
export function countsOf(records: KnownRecords): Map<number, number> {
	const counts = new Map<number, number>();
	for (const { slot } of [...records.values()].flat()) {
		counts.set(slot, (counts.get(slot) ?? 0) + 1);
	}
	return counts;
}

/** Leaves out what is older than `knownFrom`, the start of a slot. */
export function packKnown(
	records: KnownRecords,
	knownFrom: number,
): Pick<Memory, 'known' | 'waiting'> {
	const first = slotOf(knownFrom);
	const known: string[] = [];
	const waiting: Memory['waiting'] = {};
	for (const [key, entries] of records) {
		for (const { slot, isWaiting } of entries) {
			if (slot < first) continue;
			if (isWaiting) waiting[slot] = (waiting[slot] ?? '') + key;
			else known[slot - first] = (known[slot - first] ?? '') + key;
		}
	}
	return { known: Array.from(known, (keys) => keys ?? ''), waiting };
}

/** The newest memory of each node whose records n8n has surely taken; n8n itself stores nothing for a poll without any. */
const taken = new Map<string, Memory>();

/**
 * The memory that a poll goes on from. n8n may hold an older one: it begins a workflow that is published during a poll
 * with what was stored before, and drops what a poll of the activation leaves when it keeps cursors.
 * @param node names the node in this n8n process
 */
export function newestMemory(
	node: string,
	stored: unknown,
	application: string,
): Memory | undefined {
	const here = readMemory(stored, application);
	const other = readMemory(taken.get(node), application);
	if (here === undefined || other === undefined) return here ?? other;
	return other.polls > here.polls ? other : here;
}

/**
 * What to put into n8n's static data after a poll. Whether n8n takes the records of a poll or throws them away (the
 * workflow was published anew meanwhile) is only seen by what it does next: it stores the static data as JSON, or not.
 */
export function keepAfterPoll(node: string, memory: Memory, givesRecords: boolean): object {
	const isTaken = () => {
		taken.set(node, memory);
		return memory;
	};
	if (!givesRecords) isTaken();
	return givesRecords
		? Object.defineProperty({ ...memory }, 'toJSON', { value: isTaken })
		: { ...memory };
}
