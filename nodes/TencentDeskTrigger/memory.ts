import { createHash } from 'node:crypto';

import type { SessionRecord } from '../shared/desk/session';
import { isRecord } from '../shared/desk/reply';

/** What the trigger keeps between two polls, as it stands in n8n's static data. All times are epoch seconds. */
export interface Memory {
	version: 1;
	/** SDKAppID. The sessions of another application are other ones. */
	application: string;
	/** From this time on, all records that were given, or were there when the trigger started, are known. */
	knownFrom: number;
	/** Keys of records, one behind the other without a gap, by the hour of their time. */
	known: Record<string, string>;
}

/** The hour of the time of a record, by its key. */
export type KnownRecords = Map<string, number>;

export const HOUR_S = 3600;

/** 54 bits: with 20,000 keys, once in 10^12 times a new record has one that is taken. */
const KEY_LENGTH = 9;

/** A short name for a record that stays the same when it is rated later. */
export function keyOf(record: SessionRecord): string {
	const { sessionId, userId, agent, timestampSeconds } = record;
	const name = sessionId ?? JSON.stringify([userId, agent, timestampSeconds]);
	return createHash('sha256').update(name).digest('base64url').slice(0, KEY_LENGTH);
}

/** The hour under which a record is kept; one without a time goes by when it was seen. */
export function hourOf({ timestampSeconds }: SessionRecord, seenAt: number): number {
	return Math.floor((timestampSeconds ?? seenAt) / HOUR_S);
}

/** Reads what an earlier poll left; undefined when there is nothing of this application. */
export function readMemory(stored: unknown, application: string): Memory | undefined {
	if (!isRecord(stored) || stored.version !== 1 || stored.application !== application) {
		return undefined;
	}
	const isUsable = Number.isFinite(stored.knownFrom) && isRecord(stored.known);
	return isUsable ? (stored as unknown as Memory) : undefined;
}

export function unpackKnown(known: Memory['known']): KnownRecords {
	const records: KnownRecords = new Map();
	for (const [hour, keys] of Object.entries(known)) {
		for (let at = 0; at < keys.length; at += KEY_LENGTH) {
			records.set(keys.slice(at, at + KEY_LENGTH), Number(hour));
		}
	}
	return records;
}

/** Leaves out what is older than `from`, an epoch second at which an hour begins. */
export function packKnown(records: KnownRecords, from: number): Memory['known'] {
	const known: Record<string, string> = {};
	for (const [key, hour] of records) {
		if (hour * HOUR_S >= from) known[hour] = (known[hour] ?? '') + key;
	}
	return known;
}
