import type { IHttpRequestOptions } from 'n8n-workflow';

import { freezeDate, thawDate } from '../frozenDate';
import { CREDENTIAL, SECRET_KEY, sign } from './credential';
import { decodeUserSig } from './decodeUserSig';

const REQUEST = {
	method: 'POST' as const,
	url: 'https://console.tim.qq.com/v4/desk_http_svc/contact_user',
	body: '{}',
};

const query = (signed: IHttpRequestOptions) => signed.qs as Record<string, unknown>;

test('a request gets the five query fields of the API, and keeps all else', async () => {
	const signed = await sign({ ...REQUEST, timeout: 7000, headers: { a: 'b' } });
	expect(signed).toEqual({
		...REQUEST,
		timeout: 7000,
		headers: { a: 'b' },
		qs: {
			sdkappid: 1400000000,
			identifier: 'administrator',
			usersig: expect.any(String),
			random: expect.any(Number),
			contenttype: 'json',
		},
	});
	expect(decodeUserSig(String(query(signed).usersig))).toMatchObject({
		'TLS.identifier': 'administrator',
		'TLS.sdkappid': 1400000000,
	});
});

test('the query fields of the caller are kept, but none of the signature is replaced by them', async () => {
	const own = { sdkappid: 1, identifier: 'x', usersig: 'y', random: 'z', contenttype: 'xml' };
	const signed = await sign({ ...REQUEST, qs: { page: 2, filter: 'a', ...own } });
	expect(signed.qs).toMatchObject({
		...{ page: 2, filter: 'a', sdkappid: 1400000000, contenttype: 'json' },
		...{ identifier: 'administrator', random: expect.any(Number) },
	});
	expect(query(signed).usersig).not.toBe('y');
});

test.each(['url', 'uri', 'baseURL'])(
	'fields of the signature in the query of %s are replaced',
	async (name) => {
		const documented = `${REQUEST.url}?sdkappid=8&identifier=x&usersig=y&random=9&contenttype=xml&a=b`;
		const signed = await sign({
			...(name === 'uri' ? { method: 'POST' } : REQUEST),
			[name]: documented,
		});
		expect(signed).toMatchObject({ [name]: `${REQUEST.url}?a=b` });
		expect(signed.qs).toMatchObject({ sdkappid: 1400000000, contenttype: 'json' });
	},
);

test('an answer is not asked for as a stream, which n8n would store with the signed URL in it', async () => {
	const asStream = { ...REQUEST, useStream: true } as never;
	expect(await sign(asStream)).toMatchObject({ useStream: false });
	const paged = { ...REQUEST, useStream: true, simple: false } as never;
	expect(await sign(paged)).toMatchObject({ useStream: true });
	expect(await sign(REQUEST)).not.toHaveProperty('useStream');
});

test('a request goes out with the signal that its node gives it up by, over the one of the execution', async () => {
	const giveUpSignal = new AbortController().signal;
	const ofExecution = new AbortController().signal;
	const own = { ...REQUEST, giveUpSignal, abortSignal: ofExecution };
	const signed = await sign(own);
	expect(signed.abortSignal).toBe(giveUpSignal);
	expect((await sign(signed)).abortSignal).toBe(giveUpSignal);
	expect((await sign({ ...REQUEST, abortSignal: ofExecution })).abortSignal).toBe(ofExecution);
	expect(await sign(REQUEST)).not.toHaveProperty('abortSignal');
});

test('signing what is signed already gives one set of query fields', async () => {
	const once = await sign({ ...REQUEST, qs: { page: 2 } });
	const twice = await sign(once);
	expect(Object.keys(query(twice))).toEqual(Object.keys(query(once)));
	expect({ ...twice, qs: { ...query(twice), random: 0 } }).toEqual({
		...once,
		qs: { ...query(once), random: 0 },
	});
});

test('what it is given stays as it was', async () => {
	const credential = Object.freeze({ ...CREDENTIAL });
	const request = Object.freeze({ ...REQUEST, qs: Object.freeze({ page: 2 }) });
	const before = JSON.stringify([credential, request]);
	await sign(request, credential);
	expect(JSON.stringify([credential, request])).toBe(before);
});

test('every request has a fresh random number from 0 to 4294967295', async () => {
	const randoms: number[] = [];
	for (let i = 0; i < 200; i++) randoms.push(Number(query(await sign(REQUEST)).random));
	expect(new Set(randoms).size).toBeGreaterThan(195);
	expect(randoms.every((random) => Number.isInteger(random) && random >= 0)).toBe(true);
	expect(Math.max(...randoms)).toBeLessThanOrEqual(0xffffffff);
	// All 32 bits are used: the chance that 200 numbers stay in a quarter by accident is nil.
	expect(Math.max(...randoms)).toBeGreaterThan(0xc0000000);
	expect(Math.min(...randoms)).toBeLessThan(0x40000000);
});

test('the signature is of now, and renewed an hour later', async () => {
	const credential = { ...CREDENTIAL, sdkAppId: '1400009999' };
	const timeAt = async (nowMs: number) => {
		freezeDate(nowMs);
		const { usersig } = query(await sign(REQUEST, credential));
		thawDate();
		return decodeUserSig(String(usersig))['TLS.time'];
	};
	expect(await timeAt(1_700_000_000_000)).toBe(1_700_000_000);
	expect(await timeAt(1_700_003_599_000)).toBe(1_700_000_000);
	expect(await timeAt(1_700_003_600_000)).toBe(1_700_003_600);
});

test('a credential that cannot be right signs nothing, and says what to mend', async () => {
	const signing = sign(REQUEST, { ...CREDENTIAL, sdkAppId: 'abc' });
	await expect(signing).rejects.toThrow(/SDKAppID.* into the credential\b/);
	await expect(signing).rejects.not.toThrow(SECRET_KEY);
});
