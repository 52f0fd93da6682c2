import { credentialRefusalIn, judge } from '../../../../nodes/ContactUser/contact/verdict';
import { rateLimitIn, type DeskReply } from '../../../../nodes/shared/api/reply';
import { answer } from './replies';

describe('a contact', () => {
	test('names the agent that Desk assigned', () => {
		expect(judge(answer(0, { MemberId: 'agent@example.com' }))).toEqual({
			next: 'report',
			result: {
				outcome: 'contacted',
				message: 'The live agent agent@example.com now contacts the user.',
				advice: '',
				retryLater: false,
				errorCode: 0,
				errorInfo: '',
				assignedAgent: 'agent@example.com',
				attempts: 0,
			},
		});
	});

	test.each([[undefined], [''], [null], [7], [['a']]])(
		'without the name of an agent (%p) it is a contact all the same',
		(MemberId) => {
			expect(judge(answer(0, { MemberId })).result).toMatchObject({
				outcome: 'contacted',
				message: 'A live agent now contacts the user.',
				assignedAgent: null,
			});
		},
	);
});

describe('replies without a verdict of Desk', () => {
	test('HTTP 429: surely not done, wait and send again', () => {
		expect(judge({ kind: 'tooManyRequests', retryAfterMs: 3000 })).toMatchObject({
			next: 'resend',
			rateLimited: true,
			retryAfterMs: 3000,
			result: { outcome: 'failed', retryLater: true, errorCode: null },
		});
	});

	test('no connection: surely not done, send again, and nobody else needs to wait', () => {
		const reply: DeskReply = {
			kind: 'notSent',
			reason: 'The server refused the connection',
		};
		expect(judge(reply)).toMatchObject({
			next: 'resend',
			rateLimited: false,
			result: {
				outcome: 'failed',
				message: 'The server refused the connection, so the user was not contacted.',
				retryLater: true,
				errorCode: null,
			},
		});
	});

	test('no connection through a proxy: the advice is about the proxy', () => {
		const reply: DeskReply = { kind: 'notSent', reason: 'No', advice: 'Check the proxy.' };
		expect(judge(reply).result.advice).toBe('Check the proxy.');
	});

	test('blocked: surely not done, and sending again is no use', () => {
		expect(judge({ kind: 'blocked', reason: 'No', advice: 'Ask.' })).toMatchObject({
			next: 'report',
			result: {
				outcome: 'failed',
				message: 'No, so nothing was sent.',
				advice: 'Ask.',
				retryLater: false,
			},
		});
	});

	test('HTTP 302 or 401: surely not done, and sending again is no use', () => {
		expect(judge({ kind: 'httpError', httpStatus: 401 })).toMatchObject({
			next: 'report',
			result: {
				outcome: 'failed',
				message: expect.stringContaining('HTTP status 401'),
				retryLater: false,
				errorCode: null,
			},
		});
	});

	test('unsure: the session must be asked', () => {
		expect(judge({ kind: 'ambiguous', reason: 'The server did not answer in time' })).toMatchObject(
			{
				next: 'confirm',
				result: {
					outcome: 'unconfirmed',
					message:
						'The server did not answer in time, so it is not known whether the user was contacted.',
					retryLater: false,
					errorCode: null,
				},
			},
		);
	});
});

describe('what a reply says about the whole application', () => {
	test('to contact_user: nobody else can be contacted either', () => {
		for (const errorCode of [70009, 141014]) {
			expect(judge(answer(errorCode))).toMatchObject({ next: 'stopApp', result: { errorCode } });
		}
	});

	test('to another command: only what is refused whatever the command', () => {
		expect(credentialRefusalIn(answer(70009))).toMatchObject({ errorCode: 70009 });
		expect(credentialRefusalIn(answer(60010))).toBeUndefined();
		expect(credentialRefusalIn(answer(141014))).toBeUndefined();
	});

	test('nothing, when it is about this user, or no answer of Desk', () => {
		const replies: DeskReply[] = [
			answer(0),
			answer(141015),
			answer(60018),
			answer(60008),
			{ kind: 'httpError', httpStatus: 401 },
			{ kind: 'blocked', reason: 'x', advice: 'y' },
			{ kind: 'ambiguous', reason: 'x' },
		];
		for (const reply of replies) {
			expect(judge(reply).next).not.toBe('stopApp');
			expect(credentialRefusalIn(reply)).toBeUndefined();
		}
	});
});

describe('a rate limit', () => {
	test('is read from HTTP 429 and from the codes of Desk, with what they say about the wait', () => {
		expect(rateLimitIn({ kind: 'tooManyRequests', retryAfterMs: 7000 })).toMatchObject({
			retryAfterMs: 7000,
		});
		for (const code of [60007, 60011, 60018, 60019, 141009]) {
			const limited = { ...answer(code), retryAfterMs: 7000 } as DeskReply;
			expect(rateLimitIn(limited)).toMatchObject({ retryAfterMs: 7000 });
			expect(rateLimitIn(answer(code))).toBeDefined();
		}
	});

	test('is in no other reply', () => {
		const others: DeskReply[] = [
			answer(0),
			answer(141002),
			answer(60008),
			{ kind: 'notSent', reason: 'x' },
			{ kind: 'httpError', httpStatus: 400 },
			{ kind: 'ambiguous', reason: 'x' },
		];
		for (const reply of others) expect(rateLimitIn(reply)).toBeUndefined();
	});
});
