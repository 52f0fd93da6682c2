import { createHash, randomBytes } from 'node:crypto';

import type { DeskAccount } from './deskAccount';
import { createUserSig } from './userSig';

/** Tencent advises at least 24 h: https://cloud.tencent.com/document/product/269/1664 */
const VALID_FOR_SECONDS = 24 * 60 * 60;
const RENEW_AFTER_MS = 60 * 60 * 1000;
const MOST_ACCOUNTS_KEPT = 100;

interface KeptSignature {
	issuedAtMs: number;
	/** Pending while it is computed, so that requests started together share one computation. */
	userSig: Promise<string>;
}

const kept = new Map<string, KeptSignature>();
const processKey = randomBytes(32);

/**
 * The UserSig of an account, from memory when it was computed less than an hour ago.
 * @param nowMs Unix time in milliseconds
 */
export async function userSigOf(account: DeskAccount, nowMs: number): Promise<string> {
	const key = cacheKey(account);
	const known = kept.get(key);
	const age = known === undefined ? Infinity : nowMs - known.issuedAtMs;
	// A negative age means that the clock was set back: the kept signature would lie in the future.
	if (known !== undefined && age >= 0 && age < RENEW_AFTER_MS) return await known.userSig;

	const userSig = createUserSig({
		sdkAppId: account.sdkAppId,
		userId: account.adminUserId,
		secretKey: account.secretKey,
		issuedAt: Math.floor(nowMs / 1000),
		validForSeconds: VALID_FOR_SECONDS,
	});
	kept.delete(key);
	kept.set(key, { issuedAtMs: nowMs, userSig });
	forgetOldest();
	userSig.catch(() => kept.delete(key));
	return await userSig;
}

function forgetOldest(): void {
	for (const key of kept.keys()) {
		if (kept.size <= MOST_ACCOUNTS_KEPT) return;
		kept.delete(key);
	}
}

/**
 * Every field that the signature depends on, and no secret in readable form. With a key of this process, so that it
 * cannot be recognised from a known credential; not as an HMAC, which takes several times as long for every request.
 */
function cacheKey({ origin, sdkAppId, adminUserId, secretKey }: DeskAccount): string {
	return createHash('sha256')
		.update(processKey)
		.update(JSON.stringify([origin, sdkAppId, adminUserId, secretKey]))
		.digest('base64');
}
