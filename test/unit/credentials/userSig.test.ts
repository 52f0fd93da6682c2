import fc from 'fast-check';
import { Api } from 'tls-sig-api-v2';

import { createUserSig } from '../../../credentials/userSig';
import { anyText } from '../anyText';
import { freezeDate, thawDate } from '../frozenDate';
import { bytesOf, decodeUserSig, textOf } from './decodeUserSig';

// The vendor's demo key and one that is obviously made up; vectors: fact sheet, section 4.
const KEY_1 = '5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e';
const KEY_2 = '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef';
const NOW_S = 1700000000;

beforeEach(() => freezeDate(NOW_S * 1000));
afterEach(thawDate);

const signNow = async (
	sdkAppId: number,
	secretKey: string,
	userId: string,
	validForSeconds: number,
) => await createUserSig({ sdkAppId, userId, secretKey, issuedAt: NOW_S, validForSeconds });

describe('the portable part of the known signatures', () => {
	test.each([
		[
			'V1',
			1400000000,
			KEY_1,
			'administrator',
			15552000,
			'JCzxanF8NTTXau4m+2h9wv7gYJnyNksm0xm1NEXU274=',
		],
		['V2', 20000123, KEY_2, 'admin', 300, 'F8Vgza0sANU43vxBcCxwp4Zd/3DCZ4TBA7cEY4dHEe0='],
		['V3', 1400000000, KEY_1, '客服_管理员', 86400, '3pkOV7cW+xPkKArpQaNrT1sAbpMnvGBRg2HAsARj25I='],
	])('%s holds', async (_name, sdkAppId, key, userId, validForSeconds, signature) => {
		expect(decodeUserSig(await signNow(sdkAppId, key, userId, validForSeconds))).toEqual({
			'TLS.ver': '2.0',
			'TLS.identifier': userId,
			'TLS.sdkappid': sdkAppId,
			'TLS.time': NOW_S,
			'TLS.expire': validForSeconds,
			'TLS.sig': signature,
		});
	});
});

test('a signature says the same as one of the package of the vendor, whatever is signed', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.integer({ min: 1, max: 4_294_967_295 }),
			anyText(64),
			anyText(100),
			fc.integer({ min: 0, max: 4_000_000_000 }),
			fc.integer({ min: 1, max: 50 * 366 * 86400 }),
			async (sdkAppId, userId, secretKey, issuedAt, validForSeconds) => {
				jest.setSystemTime(issuedAt * 1000);
				const vendors = new Api(sdkAppId, secretKey).genUserSig(userId, validForSeconds);
				const ours = await createUserSig({
					sdkAppId,
					userId,
					secretKey,
					issuedAt,
					validForSeconds,
				});
				expect(textOf(ours)).toBe(textOf(vendors));
			},
		),
		{ numRuns: 500 },
	);
});

test('a signature needs no escaping in a URL and is a whole zlib stream', async () => {
	await fc.assert(
		fc.asyncProperty(fc.string({ maxLength: 32 }), async (userId) => {
			const userSig = await signNow(1400000000, KEY_1, userId, 86400);
			expect(userSig).toMatch(/^[A-Za-z0-9*\-_]+$/);
			expect(new URLSearchParams({ userSig }).toString()).toBe(`userSig=${userSig}`);
			const [cmf, flags] = bytesOf(userSig);
			// RFC 1950: method "deflate", window of at most 32 KB, header divisible by 31, no preset dictionary.
			expect({ method: cmf & 0x0f, window: cmf >> 4, dictionary: flags & 0x20 }).toEqual({
				method: 8,
				window: 7,
				dictionary: 0,
			});
			expect(((cmf << 8) | flags) % 31).toBe(0);
		}),
	);
});

test('the alphabet of the signature replaces all of + / = and not just the first', async () => {
	const seen = new Set<string>();
	for (let i = 0; i < 40; i++) {
		const userSig = await signNow(1400000000 + i, KEY_1, 'administrator', 86400);
		for (const sign of userSig.replaceAll(/[A-Za-z0-9]/g, '')) seen.add(sign);
	}
	expect([...seen].sort()).toEqual(['*', '-', '_']);
});
