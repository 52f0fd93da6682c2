import {
	limited,
	notSent,
	notSentSince,
	notTried,
	sameContact,
	unexpected,
} from '../../../../nodes/ContactUser/result';
import { judge } from '../../../../nodes/ContactUser/contact/verdict';
import type { ContactResult } from '../../../../nodes/ContactUser/result';
import {
	confirmedBySession,
	explainedByEarlierTry,
	notContactedBySession,
} from '../../../../nodes/ContactUser/result';
import type { DeskReply } from '../../../../nodes/shared/desk/reply';
import { CODES } from '../../../codes';
import { answer } from './replies';

describe('what was not sent says so', () => {
	const refusal = judge(answer(70009)).result;

	test('after the application was refused on another item', () => {
		expect(notSentSince(refusal, 0)).toMatchObject({
			outcome: 'configurationError',
			errorCode: 70009,
			message: `Not sent, since Desk refused another item: ${refusal.message}`,
			advice: refusal.advice,
		});
		expect(notSentSince(refusal, 2).message).toMatch(/^Not sent again, since /);
	});

	test('after the run was stopped', () => {
		expect(notTried()).toMatchObject({
			outcome: 'failed',
			attempts: 0,
			notTried: true,
			retryLater: true,
			errorCode: null,
		});
	});

	test('since the rate limit does not lift, with what Desk said last and the tries that were made', () => {
		expect(limited(undefined)).toMatchObject({
			outcome: 'failed',
			retryLater: true,
			errorCode: null,
			attempts: 0,
			message: expect.stringMatching(/^Not sent, since Tencent kept on refusing/),
		});
		const refused = { ...judge(answer(60007)).result, attempts: 2, triedAt: 7 };
		expect(limited(refused)).toMatchObject({
			outcome: 'failed',
			retryLater: true,
			errorCode: 60007,
			attempts: 2,
			triedAt: 7,
			message: expect.stringMatching(/^Not sent again, since /),
		});
	});

	test('for itself, since another item asked for the same contact: with its outcome, and its number', () => {
		const contacted = { ...judge(answer(0)).result, attempts: 3, triedAt: 7 };
		expect(sameContact(contacted, 4)).toMatchObject({
			outcome: 'contacted',
			attempts: 0,
			sameAs: 4,
			message: expect.stringMatching(/^Item 5 asks for the same contact, .*A live agent now contacts/),
		});
		expect(sameContact(notTried(), 4)).toEqual({ ...notTried(), sameAs: 4 });
	});

	test('an unexpected defect of the node claims nothing', () => {
		expect(unexpected()).toMatchObject({ outcome: 'unconfirmed', errorCode: null });
	});

	test('after a parameter or the credential was found wrong', () => {
		const problem = { message: 'User ID is empty, so nothing was sent.', advice: 'Enter one.' };
		expect(notSent(problem)).toEqual({
			outcome: 'configurationError',
			message: 'User ID is empty, so nothing was sent.',
			advice: 'Enter one.',
			retryLater: false,
			errorCode: null,
			errorInfo: '',
			assignedAgent: null,
			attempts: 0,
		});
	});
});

describe('the words of every result', () => {
	const replies: DeskReply[] = [
		...CODES.map(([code]) => answer(code)),
		{ kind: 'tooManyRequests' },
		{ kind: 'notSent', reason: 'The server refused the connection' },
		{ kind: 'blocked', reason: 'The certificate is bad', advice: 'Check it.' },
		{ kind: 'httpError', httpStatus: 302 },
		{ kind: 'ambiguous', reason: 'The request broke off' },
	];
	const results: ContactResult[] = [
		...replies.map((reply) => judge(reply).result),
		...replies.map((reply) => notSentSince(judge(reply).result, 0)),
		...replies.map((reply) => sameContact(judge(reply).result, 0)),
		limited(undefined),
		notContactedBySession(),
		notTried(),
		unexpected(),
	];
	const contacts: ContactResult[] = [
		judge(answer(0)).result,
		judge(answer(0, { MemberId: 'a' })).result,
		confirmedBySession({ sessionId: null, state: 'Queueing', agent: null }),
		explainedByEarlierTry(judge(answer(141016)).result),
	];

	test('say what happened in one sentence that ends with a period', () => {
		for (const { message } of contacts) expect(message).toMatch(/^[A-Z].*\.$/);
		for (const { message } of results) expect(message).toMatch(/^[A-Z][^.]*\.$/);
	});

	test('say what to do next, unless the user was contacted', () => {
		for (const { advice, errorCode } of results) {
			// With 141016 an agent is with the user already: nothing is to be done.
			expect(advice).toMatch(errorCode === 141016 ? /^$/ : /^[A-Z].*\.$/);
		}
		for (const { advice } of contacts) expect(advice).toBe('');
	});

	test('no result has an error key, which n8n takes for a failure of the item', () => {
		for (const result of [...results, ...contacts]) expect(result).not.toHaveProperty('error');
	});
});
