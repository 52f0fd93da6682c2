import { makeReport, toolAnswer } from '../../../nodes/ContactUser/report';
import { resultOf } from '../../../nodes/ContactUser/result';
import { NOT_TRIED, notSent, type Ended } from '../../../nodes/shared/delivery/command';
import { unexpected } from '../../../nodes/shared/delivery/run';
import { CODES } from '../../codes';
import { answer, noConnection, timeOut, tooMany } from '../replies';
import { endedBy, REQUEST } from './contacts';

const ENDED: Ended[] = [
	...[0, ...CODES.map(([code]) => code), 987654].map((code) => endedBy(answer(code))),
	...[tooMany(), noConnection, timeOut].map(endedBy),
	endedBy({ kind: 'blocked', reason: 'n8n itself does not allow it', advice: 'Ask somebody.' }),
	endedBy({ kind: 'httpError', httpStatus: 403 }),
	...(['look', 'code'] as const).map((shownBy): Ended => ({
		kind: 'done',
		answer: {},
		shownBy,
		attempts: 1,
	})),
	notSent({ message: 'User ID is empty, so nothing was sent.', advice: 'Enter it.' }),
	NOT_TRIED,
	unexpected(true),
	unexpected(false),
];
const RESULTS = ENDED.map((ended) => ({ ...resultOf(ended), ended }));

const told = ({ ended }: { ended: Ended }, agent: string | null = null) =>
	toolAnswer(
		makeReport(
			{ request: { ...REQUEST, agent }, ended },
			{ includeSession: false, simulateOnly: false },
		),
	);

const ofOutcome = (...outcomes: string[]) =>
	RESULTS.filter(({ outcome }) => outcomes.includes(outcome)).map((result) => told(result));

test('every outcome is among what is looked at here', () => {
	expect(new Set(RESULTS.map(({ outcome }) => outcome)).size).toBe(6);
});

test('a contact is told as one, in a sentence without login names', () => {
	const contacted = ofOutcome('contacted');
	expect(contacted.length).toBeGreaterThan(2);
	for (const { message, advice } of contacted) {
		expect(message).toMatch(/live agent/);
		expect(message).not.toMatch(/not contacted|No new contact|@/);
		expect(advice).toBe('');
	}
	const named = { ended: endedBy(answer(0, { MemberId: 'mei@example.com' })) };
	expect(resultOf(named.ended).message).toContain('mei@example.com');
	expect(told(named)).toMatchObject({
		message: 'A live agent now contacts the user.',
		assignedAgent: 'mei@example.com',
	});
});

test('every outcome but contacted and unconfirmed says that nobody was contacted', () => {
	const outcomes = ['agentUnavailable', 'configurationError', 'userUnavailable', 'failed'];
	const answers = ofOutcome(...outcomes);
	expect(answers.length).toBeGreaterThan(50);
	for (const { message } of answers) {
		expect(message).toMatch(/the user was not contacted|^No new contact was made/i);
		expect(message).not.toMatch(/transferred|connected|now contacts/);
	}
});

test('unconfirmed says that it is not known, and not to call again', () => {
	for (const { message, advice } of ofOutcome('unconfirmed')) {
		expect(message).toBe('It is not known whether a live agent contacts the user.');
		expect(advice).toMatch(/^Do not call again for this user\. /);
	}
});

test('no available agent is called so, and a chosen one that is away is not taken for all of them', () => {
	const busy = { ended: endedBy(answer(141013)) };
	expect(told(busy).message).toBe(
		'No live agent is available, so the user was not contacted: the agent is on a break.',
	);
	expect(told(busy, 'chen@example.com').message).toBe(
		'The chosen agent is not available, so the user was not contacted: the agent is on a break.',
	);
	for (const { message } of ofOutcome('agentUnavailable')) {
		expect(message).toMatch(/^No live agent is available, so the user was not contacted: [nt]/);
	}
});

test('what is wrong with request or setup stands in the advice only', () => {
	for (const result of RESULTS) {
		if (!['configurationError', 'failed', 'unconfirmed'].includes(result.outcome)) continue;
		const { message, advice } = told(result);
		expect(message).not.toMatch(/\d|SDKAppID|key|signature|credential|server|webhook|parameter/i);
		expect(advice).toContain(`not for the user: ${result.message}`);
		expect(advice).toContain(result.advice);
	}
});

test('no message speaks of the plumbing', () => {
	for (const result of RESULTS) {
		expect(told(result).message).not.toMatch(/Desk|webhook|session|application/i);
	}
});

test('a message is one sentence', () => {
	for (const result of RESULTS) expect(told(result).message).toMatch(/^[A-Z][^.]*\.$/);
});

test('all other fields of the report stay as they are', () => {
	const report = makeReport(
		{ request: REQUEST, ended: ENDED[3] },
		{ includeSession: true, simulateOnly: false },
	);
	const { message, advice } = toolAnswer(report);
	expect(toolAnswer(report)).toEqual({ ...report, message, advice });
});
