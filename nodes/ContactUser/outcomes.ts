import { describeCode } from '../shared/deskCodes';
import type { DeskReply } from '../shared/deskReply';
import type { Ending, Finding, SessionDetails } from './report';

/**
 * An answer to contact_user, judged:
 *  - `report`: that is how it ended
 *  - `stopApp`: that is how it ended, and every other request of the application would end alike
 *  - `resend`: surely not done; `finding` holds once no retry is left
 *  - `confirm`: it may have been done; `finding` holds when the session state cannot tell
 */
export type Verdict =
	| { next: 'report'; finding: Finding }
	| { next: 'stopApp'; finding: Finding }
	| { next: 'resend'; finding: Finding; rateLimited: boolean; retryAfterMs?: number }
	| { next: 'confirm'; finding: Finding };

const CHECK_CONNECTION =
	'Check the data center or Base URL of the credential and the network of your n8n, then run the workflow again.';
const LOOK_FIRST =
	'Look into the Desk workbench whether the user was contacted before you contact the user again.';
const SLOW_DOWN = 'Lower Requests per Second in the options, or run the workflow again later.';

/** Judges what came back for a contact_user request. */
export function judge(reply: DeskReply): Verdict {
	switch (reply.kind) {
		case 'answer':
			return reply.errorCode === 0 ? contacted(reply.body.MemberId) : judgeRefusal(reply);
		case 'tooManyRequests':
			return {
				next: 'resend',
				rateLimited: true,
				retryAfterMs: reply.retryAfterMs,
				finding: failed(
					'Tencent refused the request because too many were sent in a short time.',
					SLOW_DOWN,
				),
			};
		case 'notSent':
			return {
				next: 'resend',
				rateLimited: false,
				finding: failed(`${reply.reason}, so the user was not contacted.`, CHECK_CONNECTION),
			};
		case 'blocked':
			return {
				next: 'report',
				finding: {
					...failed(`${reply.reason}, so nothing was sent.`, reply.advice),
					retryLater: false,
				},
			};
		case 'refused':
			return {
				next: 'report',
				finding: {
					...failed(
						`The server refused the request with HTTP status ${reply.httpStatus}, so the user was not contacted.`,
						CHECK_CONNECTION,
					),
					retryLater: false,
				},
			};
		case 'unsure':
			return {
				next: 'confirm',
				finding: unconfirmed(`${reply.reason}, so it is not known whether the user was contacted.`),
			};
	}
}

function contacted(memberId: unknown): Verdict {
	const assignedAgent = typeof memberId === 'string' && memberId !== '' ? memberId : null;
	const by = assignedAgent === null ? 'A live agent' : `The live agent ${assignedAgent}`;
	return {
		next: 'report',
		finding: {
			...BLANK,
			outcome: 'contacted',
			message: `${by} now contacts the user.`,
			errorCode: 0,
			assignedAgent,
		},
	};
}

function judgeRefusal(reply: Extract<DeskReply, { kind: 'answer' }>): Verdict {
	const { errorCode, errorInfo, retryAfterMs } = reply;
	const { class: codeClass, message, advice, retryLater } = describeCode(errorCode);
	const finding = { ...BLANK, message, advice, retryLater, errorCode, errorInfo };
	switch (codeClass) {
		case 'agentUnavailable':
		case 'userUnavailable':
			return { next: 'report', finding: { ...finding, outcome: codeClass } };
		case 'appRefusal':
			return { next: 'stopApp', finding: { ...finding, outcome: 'configurationError' } };
		case 'requestRefusal':
			return { next: 'report', finding: { ...finding, outcome: 'configurationError' } };
		case 'rateLimit':
		case 'notDone':
			return {
				next: 'resend',
				rateLimited: codeClass === 'rateLimit',
				retryAfterMs,
				finding: { ...finding, outcome: 'failed' },
			};
		case 'failed':
			return { next: 'report', finding: { ...finding, outcome: 'failed' } };
		case 'unsure':
			return { next: 'confirm', finding: { ...finding, outcome: 'unconfirmed' } };
	}
}

/** The user has a session with, or on the way to, a live agent. get_session_state: 1229/68825 */
const CONTACTED_STATES = new Set(['Agent', 'WaitingForAgentAnswering', 'Queueing']);
const NOT_CONTACTED_STATES = new Set(['NotInSession', 'Chatbot']);

export type SessionReading =
	| { shows: 'contacted' | 'notContacted' | 'nothing'; session: SessionDetails }
	| { shows: 'nothing'; session?: undefined };

/** Reads an answer of get_session_state. */
export function readSession(reply: DeskReply): SessionReading {
	if (reply.kind !== 'answer' || reply.errorCode !== 0) return { shows: 'nothing' };
	const { SessionId, CurrentState, AgentId } = reply.body;
	const state = textOrNull(CurrentState);
	const session = { sessionId: textOrNull(SessionId), state, agent: textOrNull(AgentId) };
	if (state !== null && CONTACTED_STATES.has(state)) return { shows: 'contacted', session };
	if (state !== null && NOT_CONTACTED_STATES.has(state)) return { shows: 'notContacted', session };
	return { shows: 'nothing', session };
}

/** No answer came, but the session of the user shows that the contact was made. */
export function confirmedBySession(session: SessionDetails | undefined): Finding {
	return {
		...BLANK,
		outcome: 'contacted',
		message:
			'Desk gave no answer, but the session of the user shows that a live agent was assigned or is being assigned.',
		assignedAgent: session?.agent ?? null,
	};
}

/** No answer came, and the session of the user shows that no contact was made. */
export function notContactedBySession(): Finding {
	return failed(
		'Desk gave no answer, and the session of the user shows that no agent contacted the user.',
		'Run the workflow again later.',
	);
}

/**
 * Desk says "already with a live agent" after a try without an answer: then that try did it.
 * Every other answer stands as it is.
 */
export function explainedByEarlierTry(finding: Finding): Finding {
	if (finding.errorCode !== ALREADY_WITH_AGENT) return finding;
	return {
		...BLANK,
		outcome: 'contacted',
		message:
			'Desk gave no answer to the first request, and then said that the user is in a conversation with a live agent.',
	};
}

/** Not sent, since the whole application was refused with `reason` on another item. */
export function notSentSince(reason: Finding, attempts: number): Finding {
	const again = attempts > 0 ? ' again' : '';
	return {
		...reason,
		message: `Not sent${again}, since Desk refused another item: ${reason.message}`,
	};
}

/** Not sent, since the run was stopped or cancelled before this item's turn. */
export function notTried(): Ending {
	return {
		...failed(
			'Not sent, since the run was stopped before.',
			'Run the workflow again for this user.',
		),
		attempts: 0,
		notTried: true,
	};
}

/** A defect of the node itself; where it struck is not known, so neither is whether the user was contacted. */
export function unexpected(): Ending {
	return {
		...unconfirmed(
			'The node met something unexpected, so it is not known whether the user was contacted.',
		),
		attempts: 0,
	};
}

const ALREADY_WITH_AGENT = 141016;

const BLANK = {
	advice: '',
	retryLater: false,
	errorCode: null,
	errorInfo: '',
	assignedAgent: null,
};

function failed(message: string, advice: string): Finding {
	return { ...BLANK, outcome: 'failed', message, advice, retryLater: true };
}

function unconfirmed(message: string): Finding {
	return { ...BLANK, outcome: 'unconfirmed', message, advice: LOOK_FIRST };
}

function textOrNull(value: unknown): string | null {
	return typeof value === 'string' && value !== '' ? value : null;
}
