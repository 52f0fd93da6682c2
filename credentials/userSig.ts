import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { DeskAccount } from './deskAccount';

export interface UserSigInput {
	sdkAppId: number;
	userId: string;
	/** Used as UTF-8 text, although it looks like hex. */
	secretKey: string;
	/** Unix time in seconds. */
	issuedAt: number;
	/** Seconds from `issuedAt` for which the signature is valid. */
	validForSeconds: number;
}

/**
 * Computes a UserSig (TLSSigAPIv2, "ver 2.0"), the signature that logs an administrator in to the REST API.
 * Pure: no clock, no cache. Field order and line ends matter to the server.
 * Source: https://www.tencentcloud.com/document/product/1047/34385 and npm package tls-sig-api-v2.
 */
export async function createUserSig(input: UserSigInput): Promise<string> {
	const { sdkAppId, userId, secretKey, issuedAt, validForSeconds } = input;
	const signedText =
		`TLS.identifier:${userId}\n` +
		`TLS.sdkappid:${sdkAppId}\n` +
		`TLS.time:${issuedAt}\n` +
		`TLS.expire:${validForSeconds}\n`;
	const document = JSON.stringify({
		'TLS.ver': '2.0',
		'TLS.identifier': userId,
		'TLS.sdkappid': sdkAppId,
		'TLS.time': issuedAt,
		'TLS.expire': validForSeconds,
		'TLS.sig': createHmac('sha256', secretKey).update(signedText).digest('base64'),
	});
	const compressed = await deflate(document);
	return compressed
		.toString('base64')
		.replaceAll('+', '*')
		.replaceAll('/', '-')
		.replaceAll('=', '_');
}

/** zlib format (RFC 1950). The Web stream, since verified nodes may not import node:zlib. */
async function deflate(text: string): Promise<Buffer> {
	const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate'));
	return Buffer.from(await new Response(stream).arrayBuffer());
}

/** Tencent advises at least 24 h: https://cloud.tencent.com/document/product/269/1664 */
const VALID_FOR_SECONDS = 24 * 60 * 60;
const RENEW_AFTER_MS = 60 * 60 * 1000;
const MOST_ACCOUNTS_KEPT = 100;
/** Of each account those of a day, since it is as long that one lets in. */
const MOST_HEADS_KEPT = 2400;
/** Characters of a signature that tell it from any other text. */
const HEAD = 24;

interface KeptSignature {
	issuedAtMs: number;
	/** Pending while it is computed, so that requests started together share one computation. */
	userSig: Promise<string>;
}

const kept = new Map<string, KeptSignature>();
/** How the signatures begin that were made; the rest of them is the secret. */
const heads = new Set<string>();
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
	forgetOldest(kept, MOST_ACCOUNTS_KEPT);
	userSig.then(noteHead, () => kept.delete(key));
	return await userSig;
}

function noteHead(userSig: string): void {
	heads.add(userSig.slice(0, HEAD));
	forgetOldest(heads, MOST_HEADS_KEPT);
}

function forgetOldest(store: Map<string, unknown> | Set<string>, most: number): void {
	for (const key of store.keys()) {
		if (store.size <= most) return;
		store.delete(key);
	}
}

/** An asterisk as it stands in a URL, in a URL within a URL, and in JSON that escapes it. */
const ASTERISK = /%(?:25)*2[aA]|\\u002[aA]/g;
/** Any text in Tencent's base64 that begins as deflated text does. */
const PERHAPS_USER_SIG = /eJ(?:[\w*-]|%(?:25)*2[aA]|\\u002[aA]){22,}/g;

/** A text without the signatures that this process has made; what only looks like one stays. */
export function withoutUserSigs(text: string): string {
	return text.replaceAll(PERHAPS_USER_SIG, (found) => {
		const plain = found.replaceAll(ASTERISK, '*');
		return [...heads].some((head) => plain.includes(head)) ? '(signature)' : found;
	});
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
