import {
	notTried,
	refusedBeforeSending,
	unexpected,
} from '../../../../nodes/ContactUser/contact/results';
import { judge } from '../../../../nodes/ContactUser/contact/verdict';
import { makeReport, type Finding } from '../../../../nodes/ContactUser/output/report';
import {
	confirmedBySession,
	explainedByEarlierTry,
	notContactedBySession,
} from '../../../../nodes/ContactUser/contact/session';
import { toolAnswer } from '../../../../nodes/ContactUser/output/toolAnswer';
import type { DeskReply } from '../../../../nodes/shared/api/reply';
import { CODES } from '../../../codes';
import { REQUEST } from '../contact/endings';
import { answer } from '../contact/replies';

const REFUSED_PARAMETER = {
	message: 'User ID is empty, so nothing was sent.',
	advice: 'Enter it.',
};
const OTHER_REPLIES: DeskReply[] = [
	{ kind: 'tooManyRequests' },
	{ kind: 'notSent', reason: 'The server refused the connection' },
	{ kind: 'blocked', reason: 'n8n itself does not allow it', advice: 'Ask the administrator.' },
	{ kind: 'httpError', httpStatus: 403 },
	{ kind: 'ambiguous', reason: 'The server did not answer in time' },
];
const FINDINGS: Finding[] = [
	judge(answer(0)).finding,
	...[...CODES.map(([code]) => code), 120001, 987654].map((code) => judge(answer(code)).finding),
	...OTHER_REPLIES.map((reply) => judge(reply).finding),
	confirmedBySession({ sessionId: null, state: 'Queueing', agent: null }),
	explainedByEarlierTry(judge(answer(141016)).finding),
	notContactedBySession(),
	refusedBeforeSending(REFUSED_PARAMETER),
	notTried(),
	unexpected(),
];

const told = (finding: Finding, agent: string | null = null) => {
	const echo = { ...REQUEST, agent };
	return toolAnswer(makeReport(echo, { ...finding, attempts: 1 }, { includeSession: false }));
};

const ofOutcome = (...outcomes: string[]) =>
	FINDINGS.filter(({ outcome }) => outcomes.includes(outcome)).map((finding) => told(finding));

test('every outcome is among what is looked at here', () => {
	expect(new Set(FINDINGS.map(({ outcome }) => outcome)).size).toBe(6);
});

test('a contact is told as one, in a sentence without login names', () => {
	const contacted = ofOutcome('contacted');
	expect(contacted.length).toBeGreaterThan(2);
	for (const { message, advice } of contacted) {
		expect(message).toMatch(/live agent/);
		expect(message).not.toMatch(/not contacted|No new contact|@/);
		expect(advice).toBe('');
	}
	const named = judge(answer(0, { MemberId: 'mei@example.com' })).finding;
	expect(named.message).toContain('mei@example.com');
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
	const busy = judge(answer(141013)).finding;
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
	for (const finding of FINDINGS) {
		if (!['configurationError', 'failed', 'unconfirmed'].includes(finding.outcome)) continue;
		const { message, advice } = told(finding);
		expect(message).not.toMatch(/\d|SDKAppID|key|signature|credential|server|webhook|parameter/i);
		expect(advice).toContain(`not for the user: ${finding.message}`);
		expect(advice).toContain(finding.advice);
	}
});

test('no message speaks of the plumbing', () => {
	for (const finding of FINDINGS) {
		expect(told(finding).message).not.toMatch(/Desk|webhook|session|application/i);
	}
});

test('a message is one sentence', () => {
	for (const finding of FINDINGS) expect(told(finding).message).toMatch(/^[A-Z][^.]*\.$/);
});

test('all other fields of the report stay as they are', () => {
	const report = makeReport(REQUEST, { ...FINDINGS[3], attempts: 1 }, { includeSession: true });
	const { message, advice } = toolAnswer(report);
	expect(toolAnswer(report)).toEqual({ ...report, message, advice });
});
