import { createHash, timingSafeEqual } from 'node:crypto';

/** The query of a call, as n8n has parsed it: anyone may have written it. */
export type Query = Record<string, unknown>;

export interface Expected {
	/** SDKAppID of the credential. */
	sdkAppId: number;
	/** The callback token of the application; '' when calls are not signed. */
	token: string;
}

/** https://cloud.tencent.com/document/product/269/32431 */
const LONGEST_AGE_S = 60;

/**
 * Why a call is not from the expected application; undefined when it is. Tencent signs only the token and the time of
 * the call: Sign = hex SHA-256 of the token, followed by RequestTime (epoch seconds), and not the body.
 * @param nowMs Unix milliseconds
 */
export function callerFault(query: Query, expected: Expected, nowMs: number): string | undefined {
	if (query.SdkAppid !== String(expected.sdkAppId)) return 'another SDKAppID';
	if (expected.token === '') return undefined;
	const { Sign: sign, RequestTime: time } = query;
	if (typeof sign !== 'string' || typeof time !== 'string') return 'no signature';
	if (!isSigned(sign, expected.token + time)) return 'a wrong signature';
	const ageS = Math.abs(nowMs / 1000 - Number(time));
	return ageS <= LONGEST_AGE_S ? undefined : 'an old signature';
}

function isSigned(sign: string, signed: string): boolean {
	const digest = Buffer.from(createHash('sha256').update(signed).digest('hex'));
	const given = Buffer.from(sign.toLowerCase());
	return given.length === digest.length && timingSafeEqual(given, digest);
}

/** 66 bits: no two of the calls that are remembered at once share it. */
const KEY_LENGTH = 11;
/** Some 7 kB of the static data of a workflow, which n8n writes anew with every event. */
const MOST_STORED = 500;

/** A short name of a call, the same for its repeats. */
export function callKey(...names: string[]): string {
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
