import crypto from 'node:crypto';

import {
	callerFault,
	createRecent,
	callKey,
	storedWith,
} from '../../../nodes/TencentDeskEventTrigger/calls';

/** https://cloud.tencent.com/document/product/269/32431 */
const VECTOR = {
	token: 'xxxxyyyy',
	RequestTime: '1669872112',
	Sign: '17773bc39a671d7b9aa835458704d2a6db81360a5940292b587d6d760d484061',
};
const { token, RequestTime, Sign } = VECTOR;
const AT_MS = 1669872112_000;
const signed = { SdkAppid: '1400000000', RequestTime, Sign };

test.each<[what: string, query: object, fault: string | undefined, token: string, nowMs: number]>([
	["Tencent's own vector", signed, undefined, token, AT_MS],
	['a minute later', signed, undefined, token, AT_MS + 60_000],
	['later than that', signed, 'an old signature', token, AT_MS + 60_001],
	['from the future', signed, 'an old signature', token, AT_MS - 61_000],
	['capital letters', { ...signed, Sign: Sign.toUpperCase() }, undefined, token, AT_MS],
	['another token', signed, 'a wrong signature', 'xxxyyy', AT_MS],
	['another time', { ...signed, RequestTime: '1669872113' }, 'a wrong signature', token, AT_MS],
	['half a signature', { ...signed, Sign: Sign.slice(32) }, 'a wrong signature', token, AT_MS],
	['letters beyond ASCII', { ...signed, Sign: 'ü'.repeat(64) }, 'a wrong signature', token, AT_MS],
	['no signature', { SdkAppid: '1400000000' }, 'no signature', token, AT_MS],
	['two signatures', { ...signed, Sign: [Sign, Sign] }, 'no signature', token, AT_MS],
	['no token, so none is asked for', { SdkAppid: '1400000000' }, undefined, '', AT_MS],
	['another application', { ...signed, SdkAppid: '1499999999' }, 'another SDKAppID', token, AT_MS],
	['the application twice', { SdkAppid: ['1400000000'] }, 'another SDKAppID', '', AT_MS],
	['no application', {}, 'another SDKAppID', '', AT_MS],
])('a call with %s', (_what, query, fault, expectedToken, nowMs) => {
	const expected = { sdkAppId: 1400000000, token: expectedToken };
	expect(callerFault(query as Record<string, unknown>, expected, nowMs)).toBe(fault);
});

test('a wrong signature takes as long as the right one, so that nobody can guess it piece by piece', () => {
	const compare = jest.spyOn(crypto, 'timingSafeEqual');
	const wrong = { ...signed, Sign: `${Sign.slice(0, -1)}0` };
	callerFault(wrong, { sdkAppId: 1400000000, token }, AT_MS);
	expect(compare).toHaveBeenCalledTimes(1);
});

test('a call is known by workflow, node and its own name, none of which runs into the next', () => {
	expect(callKey('w', 'n', 'r-1')).toBe(callKey('w', 'n', 'r-1'));
	const keys = [callKey('w', 'n', 'r-1'), callKey('w', 'nr', '-1'), callKey('w2', 'n', 'r-1')];
	expect(new Set(keys).size).toBe(3);
});

test('the process forgets the oldest call first', () => {
	const recent = createRecent<number>(2);
	['a', 'b', 'c'].forEach((key, n) => recent.put(key, n));
	expect(['a', 'b', 'c'].map(recent.get)).toEqual([undefined, 1, 2]);
});

test.each<[what: string, stored: unknown, kept: unknown]>([
	['nothing yet', undefined, ['new']],
	['what it cannot read', { seen: 1 }, ['new']],
	['others', ['a', 3, 'b'], ['a', 'b', 'new']],
	['the call itself', ['a', 'new'], undefined],
])('n8n keeps %s', (_what, stored, kept) => {
	expect(storedWith(stored, 'new')).toEqual(kept);
});

test('n8n keeps at most 500 calls, the newest', () => {
	const stored = Array.from({ length: 500 }, (_, n) => `k${n}`);
	const kept = storedWith(stored, 'new');
	expect([kept?.length, kept?.[0], kept?.at(-1)]).toEqual([500, 'k1', 'new']);
});
