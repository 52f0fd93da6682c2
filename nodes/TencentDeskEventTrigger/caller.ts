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
