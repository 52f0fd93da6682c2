import type { Problem } from '../../../credentials/deskAccount';
import { LOOK_FIRST } from './codes';
import type { Moment } from './moment';

/** What happened to a user. Workflows store these words, so they never change. */
export type Outcome =
	| 'contacted'
	| 'agentUnavailable'
	| 'configurationError'
	| 'userUnavailable'
	| 'failed'
	| 'unconfirmed';

/** The session of a user as Desk tells it. */
export interface SessionDetails {
	sessionId: string | null;
	state: string | null;
	agent: string | null;
}

/** How the contact of one user ended: made by judging an answer, kept until it is reported. */
export interface ContactResult {
	outcome: Outcome;
	/** What happened: one sentence. */
	message: string;
	/** What to do next: one sentence, or empty. */
	advice: string;
	/** Whether the same request may succeed later without a change by the builder. */
	retryLater: boolean;
	/** The API's code; null when it gave no verdict. */
	errorCode: number | null;
	/** The API's own text, at most 500 characters; data, never evaluated. */
	errorInfo: string;
	assignedAgent: string | null;
	/** contact_user requests sent for this user. */
	attempts: number;
	/** With Include Session Details, and when the session was asked anyway. */
	session?: SessionDetails;
	/** When the last contact_user request ended, on the clock of the process; undefined when this run sent none. */
	triedAt?: number;
	/** When that request was sent. */
	sentAt?: Moment;
	/** The one agent who was asked for, while it is in doubt whether that was done. */
	askedAgent?: string;
	/** Nothing was sent for this user because the run was stopped or cancelled before. */
	notTried?: true;
	/** The account through which somebody else asked, while it is in doubt whether that was done. */
	askedAccount?: string;
	/** Known from an earlier try of this execution; nothing new was found out about it. */
	fromEarlierTry?: true;
	/** The item that asked for the same contact first, counted from 0. */
	sameAs?: number;
}

/** Nothing known, nothing said and nothing sent: what all results start from. */
export const BLANK = {
	advice: '',
	retryLater: false,
	errorCode: null,
	errorInfo: '',
	assignedAgent: null,
	attempts: 0,
};

/** It surely did not happen. */
export function failed(message: string, advice: string, retryLater: boolean): ContactResult {
	return { ...BLANK, outcome: 'failed', message, advice, retryLater };
}

/** It may have happened. */
export function unconfirmed(message: string): ContactResult {
	return { ...BLANK, outcome: 'unconfirmed', message, advice: LOOK_FIRST };
}

/** Nothing was sent, since something about the item or the credential cannot be right. */
export function notSent(problem: Problem): ContactResult {
	return { ...BLANK, ...problem, outcome: 'configurationError' };
}

/** Not sent, since the whole application was refused with `reason` on another item. */
export function notSentSince(reason: ContactResult, attempts: number): ContactResult {
	const again = attempts > 0 ? ' again' : '';
	return {
		...reason,
		message: `Not sent${again}, since Desk refused another item: ${reason.message}`,
		attempts,
	};
}

/** Not sent, or not again, since the rate limit of the application does not lift. */
export function limited(soFar: ContactResult | undefined): ContactResult {
	const { errorCode, errorInfo, attempts } = soFar ?? BLANK;
	const again = attempts > 0 ? ' again' : '';
	return {
		...failed(
			`Not sent${again}, since Tencent kept on refusing requests because too many were sent.`,
			'Run the workflow again later, or ask Tencent for a higher limit.',
			true,
		),
		...{ errorCode, errorInfo, attempts, triedAt: soFar?.triedAt },
	};
}

/** Not sent, since the run was stopped or cancelled before this item's turn. */
export function notTried(): ContactResult {
	return {
		...failed(
			'Not sent, since the run was stopped before.',
			'Run the workflow again for this user.',
			true,
		),
		notTried: true,
	};
}

/**
 * Of an item that asked for the same contact as one before it, which was sent once for both.
 * @param itemIndex of the one before, from 0; a person counts from 1
 */
export function sameContact(result: ContactResult, itemIndex: number): ContactResult {
	if (result.notTried) return { ...result, sameAs: itemIndex };
	return {
		...result,
		message: `The same contact as item ${itemIndex + 1}, so it was sent once for both: ${result.message}`,
		attempts: 0,
		sameAs: itemIndex,
	};
}

/** A defect of the node itself; where it struck is not known, so neither is whether the user was contacted. */
export function unexpected(): ContactResult {
	return unconfirmed(
		'The node met something unexpected, so it is not known whether the user was contacted.',
	);
}
