import {
	confirmedBySession,
	explainedByEarlierTry,
	judge,
	notContactedBySession,
	notSentSince,
	notTried,
	readSession,
	unexpected,
} from '../../../nodes/ContactUser/outcomes';
import type { Finding } from '../../../nodes/ContactUser/report';
import type { DeskReply } from '../../../nodes/shared/deskReply';
import { CODES } from '../shared/codeTable';

const answer = (errorCode: number, body: Record<string, unknown> = {}): DeskReply => ({
	kind: 'answer',
	errorCode,
	errorInfo: '',
	body,
});

describe('a contact', () => {
	test('names the agent that Desk assigned', () => {
		expect(judge(answer(0, { MemberId: 'agent@example.com' }))).toEqual({
			next: 'report',
			finding: {
				outcome: 'contacted',
				message: 'The live agent agent@example.com now contacts the user.',
				advice: '',
				retryLater: false,
				errorCode: 0,
				errorInfo: '',
				assignedAgent: 'agent@example.com',
			},
		});
	});

	test.each([[undefined], [''], [null], [7], [['a']]])(
		'without the name of an agent (%p) it is a contact all the same',
		(MemberId) => {
			expect(judge(answer(0, { MemberId })).finding).toMatchObject({
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
			finding: { outcome: 'failed', retryLater: true, errorCode: null },
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
			finding: {
				outcome: 'failed',
				message: 'The server refused the connection, so the user was not contacted.',
				retryLater: true,
				errorCode: null,
			},
		});
	});

	test('blocked: surely not done, and sending again is no use', () => {
		expect(judge({ kind: 'blocked', reason: 'No', advice: 'Ask.' })).toMatchObject({
			next: 'report',
			finding: {
				outcome: 'failed',
				message: 'No, so nothing was sent.',
				advice: 'Ask.',
				retryLater: false,
			},
		});
	});

	test('HTTP 302 or 401: surely not done, and sending again is no use', () => {
		expect(judge({ kind: 'refused', httpStatus: 401 })).toMatchObject({
			next: 'report',
			finding: {
				outcome: 'failed',
				message: expect.stringContaining('HTTP status 401'),
				retryLater: false,
				errorCode: null,
			},
		});
	});

	test('unsure: the session must be asked', () => {
		expect(judge({ kind: 'unsure', reason: 'The server did not answer in time' })).toMatchObject({
			next: 'confirm',
			finding: {
				outcome: 'unconfirmed',
				message:
					'The server did not answer in time, so it is not known whether the user was contacted.',
				retryLater: false,
				errorCode: null,
			},
		});
	});
});

describe('the session of a user', () => {
	const session = (CurrentState: unknown, more: Record<string, unknown> = {}) =>
		readSession(answer(0, { SessionId: 's-1', CurrentState, ...more }));

	test.each([['Agent'], ['WaitingForAgentAnswering'], ['Queueing']])(
		'in the state %s shows a contact',
		(state) => {
			expect(session(state, { AgentId: 'agent@example.com' })).toEqual({
				shows: 'contacted',
				session: { sessionId: 's-1', state, agent: 'agent@example.com' },
			});
		},
	);

	test.each([['NotInSession'], ['Chatbot']])(
		'in the state %s shows that there was none',
		(state) => {
			expect(session(state)).toEqual({
				shows: 'notContacted',
				session: { sessionId: 's-1', state, agent: null },
			});
		},
	);

	test.each([['agent'], ['Ended'], [''], [undefined], [null], [4], [['Agent']]])(
		'in the state %p shows nothing',
		(state) => {
			expect(session(state).shows).toBe('nothing');
		},
	);

	test.each<[string, DeskReply]>([
		['a refusal', answer(141004, { CurrentState: 'Agent' })],
		['a rate limit', { kind: 'tooManyRequests' }],
		['no connection', { kind: 'notSent', reason: 'x' }],
		['a blocked request', { kind: 'blocked', reason: 'x', advice: 'y' }],
		['an HTTP status', { kind: 'refused', httpStatus: 404 }],
		['a time-out', { kind: 'unsure', reason: 'x' }],
	])('%s instead of a session shows nothing', (_name, reply) => {
		expect(readSession(reply)).toEqual({ shows: 'nothing' });
	});

	test('that shows a contact makes one, and says how it is known', () => {
		const shown = { sessionId: 's-1', state: 'Agent', agent: 'agent@example.com' };
		expect(confirmedBySession(shown)).toMatchObject({
			outcome: 'contacted',
			message: expect.stringMatching(/session of the user shows/),
			errorCode: null,
			retryLater: false,
			assignedAgent: 'agent@example.com',
		});
		expect(confirmedBySession(undefined)).toMatchObject({ assignedAgent: null });
	});

	test('that shows none makes a failed one, which may be tried again', () => {
		expect(notContactedBySession()).toMatchObject({ outcome: 'failed', retryLater: true });
	});
});

describe('"already with a live agent" after a try without an answer', () => {
	const alreadyWithAgent = judge(answer(141016)).finding;

	test('means that this try did it', () => {
		expect(explainedByEarlierTry(alreadyWithAgent)).toMatchObject({
			outcome: 'contacted',
			errorCode: null,
			message: expect.stringMatching(/no answer to the first request/),
		});
	});

	test('is the only answer that is read anew', () => {
		for (const [code] of CODES.filter(([code]) => code !== 141016)) {
			const { finding } = judge(answer(code));
			expect(explainedByEarlierTry(finding)).toBe(finding);
		}
	});
});

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
});

describe('the words of every finding', () => {
	const replies: DeskReply[] = [
		...CODES.map(([code]) => answer(code)),
		{ kind: 'tooManyRequests' },
		{ kind: 'notSent', reason: 'The server refused the connection' },
		{ kind: 'blocked', reason: 'The certificate is bad', advice: 'Check it.' },
		{ kind: 'refused', httpStatus: 302 },
		{ kind: 'unsure', reason: 'The request broke off' },
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
		confirmedBySession(undefined),
		explainedByEarlierTry(judge(answer(141016)).finding),
	];

	test('say what happened in one sentence that ends with a period', () => {
		for (const { message } of [...findings, ...contacts]) expect(message).toMatch(/^[A-Z].*\.$/);
	});

	test('say what to do next, unless the user was contacted', () => {
		for (const { advice } of findings) expect(advice).toMatch(/^[A-Z].*\.$/);
		for (const { advice } of contacts) expect(advice).toBe('');
	});

	test('no finding has an error key, which n8n takes for a failure of the item', () => {
		for (const finding of [...findings, ...contacts]) expect(finding).not.toHaveProperty('error');
	});
});
