import { createHash } from 'node:crypto';

/** 66 bits: no two of the calls that are remembered at once share it. */
const KEY_LENGTH = 11;
/** Some 7 kB of the static data of a workflow, which n8n writes anew with every event. */
const MOST_STORED = 500;

/** A short name of a call, the same for its repeats. */
export function keyOf(...names: string[]): string {
	return createHash('sha256')
		.update(JSON.stringify(names))
		.digest('base64url')
		.slice(0, KEY_LENGTH);
}

/** What was put in lately; the oldest is forgotten when there are more than `most`. */
export function createRecent<Value>(most: number) {
	const values = new Map<string, Value>();
	return {
		get: (key: string): Value | undefined => values.get(key),
		put(key: string, value: Value): void {
			values.set(key, value);
			for (const oldest of values.keys()) {
				if (values.size <= most) return;
				values.delete(oldest);
			}
		},
		drop: (key: string): boolean => values.delete(key),
	};
}

/**
 * The keys to store when a call comes in, the oldest left out; undefined when its key is among them.
 * @param stored what n8n kept: anything, since another version of the node may have written it
 */
export function storedWith(stored: unknown, key: string): string[] | undefined {
	const keys = Array.isArray(stored) ? stored.filter((each) => typeof each === 'string') : [];
	return keys.includes(key) ? undefined : [...keys, key].slice(-MOST_STORED);
}
