import { readFileSync } from 'node:fs';
import path from 'node:path';

import {
	makeReport,
	outcomeOf,
	readSession,
	resultOf,
	toolAnswer,
	type Outcome,
} from '../../../nodes/ContactUser/report';
import { NOT_TRIED, notSent, type Ended } from '../../../nodes/shared/delivery/command';
import { unexpected } from '../../../nodes/shared/delivery/run';
import { CODES } from '../../codes';
import { answer, done, noConnection, timeOut, tooMany } from '../replies';
import { endedBy, reportOf, REQUEST } from './contacts';

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

describe('what a model reads of a report', () => {
	const ENDED: Ended[] = [
		...[0, ...CODES.map(([code]) => code), 987654].map((code) => endedBy(answer(code))),
		...[tooMany(), noConnection, timeOut].map(endedBy),
		endedBy({ kind: 'blocked', reason: 'n8n itself does not allow it', advice: 'Ask somebody.' }),
		endedBy({ kind: 'httpError', httpStatus: 403 }),
		...[shown('look'), shown('code'), NOT_TRIED, unexpected(true), unexpected(false)],
		notSent({ message: 'User ID is empty, so nothing was sent.', advice: 'Enter it.' }),
	];
	const told = (ended: Ended, agent: string | null = null) =>
		toolAnswer(reportOf({ ...resultOf(ended), agent }));

	/** What the message of each outcome is, and must not be. */
	const SAYS: Record<Outcome, [is: RegExp, isNot: RegExp]> = {
		contacted: [/live agent/, /not contacted|No new contact|@/],
		agentUnavailable: [/^No live agent is available, so the user was not contacted: [nt]/, /@/],
		userUnavailable: [/^No new contact was made/, /now contacts/],
		configurationError: [/the user was not contacted/i, /now contacts/],
		failed: [/the user was not contacted/i, /now contacts/],
		unconfirmed: [/^It is not known whether a live agent contacts the user\.$/, /now contacts/],
	};

	test('is one sentence without the plumbing, true to the outcome; what is wrong with request or setup stands in the advice', () => {
		const seen = new Set<Outcome>();
		for (const ended of ENDED) {
			const { outcome, ...result } = resultOf(ended);
			const { message, advice } = told(ended);
			seen.add(outcome);
			expect(message).toMatch(/^[A-Z][^.]*\.$/);
			expect(message).not.toMatch(/Desk|webhook|session|application|transferred|connected/i);
			expect(message).toMatch(SAYS[outcome][0]);
			expect(message).not.toMatch(SAYS[outcome][1]);
			if (outcome === 'contacted') expect(advice).toBe('');
			if (outcome === 'unconfirmed') {
				expect(advice).toMatch(/^Do not call again for this user\. /);
			}
			if (!['configurationError', 'failed', 'unconfirmed'].includes(outcome)) continue;
			expect(message).not.toMatch(/\d|SDKAppID|key|signature|credential|server|parameter/i);
			expect(advice).toContain(`not for the user: ${result.message}`);
			expect(advice).toContain(result.advice);
		}
		expect(seen.size).toBe(6);
	});

	test('names no agent, and does not take a chosen one that is away for all of them', () => {
		expect(told(endedBy(answer(0, { MemberId: 'mei@example.com' })))).toMatchObject({
			message: 'A live agent now contacts the user.',
			assignedAgent: 'mei@example.com',
		});
		const away = 'available, so the user was not contacted: the agent is on a break.';
		expect(told(endedBy(answer(141013))).message).toBe(`No live agent is ${away}`);
		expect(told(endedBy(answer(141013)), 'chen@example.com').message).toBe(
			`The chosen agent is not ${away}`,
		);
	});

	test('has all other fields as they are', () => {
		const report = reportOf(resultOf(endedBy(answer(141004))));
		const { message, advice } = toolAnswer(report);
		expect(toolAnswer(report)).toEqual({ ...report, message, advice });
	});
});
