import { judge } from '../../../../nodes/ContactUser/contact/verdict';
import {
	confirmedBySession,
	explainedByEarlierTry,
	notContactedBySession,
	readSession,
} from '../../../../nodes/ContactUser/result';
import { nameOrNull } from '../../../../nodes/shared/desk/values';
import type { DeskReply } from '../../../../nodes/shared/desk/reply';
import { CODES } from '../../../codes';
import { answer } from './replies';

describe('the session of a user', () => {
	const session = (CurrentState: unknown, more: Record<string, unknown> = {}) =>
		readSession(answer(0, { SessionId: 's-1', CurrentState, ...more }));

	test.each([
		['Agent', 'contacted'],
		['WaitingForAgentAnswering', 'contacted'],
		['Queueing', 'contacted'],
		['NotInSession', 'notContacted'],
		['Chatbot', 'notContacted'],
	])('in the state %s shows %s', (state, shows) => {
		expect(session(state, { AgentId: 'agent@example.com' })).toEqual({
			shows,
			session: { sessionId: 's-1', state, agent: 'agent@example.com' },
		});
	});

	test("is understood in another page's spelling", () => {
		const spelled = { shows: 'notContacted', session: { state: 'NotInSession' } };
		expect(session('Not in session')).toMatchObject(spelled);
	});

	test.each([['Agents'], ['Ended'], [''], [undefined], [null], [4], [['Agent']]])(
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
		['an HTTP status', { kind: 'httpError', httpStatus: 404 }],
		['a time-out', { kind: 'ambiguous', reason: 'x' }],
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
		expect(confirmedBySession({ ...shown, agent: null })).toMatchObject({ assignedAgent: null });
	});

	test('that shows none makes a failed one, which may be tried again', () => {
		expect(notContactedBySession()).toMatchObject({ outcome: 'failed', retryLater: true });
	});
});

describe('"already with a live agent" after a try without an answer', () => {
	const alreadyWithAgent = judge(answer(141016)).result;

	test('means that this try did it', () => {
		expect(explainedByEarlierTry(alreadyWithAgent)).toMatchObject({
			outcome: 'contacted',
			errorCode: null,
			message: expect.stringMatching(/no clear answer to the first request/),
		});
	});

	test('is the only answer that is read anew', () => {
		for (const [code] of CODES.filter(([code]) => code !== 141016)) {
			const { result } = judge(answer(code));
			expect(explainedByEarlierTry(result)).toBe(result);
		}
	});
});

test('a name that the API gave is a text of at most 254 characters, or none', () => {
	expect(nameOrNull('agent@example.com')).toBe('agent@example.com');
	expect(nameOrNull('x'.repeat(5000))).toHaveLength(254);
	for (const value of ['', null, undefined, 7, {}]) expect(nameOrNull(value)).toBeNull();
});
