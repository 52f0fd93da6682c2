import { credentialRefusalIn, judge } from '../../../../nodes/ContactUser/contact/verdict';
import { rateLimitIn, type DeskReply } from '../../../../nodes/shared/desk/reply';
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

const NO_CONNECTION = { kind: 'notSent', reason: 'The server refused the connection' } as const;

describe('replies without a verdict of Desk', () => {
	test.each<[string, DeskReply, object]>([
		[
			'HTTP 429: surely not done, wait and send again',
			{ kind: 'tooManyRequests', retryAfterMs: 3000 },
			{ next: 'resend', rateLimited: true, retryAfterMs: 3000, ...failedWith(true) },
		],
		[
			'no connection: surely not done, send again, and nobody else needs to wait',
			NO_CONNECTION,
			{
				next: 'resend',
				rateLimited: false,
				...failedWith(true, 'The server refused the connection, so the user was not contacted.'),
			},
		],
		[
			'blocked: surely not done, and sending again is no use',
			{ kind: 'blocked', reason: 'No', advice: 'Ask.' },
			{ next: 'report', ...failedWith(false, 'No, so nothing was sent.', 'Ask.') },
		],
		[
			'HTTP 302 or 401: surely not done, and sending again is no use',
			{ kind: 'httpError', httpStatus: 401 },
			{ next: 'report', ...failedWith(false, expect.stringContaining('HTTP status 401')) },
		],
		[
			'unsure: the session must be asked',
			{ kind: 'ambiguous', reason: 'The server did not answer in time' },
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
		],
	])('%s', (_name, reply, verdict) => {
		expect(judge(reply)).toMatchObject(verdict);
		expect(credentialRefusalIn(reply)).toBeUndefined();
		expect(rateLimitIn(reply)).toEqual(reply.kind === 'tooManyRequests' ? reply : undefined);
	});

	test('no connection through a proxy: the advice is about the proxy', () => {
		expect(judge({ ...NO_CONNECTION, advice: 'Check the proxy.' }).result.advice).toBe(
			'Check the proxy.',
		);
	});
});

function failedWith(retryLater: boolean, message: unknown = expect.any(String), advice?: string) {
	return {
		result: { outcome: 'failed', errorCode: null, retryLater, message, ...(advice && { advice }) },
	};
}
