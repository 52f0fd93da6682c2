import { timingSafeEqual } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import { Api } from 'tls-sig-api-v2';
import { z } from 'zod';
import type { App } from './world';

/** A UserSig document is about 200 bytes; more than this is an attack on the inflater, not a signature. */
const MAX_DOCUMENT_BYTES = 16_384;

const userSigDocument = z.object({
	'TLS.ver': z.literal('2.0'),
	'TLS.identifier': z.string(),
	'TLS.sdkappid': z.number().int(),
	'TLS.time': z.number().int(),
	'TLS.expire': z.number().int(),
	'TLS.userbuf': z.string().optional(),
	'TLS.sig': z.string(),
});

type UserSigDocument = z.infer<typeof userSigDocument>;

const decode = (userSig: string): UserSigDocument | null => {
	// Tencent's own base64 alphabet. Node's decoder skips what it does not know, the service does not.
	if (!/^[A-Za-z0-9*-]+_{0,2}$/.test(userSig) || userSig.length % 4 !== 0) return null;
	const base64 = userSig.replace(/\*/g, '+').replace(/-/g, '/').replace(/_/g, '=');
	try {
		const text = inflateSync(Buffer.from(base64, 'base64'), {
			maxOutputLength: MAX_DOCUMENT_BYTES,
		}).toString('utf8');
		return userSigDocument.parse(JSON.parse(text));
	} catch {
		return null;
	}
};

const signedBy = (app: App, document: UserSigDocument): boolean => {
	const expected = new Api(app.sdkAppId, app.secretKey)._hmacsha256(
		document['TLS.identifier'],
		document['TLS.time'],
		document['TLS.expire'],
		document['TLS.userbuf'] ?? null,
	);
	const [left, right] = [Buffer.from(expected), Buffer.from(document['TLS.sig'])];
	return left.length === right.length && timingSafeEqual(left, right);
};

/**
 * Checks a UserSig as Tencent documents it (679/131708): the code of the first thing wrong, or null.
 * A UserSig from the future is accepted: no page says how large a clock skew the service tolerates.
 */
export const userSigFault = (
	userSig: string,
	app: App,
	identifier: string,
	nowMs: number,
): number | null => {
	if (userSig === '') return 70002;
	const document = decode(userSig);
	if (document === null) return 70003;
	if (document['TLS.sdkappid'] !== app.sdkAppId) return 70014;
	if (document['TLS.identifier'] !== identifier) return 70013;
	if (!signedBy(app, document)) return 70009;
	if (document['TLS.time'] + document['TLS.expire'] <= nowMs / 1000) return 70001;
	return null;
};
