import {
	notSentSince,
	notTried,
	refusedBeforeSending,
	unexpected,
} from '../../../../nodes/ContactUser/contact/results';
import { judge } from '../../../../nodes/ContactUser/contact/verdict';
import type { Finding } from '../../../../nodes/ContactUser/output/report';
import {
	confirmedBySession,
	explainedByEarlierTry,
	notContactedBySession,
} from '../../../../nodes/ContactUser/contact/session';
import type { DeskReply } from '../../../../nodes/shared/api/reply';
import { CODES } from '../../../codes';
import { answer } from './replies';

describe('what was not sent says so', () => {
	const refusal = judge(answer(70009)).finding;

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

	test('an unexpected defect of the node claims nothing', () => {
		expect(unexpected()).toMatchObject({ outcome: 'unconfirmed', errorCode: null });
	});

	test('after a parameter or the credential was found wrong', () => {
		const refusal = { message: 'User ID is empty, so nothing was sent.', advice: 'Enter one.' };
		expect(refusedBeforeSending(refusal)).toEqual({
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

describe('the words of every finding', () => {
	const replies: DeskReply[] = [
		...CODES.map(([code]) => answer(code)),
		{ kind: 'tooManyRequests' },
		{ kind: 'notSent', reason: 'The server refused the connection' },
		{ kind: 'blocked', reason: 'The certificate is bad', advice: 'Check it.' },
		{ kind: 'httpError', httpStatus: 302 },
		{ kind: 'ambiguous', reason: 'The request broke off' },
	];
	const findings: Finding[] = [
		...replies.map((reply) => judge(reply).finding),
		...replies.map((reply) => notSentSince(judge(reply).finding, 0)),
		notContactedBySession(),
		notTried(),
		unexpected(),
	];
	const contacts: Finding[] = [
		judge(answer(0)).finding,
		judge(answer(0, { MemberId: 'a' })).finding,
		confirmedBySession({ sessionId: null, state: 'Queueing', agent: null }),
		explainedByEarlierTry(judge(answer(141016)).finding),
	];

	test('say what happened in one sentence that ends with a period', () => {
		for (const { message } of [...findings, ...contacts]) expect(message).toMatch(/^[A-Z].*\.$/);
	});

	test('say what to do next, unless the user was contacted', () => {
		for (const { advice, errorCode } of findings) {
			// With 141016 an agent is with the user already: nothing is to be done.
			expect(advice).toMatch(errorCode === 141016 ? /^$/ : /^[A-Z].*\.$/);
		}
		for (const { advice } of contacts) expect(advice).toBe('');
	});

	test('no finding has an error key, which n8n takes for a failure of the item', () => {
		for (const finding of [...findings, ...contacts]) expect(finding).not.toHaveProperty('error');
	});
});
