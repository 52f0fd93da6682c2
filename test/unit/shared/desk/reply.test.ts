import fc from 'fast-check';

import { userSigOf } from '../../../../credentials/userSig';
import { cutText, readApiText } from '../../../../nodes/shared/desk/values';
import {
	readResponse,
	type DeskReply,
	type HttpResponse,
} from '../../../../nodes/shared/desk/reply';

const NOW = Date.parse('2026-01-01T00:00:00Z');

const read = (response: Partial<HttpResponse>): DeskReply =>
	readResponse({ statusCode: 200, headers: {}, body: '', ...response }, NOW);

const readBody = (body: unknown): DeskReply => read({ body });

const NO_DESK_ANSWER = {
	kind: 'ambiguous',
	reason: 'The server gave an answer that is not a Desk answer',
};

describe('an answer of Desk is a verdict', () => {
	test('done', () => {
		const body = { ActionStatus: 'OK', ErrorCode: 0, ErrorInfo: '', MemberId: 'agent@example.com' };
		const answer = { kind: 'answer', errorCode: 0, errorInfo: '', body, retryAfterMs: undefined };
		expect(readBody(JSON.stringify(body))).toEqual(answer);
		expect(readBody(body)).toEqual(answer);
	});

	test.each([
		['a code', '{"ActionStatus":"FAIL","ErrorCode":141001,"ErrorInfo":"none"}', 141001, 'none'],
		['a negative code', '{"ActionStatus":"FAIL","ErrorCode":-14,"ErrorInfo":""}', -14, ''],
		['a code as digits in a text', '{"ActionStatus":"FAIL","ErrorCode":"141001"}', 141001, ''],
		['zero as a text', '{"ActionStatus":"OK","ErrorCode":"0"}', 0, ''],
		['a negative code as text', '{"ActionStatus":"FAIL","ErrorCode":"-20"}', -20, ''],
		['a code without ActionStatus', '{"ErrorCode":141001,"ErrorInfo":"x"}', 141001, 'x'],
		['an ErrorInfo that is no text', '{"ErrorCode":141001,"ErrorInfo":{"a":1}}', 141001, ''],
		[
			'a long ErrorInfo',
			JSON.stringify({ ErrorCode: 141004, ErrorInfo: 'x'.repeat(2_000_000) }),
			141004,
			'x'.repeat(500),
		],
		['blanks around the JSON', ' \n{"ErrorCode":141001}\n', 141001, ''],
		[
			'the name of a key inside a text',
			'{"ErrorCode":141001,"ErrorInfo":"\\"ErrorCode\\":0"}',
			141001,
			'"ErrorCode":0',
		],
	])('%s', (_name, body, errorCode, errorInfo) => {
		expect(readBody(body)).toMatchObject({ kind: 'answer', errorCode, errorInfo });
	});
});

describe('of what a server repeats', () => {
	const account = { origin: 'https://x', sdkAppId: 1, adminUserId: 'a', secretKey: 'k' };
	const inBody = (Text: string) =>
		readBody({ ActionStatus: 'OK', ErrorCode: 0, Text }) as { body?: { Text: string } };

	test('a signature that was sent is left out, however it is escaped or cut', async () => {
		const userSigs = await Promise.all(
			['a', 'b', 'c'].map((adminUserId) => userSigOf({ ...account, adminUserId }, Date.now())),
		);
		for (const userSig of userSigs) {
			for (const [echoed, left] of [
				[userSig, '(signature)'],
				[userSig.replaceAll('*', '%2A'), '(signature)'],
				[userSig.replaceAll('*', '%252a'), '(signature)'],
				[`${'x'.repeat(480)}${userSig}`, `${'x'.repeat(480)}(signature)`],
				[userSig.slice(0, 100), '(signature)'],
			]) {
				const Text = `bad request: /v4/x?usersig=${echoed}&random=1`;
				expect(inBody(Text).body?.Text).toBe(`bad request: /v4/x?usersig=${left}&random=1`);
			}
			const escaped = JSON.stringify(userSig).replaceAll('*', '\\u002a');
			const json = `{"ActionStatus":"OK","ErrorCode":0,${escaped}:${escaped}}`;
			expect(read({ body: json })).toMatchObject({ body: { '(signature)': '(signature)' } });
		}
	});

	test('all else is as it was said, also what looks like a signature', () => {
		for (const Text of [
			`https://example.com/eJ${'a'.repeat(40)}?x=%2A`,
			'Line 1\r\nLine 2\t\u200fشكرا\u200f \u202etxt \u0000 👩‍💻',
			'x'.repeat(100_000),
		]) {
			expect(inBody(Text).body?.Text).toBe(Text);
		}
	});
});

describe('a status 200 that is not the verdict of Desk leaves it open whether it was done', () => {
	test.each<[string, unknown]>([
		['nothing', ''],
		['nothing at all', undefined],
		['null', null],
		['a web page', '<!DOCTYPE html><html><body>OK</body></html>'],
		['a text', 'OK'],
		['the word null', 'null'],
		['a number', '0'],
		['a list', '[{"ActionStatus":"OK","ErrorCode":0}]'],
		['a parsed list', [{ ActionStatus: 'OK', ErrorCode: 0 }]],
		['an empty object', '{}'],
		['half a body', '{"ActionStatus":"OK","ErrorCode":0'],
		['two bodies', '{"ErrorCode":0,"ActionStatus":"OK"}{"ErrorCode":0,"ActionStatus":"OK"}'],
		['JSON of another server', '{"status":"ok","code":0}'],
		['a verdict inside another object', '{"Response":{"ActionStatus":"OK","ErrorCode":0}}'],
		['keys in other letters', '{"actionstatus":"OK","errorcode":0}'],
		['no code', '{"ActionStatus":"OK"}'],
		['a code that is null', '{"ActionStatus":"OK","ErrorCode":null}'],
		['a code that is true', '{"ActionStatus":"OK","ErrorCode":false}'],
		['a code that is empty', '{"ActionStatus":"OK","ErrorCode":""}'],
		['a code that is a list', '{"ActionStatus":"OK","ErrorCode":[0]}'],
		['a code with a fraction', '{"ActionStatus":"FAIL","ErrorCode":141001.5}'],
		['a code with blanks', '{"ActionStatus":"OK","ErrorCode":" 0 "}'],
		['a code in hex', '{"ActionStatus":"OK","ErrorCode":"0x0"}'],
		['a code that is a word', '{"ActionStatus":"OK","ErrorCode":"OK"}'],
		['a code too large to be exact', '{"ActionStatus":"FAIL","ErrorCode":90071992547409930}'],
		['code 0 and FAIL', '{"ActionStatus":"FAIL","ErrorCode":0}'],
		['code 0 and no ActionStatus', '{"ErrorCode":0}'],
		['code 0 and ActionStatus true', '{"ErrorCode":0,"ActionStatus":true}'],
		['code 0 and ok in small letters', '{"ErrorCode":0,"ActionStatus":"ok"}'],
		['a code and OK', '{"ActionStatus":"OK","ErrorCode":141001}'],
		['two codes', '{"ActionStatus":"OK","ErrorCode":141001,"ErrorCode":0}'],
		['two ActionStatus', '{"ActionStatus":"FAIL","ErrorCode":0,"ActionStatus":"OK"}'],
		[
			'two codes, one in another spelling of the same key',
			'{"ErrorCode":141001,"ActionStatus":"OK","\\u0045rrorCode":0}',
		],
		['a code that is rounded to 0', '{"ActionStatus":"OK","ErrorCode":1e-400}'],
		['a code as a fraction that is 0', '{"ActionStatus":"OK","ErrorCode":0.0}'],
		['two codes, the other way round', '{"ActionStatus":"OK","ErrorCode" : 0,"ErrorCode":141001}'],
	])('%s', (_name, body) => {
		expect(readBody(body)).toEqual(NO_DESK_ANSWER);
	});
});

describe('any other status', () => {
	const OK_BODY = '{"ActionStatus":"OK","ErrorCode":0}';

	test.each([300, 301, 302, 303, 304, 307, 308, 400, 401, 402, 403, 404, 405, 413, 418, 425])(
		'%d surely did not contact the user, whatever the body says',
		(httpStatus) => {
			const refused = read({ statusCode: httpStatus, body: OK_BODY });
			expect(refused).toEqual({ kind: 'httpError', httpStatus });
		},
	);

	// 408 and 499 are also what a gateway answers that gave up waiting for the server behind it.
	test.each([408, 499, 500, 501, 502, 503, 504, 520, 599, 100, 201, 202, 204, 206, 0, 999, NaN])(
		'%d leaves it open, whatever the body says',
		(statusCode) => {
			expect(read({ statusCode, body: OK_BODY })).toEqual({
				kind: 'ambiguous',
				reason: `The server answered with HTTP status ${statusCode}`,
			});
		},
	);

	test('429 is a rate limit, whatever the body says', () => {
		expect(read({ statusCode: 429, body: OK_BODY })).toEqual({ kind: 'tooManyRequests' });
	});

	test('a 503 with Retry-After is not a rate limit, since it may have been done', () => {
		const headers = { 'retry-after': '1' };
		expect(read({ statusCode: 503, headers })).toMatchObject({ kind: 'ambiguous' });
	});
});

describe('a text of the API', () => {
	test.each([
		['a bell and a colour of a terminal', 'Ann\u0007\u001b[31m red', 'Ann[31m red'],
		['DEL and C1 controls', 'a\u007fb\u0080c\u009bd', 'abcd'],
		['text turned round', 'safe\u202etxt.exe\u202c', 'safetxt.exe'],
		['isolates', '\u2066a\u2067b\u2068c\u2069', 'abc'],
		['direction marks', 'a\u200eb\u200fc\u061cd', 'abcd'],
		['embeddings', '\u202aa\u202bb\u202dc', 'abc'],
		['line ends of every kind', 'a\r\nb\nc\rd\u2028e\u2029f\u0085g\vh\fi', 'a b c d e f g h i'],
		['a tab', 'a\tb', 'a b'],
		['NUL', 'a\u0000b', 'ab'],
		['letters of all the world', '联系 עברית 👩‍💻 é', '联系 עברית 👩‍💻 é'],
	])('%s', (_name, text, shown) => {
		expect(readApiText(text, 100)).toBe(shown);
		const body = JSON.stringify({ ActionStatus: 'FAIL', ErrorCode: 141004, ErrorInfo: text });
		expect(read({ body })).toMatchObject({ errorInfo: shown });
	});

	// The whole of n8n waits meanwhile: with a start at each blank it would be some ten minutes.
	test('is read at once, be it half a megabyte of blanks', () => {
		expect(readApiText(`a${' '.repeat(500_000)}\n b`, 3)).toBe('a b');
		expect(readApiText(`${' '.repeat(500_000)}b`, 3)).toBe('   ');
	});

	test.each([
		['abc', 3, 'abc'],
		['ab👋', 3, 'ab'],
		['ab👋', 4, 'ab👋'],
		['é👩‍💻', 5, 'é'],
		['ae\u0301', 2, 'a'],
	])('%j cut to %i units is %j', (text, longest, cut) => {
		expect(cutText(text, longest)).toBe(cut);
	});

	test('no control or direction character of any text is left', () => {
		const steering = fc.constantFrom(
			...'\u0000\u001b\n\r\u007f\u0085\u009f\u202e\u2066\u200f\u061c\u2028',
		);
		const texts = fc.string({ unit: fc.oneof(steering, fc.string({ unit: 'binary' })) });
		fc.assert(
			fc.property(texts, (text) => {
				expect(readApiText(text, 1000)).not.toMatch(
					/[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u,
				);
			}),
		);
	});
});

describe('Retry-After', () => {
	const waitFor = (value: unknown) => {
		const reply = read({ statusCode: 429, headers: { 'retry-after': value } });
		return reply.kind === 'tooManyRequests' ? reply.retryAfterMs : reply;
	};

	test.each<[string, unknown, number | undefined]>([
		['seconds', '7', 7000],
		['seconds with blanks', ' 7 ', 7000],
		['no time', '0', 0],
		['a minute', '60', 60_000],
		['more than a minute', '61', 61_000],
		['an hour', '3600', 3_600_000],
		[
			'for ever, as a number that can be counted with',
			'999999999999999999999',
			Number.MAX_SAFE_INTEGER,
		],
		['a date', 'Thu, 01 Jan 2026 00:00:09 GMT', 9000],
		['a date far away', 'Fri, 01 Jan 2027 00:00:00 GMT', 365 * 86_400_000],
		['a date in the past, which is no hint', 'Wed, 31 Dec 2025 23:59:59 GMT', undefined],
		['half seconds', '1.5', 1500],
		['a negative number, which is no date', '-5', undefined],
		['a date in another form than HTTP has', '2099-01-01', undefined],
		['seconds with a word', '2 seconds', undefined],
		['a word', 'soon', undefined],
		['nothing', '', undefined],
		['blanks', '  ', undefined],
		['no header', undefined, undefined],
		['a number', 7, undefined],
		['a list of two headers', ['7', '8'], undefined],
	])('%s', (_name, value, waitMs) => {
		expect(waitFor(value)).toBe(waitMs);
	});

	test('comes with a rate-limit code of Desk too', () => {
		const headers = { 'retry-after': '3' };
		const body = '{"ActionStatus":"FAIL","ErrorCode":60018}';
		expect(read({ headers, body })).toMatchObject({ kind: 'answer', retryAfterMs: 3000 });
	});
});

describe('nothing but code 0 with OK is done', () => {
	const often = (arbitrary: fc.Arbitrary<unknown>) => ({ weight: 5, arbitrary });
	const seldom = (arbitrary: fc.Arbitrary<unknown>) => ({ weight: 1, arbitrary });

	const nearlyDone = fc.record(
		{
			ErrorCode: fc.oneof(
				often(fc.constantFrom(0, '0', -0, '00', false, null, '', [0], 141001, '141016')),
				seldom(fc.anything()),
			),
			ActionStatus: fc.oneof(
				often(fc.constantFrom('OK', 'OK', 'FAIL', 'ok', true)),
				seldom(fc.anything()),
			),
			MemberId: fc.anything(),
		},
		{ requiredKeys: ['ErrorCode'] },
	);
	const bodies = fc.oneof(
		often(nearlyDone),
		often(nearlyDone.map((body) => JSON.stringify(body))),
		seldom(fc.json()),
		seldom(fc.string()),
		seldom(fc.anything()),
	);
	const statusCodes = fc.oneof(
		{ weight: 5, arbitrary: fc.constant(200) },
		{ weight: 1, arbitrary: fc.integer({ min: 0, max: 600 }) },
	);

	/** The body as an honest reader sees it. */
	function saysDone(body: unknown): boolean {
		let value = body;
		try {
			if (typeof body === 'string') value = JSON.parse(body);
		} catch {
			return false;
		}
		if (typeof value !== 'object' || value === null) return false;
		const { ErrorCode, ActionStatus } = value as Record<string, unknown>;
		const isZero = ErrorCode === 0 || (typeof ErrorCode === 'string' && /^-?0+$/.test(ErrorCode));
		return ActionStatus === 'OK' && isZero;
	}

	test('in any response', () => {
		let times = 0;
		fc.assert(
			fc.property(statusCodes, bodies, (statusCode, body) => {
				const reply = read({ statusCode, body });
				if (reply.kind !== 'answer' || reply.errorCode !== 0) return;
				times++;
				expect({ statusCode, done: saysDone(body) }).toEqual({ statusCode: 200, done: true });
			}),
			{ numRuns: 1000 },
		);
		expect(times).toBeGreaterThan(20);
	});
});
