import { readFileSync } from 'node:fs';
import path from 'node:path';

import { contactCommand, sessionQuestion } from '../../../nodes/ContactUser/contactCommand';
import { makeReport } from '../../../nodes/ContactUser/report';
import { outcomeOf, readSession, resultOf } from '../../../nodes/ContactUser/result';
import { NOT_TRIED, notSent, type Ended } from '../../../nodes/shared/delivery/command';
import { CODES } from '../../codes';
import { answer, done, tooMany } from '../replies';
import { endedBy, REQUEST } from './contacts';

const shown = (shownBy: 'look' | 'code', of = {}): Ended => ({
	...{ kind: 'done', answer: of, shownBy, attempts: 2 },
});
const session = { SessionId: 's-1', CurrentState: 'Not in session', AgentId: 'mei@example.com' };

test.each(CODES)('the code %d leads to the outcome of %j', (code, { outcome, next }) => {
	const ended = endedBy(answer(code));
	expect([outcomeOf(ended), resultOf(ended).outcome]).toEqual([outcome, outcome]);
	if (next === 'unclear') expect(outcomeOf({ ...ended, mayBeDone: false } as Ended)).toBe('failed');
});

describe('a contact', () => {
	test('names the agent that Desk assigned', () => {
		expect(resultOf(endedBy(done))).toEqual({
			outcome: 'contacted',
			message: 'The live agent agent@example.com now contacts the user.',
			advice: '',
			retryLater: false,
			errorCode: 0,
			errorInfo: '',
			assignedAgent: 'agent@example.com',
			attempts: 1,
		});
	});

	test.each([[undefined], [''], [null], [7], [['a']]])(
		'without the name of an agent (%p) is one all the same',
		(MemberId) => {
			const message = 'A live agent now contacts the user.';
			const expected = { outcome: 'contacted', message, assignedAgent: null };
			expect(resultOf(endedBy(answer(0, { MemberId })))).toMatchObject(expected);
		},
	);

	test.each([
		[shown('look', session), 'mei@example.com', /but the session shows that a live agent/],
		[
			shown('code'),
			null,
			/The first request had no clear answer. Then Desk said that the user is in a conversation/,
		],
	])('that is known in another way says how: %j', (ended, assignedAgent, words) => {
		const message = expect.stringMatching(words);
		const expected = {
			...{ outcome: 'contacted', errorCode: null, attempts: 2 },
			assignedAgent,
			message,
		};
		expect(resultOf(ended)).toMatchObject(expected);
	});
});

test('what was not sent says so', () => {
	expect(resultOf(NOT_TRIED)).toEqual({
		...{ outcome: 'failed', attempts: 0, retryLater: true, errorCode: null, errorInfo: '' },
		message: 'Nothing was sent, since the run stopped before this item.',
		advice: 'Run the workflow again for this user.',
		assignedAgent: null,
	});
	const problem = { message: 'User ID is empty, so nothing was sent.', advice: 'Enter one.' };
	expect(resultOf(notSent(problem))).toEqual({
		...{ outcome: 'configurationError', ...problem, attempts: 0, retryLater: false },
		...{ errorCode: null, errorInfo: '', assignedAgent: null },
	});
});

test('an item that asks for the same contact as an earlier one has its outcome, and its number as a person counts', () => {
	expect(resultOf(endedBy(done), 4)).toMatchObject({
		...{ outcome: 'contacted', attempts: 0 },
		message: expect.stringMatching(
			/^Item 5 asks for the same contact, so the node sent it once for both: The live/,
		),
	});
	expect(resultOf(NOT_TRIED, 4)).toEqual(resultOf(NOT_TRIED));
});

test('a rate limit is advised on the pace, and everything but a contact says in one sentence what happened and what to do', () => {
	expect(resultOf(endedBy(tooMany())).advice).toMatch(/^Lower Requests per Second/);
	for (const reply of [...CODES.map(([code]) => answer(code)), tooMany()]) {
		const { message, advice, errorCode, ...more } = resultOf(endedBy(reply));
		expect(message).toMatch(/^[A-Z][^.]*\.$/);
		// With 141016 an agent is with the user already: nothing is to be done.
		expect(advice).toMatch(errorCode === 141016 ? /^$/ : /^[A-Z].*\.$/);
		// n8n takes an item with an error key for a failure.
		expect(more).not.toHaveProperty('error');
	}
});

test.each([
	[session, { sessionId: 's-1', state: 'NotInSession', agent: 'mei@example.com' }],
	[
		{ CurrentState: 'Ended', AgentId: 'x'.repeat(5000) },
		{ state: 'Ended', agent: 'x'.repeat(254) },
	],
	[
		{ SessionId: '', CurrentState: ['Agent'], AgentId: 7 },
		{ sessionId: null, state: null, agent: null },
	],
])('the session %j is told in our names', (given, expected) => {
	expect(readSession(given)).toMatchObject(expected);
});

describe('the command of a contact', () => {
	const table = { IMAgentUserId: '@account', ClientUserId: 'user-1' };
	const sample = { IMAgentUserID: '@account', ClientUserID: 'user-1' };
	const anybody = { ...REQUEST, agentGroup: null, agent: null };

	test.each([
		['both', { ...sample, ...table }],
		['sample', sample],
		['table', table],
	] as const)('has the spelling of Tencent that was asked for: %s', (names, body) => {
		expect(contactCommand(anybody, names).body).toEqual(body);
		const asked = { ...body, GroupId: 1001, MemberId: 'agent@example.com' };
		expect(contactCommand(REQUEST, names).body).toEqual(asked);
	});

	test('keeps the order of the user, and is the same contact by another group and agent', () => {
		const { key, identity } = contactCommand(REQUEST, 'both');
		expect(contactCommand(anybody, 'table')).toMatchObject({ key, identity });
		const other = contactCommand({ ...REQUEST, customerServiceAccount: '@other' }, 'both');
		expect(other.key).toEqual(key);
		expect(other.identity).not.toEqual(identity);
	});

	test('asks for the session of the user and the account', () => {
		const body = { ClientUserId: 'user-1', CustomerServiceId: '@account' };
		expect(sessionQuestion(REQUEST)).toMatchObject({ command: 'get_session_state', body });
	});

	const { whenUnclear } = contactCommand(REQUEST, 'both');
	if (whenUnclear.may !== 'look') throw new Error('It may not look');
	const { shows } = whenUnclear.look;
	test.each([
		...['Agent', 'WaitingForAgentAnswering', 'Queueing', 'queuing'].map((state) => [state, 'done']),
		...['NotInSession', 'Not in session', 'Chatbot'].map((state) => [state, 'notDone']),
		...['Agents', 'Ended', '', undefined, null, 4, ['Agent']].map((state) => [state, 'unknown']),
	])('is shown by the session state %p as %s', (CurrentState, seen) => {
		const of = { CurrentState };
		expect(shows(of, { agent: null })).toEqual(seen === 'done' ? { done: of } : seen);
	});
});

describe('a report', () => {
	const of = (ended = endedBy(done), more = {}, includeSession = false) =>
		makeReport({ request: REQUEST, ended, ...more }, { includeSession, simulateOnly: false });

	test('has the fields that workflows read, and no others, the user first', () => {
		const report = of();
		expect(report).toEqual({ ...REQUEST, ...resultOf(endedBy(done)) });
		expect(Object.keys(report).slice(0, 4)).toEqual(['userId', 'outcome', 'message', 'advice']);
		expect(JSON.parse(JSON.stringify(report))).toEqual(report);
		expect(of(endedBy(done), { sameAs: 0 }).attempts).toBe(0);
	});

	test('with Include Session Details has the session, or null where it is not known', () => {
		const read = { sessionId: 's-1', state: 'Agent', agent: 'agent@example.com' };
		expect(of(endedBy(done), { session: read }, true).session).toEqual(read);
		expect(of(shown('look', session), {}, true).session).toEqual(readSession(session));
		expect(of(endedBy(done), {}, true).session).toBeNull();
	});

	test('has the shape that n8n offers for mapping before a first run', () => {
		const file = path.join(__dirname, '../../../nodes/ContactUser/__schema__/v1.0.0.json');
		const { type, properties } = JSON.parse(readFileSync(file, 'utf8')) as {
			type: string;
			properties: Record<string, { type: string }>;
		};
		expect(type).toBe('object');
		expect(Object.entries(properties).map(([name, { type: is }]) => [name, is])).toEqual(
			Object.entries(of()).map(([name, value]) => [name, typeof value]),
		);
	});
});
