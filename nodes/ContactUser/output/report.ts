import type { ContactRequest } from '../input/contactRequest';

/** What happened to a user. Workflows store these words, so they never change. */
export type Outcome =
	| 'contacted'
	| 'agentUnavailable'
	| 'configurationError'
	| 'userUnavailable'
	| 'failed'
	| 'unconfirmed';

/** What is known about one contact, apart from what was asked for. */
export interface Finding {
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
}

/** The session of a user as Desk tells it. */
export interface SessionDetails {
	sessionId: string | null;
	state: string | null;
	agent: string | null;
}

/** How one contact ended. */
export interface Ending extends Finding {
	/** contact_user requests sent for this user. */
	attempts: number;
	/** With Include Session Details, and when the session was asked anyway. */
	session?: SessionDetails;
	/** Nothing was sent for this user because the run was stopped or cancelled before. */
	notTried?: true;
	/** Known from an earlier try of this execution; nothing new was found out about it. */
	fromEarlierTry?: true;
}

/** What every item carries on its way out. Shape and names are part of the node's interface. */
export interface ContactReport extends Finding {
	userId: string;
	customerServiceAccount: string;
	agentGroup: number | null;
	agent: string | null;
	attempts: number;
	/** With Include Session Details; null when nobody was contacted, or Desk did not tell. */
	session?: SessionDetails | null;
}

export function makeReport(
	echo: ContactRequest,
	ending: Ending,
	options: { includeSession: boolean },
): ContactReport {
	return {
		// First, since the table and the JSON of the editor begin with it.
		userId: echo.userId,
		outcome: ending.outcome,
		message: ending.message,
		advice: ending.advice,
		retryLater: ending.retryLater,
		errorCode: ending.errorCode,
		errorInfo: ending.errorInfo,
		customerServiceAccount: echo.customerServiceAccount,
		agentGroup: echo.agentGroup,
		agent: echo.agent,
		assignedAgent: ending.assignedAgent,
		attempts: ending.attempts,
		...(options.includeSession ? { session: ending.session ?? null } : {}),
	};
}
