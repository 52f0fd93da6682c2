import fc from 'fast-check';

import { describeContactCode } from '../../../../nodes/ContactUser/contact';
import { codesOf, describeCode, knownCodes } from '../../../../nodes/shared/desk/codes';
import { judge } from '../../../../nodes/shared/desk/judge';
import type { DeskReply } from '../../../../nodes/shared/desk/reply';
import { CODES } from '../../../codes';
import { answer, noConnection, timeOut } from '../../replies';

const isWebhooks = (code: number) => code >= 120_001 && code <= 130_000;
/** As any command but contact_user is told it. */
const commonly = ([code, expected]: (typeof CODES)[number]) =>
	isWebhooks(code) ? { ...expected, class: 'failed' } : expected;

describe('the codes of Desk', () => {
	test.each(CODES)('%d leads to %j', (code, expected) => {
		const reply = { ...answer(code), errorInfo: 'text of Tencent', retryAfterMs: 1234 };
		for (const [describe, of] of [
			[describeContactCode, expected],
			[describeCode, commonly([code, expected])],
		] as const) {
			expect(judge(reply as DeskReply, describe)).toMatchObject({
				next: of.next,
				finding: {
					...{ class: of.class, retryLater: of.retryLater },
					...{ errorCode: code, errorInfo: 'text of Tencent' },
				},
				...(of.next === 'again' && { retryAfterMs: 1234 }),
			});
		}
	});

	test('are those of this list, each once, and no others', () => {
		const listed = CODES.filter(([, of]) => of.class !== 'failed' || of.retryLater)
			.map(([code]) => code)
			.filter((code) => !isWebhooks(code));
		expect(knownCodes().sort()).toEqual(listed.sort());
	});

	test('that ask for different remedies have different words, and none but those of a contact speak of one', () => {
		const alike = new Set(['rateLimit', 'unclear']);
		// 141020 is what other commands call 141019.
		const isOther = (code: number) => code > 140_000 && code !== 141020;
		const desks = CODES.filter(([code, of]) => isOther(code) && !alike.has(of.class));
		const words = [
			...desks.map(([code]) => code),
			60006,
			60010,
			60020,
			60021,
			60026,
			70001,
			70009,
			70050,
		];
		const messages = words.map((code) => describeCode(code).message);
		expect(new Set(messages).size).toBe(messages.length);
		for (const [code] of CODES.filter(([code]) => code !== 141014)) {
			const { message, advice } = describeCode(code);
			expect(message).not.toMatch(/contact/i);
			expect(advice).not.toMatch(/contact|error|fail|problem|mistake/i);
		}
	});

	test('may be any number: it is named, and refuses a whole application only if it stands above', () => {
		const refusing = new Set(
			CODES.filter(([, of]) => ['app', 'credential'].includes(of.class)).map(([code]) => code),
		);
		fc.assert(
			fc.property(fc.oneof(fc.integer(), fc.integer({ min: 10000, max: 150000 })), (code) => {
				const { class: codeClass, message, advice } = describeContactCode(code);
				expect(['app', 'credential'].includes(codeClass)).toBe(refusing.has(code));
				expect(message).toMatch(/^[A-Z][^.]*\.$/);
				expect(advice).toMatch(code === 141016 ? /^$/ : /^[A-Z].*\.$/);
			}),
		);
		expect(describeContactCode(141006).message).toContain('141006');
	});

	test("mean first what the command's own page says", () => {
		const own = codesOf({
			request: { 141005: ['Gone.', 'Look.'] },
			unclear: { 60007: ['Odd.', 'Wait.'] },
		});
		expect(own(141005)).toEqual({
			...{ class: 'request', message: 'Gone.', advice: 'Look.', retryLater: false },
		});
		expect(own(60007)).toMatchObject({ class: 'unclear', retryLater: true });
		expect(own(70009)).toEqual(describeCode(70009));
	});

	test('of parameters name those of a contact, for a contact', () => {
		expect(describeCode(141004).advice).toBe('Check the parameters of this item.');
		expect(describeContactCode(141004).advice).toMatch(/^Check User ID, Customer Service Account/);
	});
});

test.each<[string, DeskReply, object, object]>([
	[
		'code 0 is done',
		answer(0, { MemberId: 'agent@example.com' }),
		{ next: 'done', answer: { MemberId: 'agent@example.com' } },
		{},
	],
	[
		'HTTP 429 is surely not done: wait, and send again',
		{ kind: 'tooManyRequests', retryAfterMs: 3000 },
		{ next: 'again', retryAfterMs: 3000 },
		{ class: 'rateLimit', retryLater: true },
	],
	[
		'no connection is surely not done: send again',
		noConnection,
		{ next: 'again' },
		{
			...{ class: 'notDone', retryLater: true },
			message: 'The server refused the connection, so nothing was sent.',
			advice: expect.stringMatching(/^Check the data center/),
		},
	],
	[
		'no connection through a proxy is advised on the proxy',
		{ ...noConnection, advice: 'Check the proxy.' } as DeskReply,
		{ next: 'again' },
		{ advice: 'Check the proxy.' },
	],
	[
		'what is blocked is not sent, and sending again is no use',
		{ kind: 'blocked', reason: 'No', advice: 'Ask.' },
		{ next: 'refused' },
		{ class: 'failed', message: 'No, so nothing was sent.', advice: 'Ask.', retryLater: false },
	],
	[
		'HTTP 302 and 401 are surely not done, and sending again is no use',
		{ kind: 'httpError', httpStatus: 401 },
		{ next: 'refused' },
		{ class: 'failed', retryLater: false, message: expect.stringContaining('HTTP status 401') },
	],
	[
		'a time-out may have been done',
		timeOut,
		{ next: 'unclear' },
		{ class: 'unclear', message: 'The server did not answer in time.', retryLater: true },
	],
])('%s', (_what, reply, verdict, finding) => {
	expect(judge(reply, describeCode)).toMatchObject({
		...verdict,
		...(reply.kind !== 'answer' && { finding: { errorCode: null, errorInfo: '', ...finding } }),
	});
});
