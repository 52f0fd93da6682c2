import crypto from 'node:crypto';
import fc from 'fast-check';

import type { DeskAccount } from '../../../credentials/deskAccount';
import { userSigOf } from '../../../credentials/userSig';
import { decodeUserSig } from './decodeUserSig';

/** Called once for each signature that is made. */
const signing = jest.spyOn(crypto, 'createHmac');

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOW = 1_700_000_000_000;

let sdkAppId = 1400000000;
/** An account that no other test has used: the memory lasts as long as the process. */
const newAccount = (): DeskAccount => ({
	origin: 'https://console.tim.qq.com',
	sdkAppId: sdkAppId++,
	adminUserId: 'administrator',
	secretKey: 'the key of the account',
});

const issuedAt = async (account: DeskAccount, nowMs: number) =>
	decodeUserSig(await userSigOf(account, nowMs))['TLS.time'];

beforeEach(() => signing.mockClear());

test('a signature names the account, the second it was made in, and a day of validity', async () => {
	const account = newAccount();
	expect(decodeUserSig(await userSigOf(account, NOW + 999))).toMatchObject({
		'TLS.identifier': 'administrator',
		'TLS.sdkappid': account.sdkAppId,
		'TLS.time': NOW / 1000,
		'TLS.expire': 86400,
	});
});

test('the same signature is given for an hour, then it is made anew, as when the clock was set back', async () => {
	const account = newAccount();
	const first = await userSigOf(account, NOW);
	for (const laterMs of [0, 1, MINUTE, HOUR - 1]) {
		expect(await userSigOf({ ...account }, NOW + laterMs)).toBe(first);
	}
	expect(signing).toHaveBeenCalledTimes(1);
	expect(await issuedAt(account, NOW + HOUR)).toBe((NOW + HOUR) / 1000);
	expect(await issuedAt(account, NOW + 2 * HOUR - 1)).toBe((NOW + HOUR) / 1000);
	expect(await issuedAt(account, NOW + 2 * HOUR)).toBe((NOW + 2 * HOUR) / 1000);
	expect(await issuedAt(account, NOW - 1000)).toBe(NOW / 1000 - 1);
});

test('requests started together share one computation', async () => {
	const account = newAccount();
	const given = await Promise.all(
		Array.from({ length: 50 }, async () => await userSigOf({ ...account }, NOW)),
	);
	expect(new Set(given).size).toBe(1);
	expect(signing).toHaveBeenCalledTimes(1);
});

test('a computation that failed is not kept', async () => {
	const account = newAccount();
	signing.mockImplementationOnce(() => {
		throw new Error('out of memory');
	});
	await expect(userSigOf(account, NOW)).rejects.toThrow('out of memory');
	expect(await issuedAt(account, NOW)).toBe(NOW / 1000);
});

test('accounts that differ in any one field never share a signature', async () => {
	const text = fc.string({ minLength: 1, maxLength: 12 });
	const accounts = fc.record<DeskAccount>({
		origin: fc.constantFrom('https://console.tim.qq.com', 'https://adminapisgp.im.qcloud.com'),
		sdkAppId: fc.integer({ min: 1, max: 1_000_000 }),
		adminUserId: text,
		secretKey: text,
	});
	let runs = 0;
	const fields = ['origin', 'sdkAppId', 'adminUserId', 'secretKey'] as const;
	await fc.assert(
		fc.asyncProperty(
			accounts,
			accounts,
			fc.constantFrom(...fields),
			fc.integer({ min: 1, max: 1000 }),
			async (account, source, field, laterS) => {
				const other = { ...account, [field]: source[field] };
				fc.pre(other[field] !== account[field]);
				// Hours after the runs before, whose accounts may be the same.
				const nowMs = NOW + 2 * HOUR * ++runs;
				await userSigOf(account, nowMs);
				const others = decodeUserSig(await userSigOf(other, nowMs + laterS * 1000));
				expect(others).toMatchObject({
					'TLS.identifier': other.adminUserId,
					'TLS.sdkappid': other.sdkAppId,
					'TLS.time': Math.floor(nowMs / 1000) + laterS,
				});
				expect(signing).toHaveBeenLastCalledWith('sha256', other.secretKey);
			},
		),
		{ numRuns: 150 },
	);
});

test('fields that only read the same when joined are other accounts too', async () => {
	const account = { ...newAccount(), adminUserId: 'admin","x', secretKey: 'y' };
	await userSigOf(account, NOW);
	expect(await issuedAt({ ...account, adminUserId: 'admin', secretKey: 'x","y' }, NOW + 5000)).toBe(
		NOW / 1000 + 5,
	);
});

test('only the hundred accounts signed for last are kept', async () => {
	const first = newAccount();
	await userSigOf(first, NOW);
	const others = Array.from({ length: 100 }, newAccount);
	for (const account of others) await userSigOf(account, NOW);
	expect(await issuedAt(first, NOW + 1000)).toBe(NOW / 1000 + 1);
	expect(await issuedAt(others[99], NOW + 1000)).toBe(NOW / 1000);
	expect(await issuedAt(others[1], NOW + 1000)).toBe(NOW / 1000);
	expect(await issuedAt(others[0], NOW + 1000)).toBe(NOW / 1000 + 1);
});

test('an account that is renewed counts as signed for last', async () => {
	const renewed = newAccount();
	await userSigOf(renewed, NOW);
	const others = Array.from({ length: 99 }, newAccount);
	for (const account of others) await userSigOf(account, NOW + HOUR);
	await userSigOf(renewed, NOW + HOUR);
	await userSigOf(newAccount(), NOW + HOUR);
	expect(await issuedAt(renewed, NOW + HOUR + 1000)).toBe((NOW + HOUR) / 1000);
	expect(await issuedAt(others[0], NOW + HOUR + 1000)).toBe((NOW + HOUR) / 1000 + 1);
});

describe('what a look into the memory of the process shows', () => {
	/** The keys under which a fresh copy of the cache keeps a signature of the account. */
	async function keysUsedFor(account: DeskAccount): Promise<unknown[]> {
		const keys: unknown[] = [];
		const set = jest.spyOn(Map.prototype, 'set').mockImplementation(function (
			this: Map<unknown, unknown>,
			key: unknown,
			value: unknown,
		) {
			if (isKeptSignature(value)) keys.push(key);
			return Reflect.apply(originalSet, this, [key, value]) as Map<unknown, unknown>;
		});
		try {
			await jest.isolateModulesAsync(async () => {
				const cache = await import('../../../credentials/userSig');
				await cache.userSigOf(account, NOW);
			});
		} finally {
			set.mockRestore();
		}
		return keys;
	}

	const originalSet = Reflect.get(Map.prototype, 'set');
	const isKeptSignature = (value: unknown) =>
		typeof value === 'object' && value !== null && 'userSig' in value;

	test('no key holds a secret, or anything else of the account, in readable form', async () => {
		const account = { ...newAccount(), secretKey: 'a very secret key' };
		const keys = await keysUsedFor(account);
		expect(keys).toHaveLength(1);
		for (const part of Object.values(account)) expect(String(keys[0])).not.toContain(String(part));
		const decoded = Buffer.from(String(keys[0]), 'base64').toString('latin1');
		expect(decoded).not.toContain('secret');
	});

	test('a key cannot be computed from the account, since every process has its own', async () => {
		const account = newAccount();
		const [inOneProcess] = await keysUsedFor(account);
		const [inAnother] = await keysUsedFor(account);
		expect(inOneProcess).not.toBe(inAnother);
	});
});
