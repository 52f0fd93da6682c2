import { deflateSync } from 'node:zlib';

import { Api } from 'tls-sig-api-v2';

import { codeOf, signWith, useSimulator } from './client';

const APP = 1400000000;

let nowMs = Date.now();
const simulator = useSimulator({ now: () => nowMs });

beforeEach(() => {
	nowMs = Date.now();
});

const key = () => simulator().credential.secretKey;

const codeFor = async (usersig: string | undefined, identifier = 'administrator') =>
	await codeOf(simulator(), { command: 'get_im_agent_list', query: { usersig, identifier } });

/** Tencent's own alphabet over deflate, for documents the vendor package never makes. */
const packText = (text: string): string =>
	deflateSync(text).toString('base64').replace(/\+/g, '*').replace(/\//g, '-').replace(/=/g, '_');

const pack = (document: unknown): string => packText(JSON.stringify(document));

const documentOf = (time: number, expire: unknown) => ({
	'TLS.ver': '2.0',
	'TLS.identifier': 'administrator',
	'TLS.sdkappid': APP,
	'TLS.time': time,
	'TLS.expire': expire,
	'TLS.sig': new Api(APP, key())._hmacsha256('administrator', time, Number(expire), null),
});

const seconds = () => Math.floor(nowMs / 1000);

const changed = (fields: object) => ({ ...documentOf(seconds(), 3600), ...fields });

/** A good UserSig with that letter in it; not every one has each letter of Tencent's alphabet. */
const goodWith = (letter: RegExp): string => {
	const found = Array.from({ length: 100 }, (_, index) =>
		signWith(APP, key(), 'administrator', 86_400 + index),
	).find((userSig) => letter.test(userSig));
	if (found === undefined) throw new Error(`No UserSig with ${letter}`);
	return found;
};

const plainBase64 = (): string =>
	goodWith(/[*_-]/).replace(/\*/g, '+').replace(/-/g, '/').replace(/_/g, '=');

test('a UserSig with a userbuf is verified with it', async () => {
	const userBuf = Buffer.from('hello').toString('base64');
	const [time, expire] = [seconds(), 3600];
	const signed = {
		...documentOf(time, expire),
		'TLS.userbuf': userBuf,
		'TLS.sig': new Api(APP, key())._hmacsha256('administrator', time, expire, userBuf),
	};
	expect(await codeFor(pack(signed))).toBe(0);
	expect(await codeFor(pack({ ...signed, 'TLS.userbuf': 'b3RoZXI=' }))).toBe(70009);
});

test.each([
	['missing', () => undefined, 70002],
	['empty', () => '', 70002],
	['not base64', () => 'abc!', 70003],
	['ordinary base64 with + / =', () => plainBase64(), 70003],
	['without its padding', () => goodWith(/_/).replace(/_/g, ''), 70003],
	['cut off', () => signWith(APP, key()).slice(0, 40), 70003],
	['base64 of something else', () => Buffer.from('hello world!').toString('base64'), 70003],
	['deflated, but no JSON', () => packText('no JSON'), 70003],
	[
		'a document that inflates to far more than a signature',
		() => pack(changed({ more: 'x'.repeat(100_000) })),
		70003,
	],
	['of an unknown version', () => pack(changed({ 'TLS.ver': '3.0' })), 70003],
	['without an expiry', () => pack(documentOf(seconds(), null)), 70003],
	['of another SDKAppID', () => signWith(1400000001, key()), 70014],
	['of another UserID', () => signWith(APP, key(), 'somebody'), 70013],
	['made with a wrong key', () => signWith(APP, 'wrong'), 70009],
	['made with the key and a newline', () => signWith(APP, `${key()}\n`), 70009],
	['changed to be good for longer', () => pack(changed({ 'TLS.expire': 7200 })), 70009],
	['signed with something short', () => pack(changed({ 'TLS.sig': 'AAAA' })), 70009],
	['expired', () => pack(documentOf(seconds() - 3600, 3600)), 70001],
])('a UserSig that is %s is refused', async (_what, userSig, code) => {
	expect(await codeFor(userSig())).toBe(code);
});

test('a UserSig is good until the second it expires', async () => {
	const userSig = pack(documentOf(seconds(), 100));
	nowMs += 98_000;
	expect(await codeFor(userSig)).toBe(0);
	nowMs += 3000;
	expect(await codeFor(userSig)).toBe(70001);
});

test('a good UserSig of a user who is no administrator is refused', async () => {
	expect(await codeFor(signWith(APP, key(), 'somebody'), 'somebody')).toBe(60010);
	simulator().world.apps[0].admins.push('somebody');
	expect(await codeFor(signWith(APP, key(), 'somebody'), 'somebody')).toBe(0);
});

test('ten bad UserSigs within a minute lock the app for a minute, good ones included', async () => {
	const bad = signWith(APP, 'wrong');
	for (let sent = 0; sent < 10; sent += 1) expect(await codeFor(bad)).toBe(70009);

	expect(await codeFor(bad)).toBe(70050);
	expect(await codeFor(signWith(APP, key()))).toBe(70050);
	nowMs += 59_000;
	expect(await codeFor(signWith(APP, key()))).toBe(70050);
	nowMs += 2000;
	expect(await codeFor(signWith(APP, key()))).toBe(0);
});

test('nine bad UserSigs, or ten over more than a minute, lock nothing', async () => {
	const bad = signWith(APP, 'wrong');
	for (let sent = 0; sent < 9; sent += 1) await codeFor(bad);
	nowMs += 61_000;
	expect(await codeFor(bad)).toBe(70009);
	expect(await codeFor(signWith(APP, key()))).toBe(0);
});

test('the lock of one app leaves another app alone', async () => {
	for (let sent = 0; sent < 11; sent += 1) await codeFor(signWith(APP, 'wrong'));
	simulator().world.apps[1].desk = true;

	const query = {
		sdkappid: '1400000001',
		usersig: signWith(1400000001, simulator().world.apps[1].secretKey),
	};
	expect(await codeOf(simulator(), { command: 'get_im_agent_list', query })).toBe(0);
});
