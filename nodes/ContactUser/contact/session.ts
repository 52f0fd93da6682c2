import type { IDataObject } from 'n8n-workflow';

import type { DeskReply } from '../../shared/api/reply';
import { readSessionState, type SessionState } from '../../shared/desk/session';
import { nameOrNull } from '../../shared/desk/values';
import { ALREADY_WITH_AGENT } from './codes';
import { BLANK, failed, type ContactResult, type SessionDetails } from './results';

/** What a state of get_session_state says about a contact without a clear answer. */
const SHOWS: Record<SessionState, 'contacted' | 'notContacted'> = {
	Agent: 'contacted',
	WaitingForAgentAnswering: 'contacted',
	Queueing: 'contacted',
	NotInSession: 'notContacted',
	Chatbot: 'notContacted',
};

export type SessionReading =
	| { shows: 'contacted' | 'notContacted' | 'nothing'; session: SessionDetails }
	| { shows: 'nothing'; session?: undefined };

/** The JSON body of get_session_state: https://www.tencentcloud.com/document/product/1229/68825 */
export function sessionBody(userId: string, customerServiceAccount: string): IDataObject {
	return { ClientUserId: userId, CustomerServiceId: customerServiceAccount };
}

/** Reads an answer of get_session_state. */
export function readSession(reply: DeskReply): SessionReading {
	if (reply.kind !== 'answer' || reply.errorCode !== 0) return { shows: 'nothing' };
	const { SessionId, CurrentState, AgentId } = reply.body;
	const given = nameOrNull(CurrentState);
	const state = given === null ? undefined : readSessionState(given);
	const session = {
		sessionId: nameOrNull(SessionId),
		state: state ?? given,
		agent: nameOrNull(AgentId),
	};
	return { shows: state === undefined ? 'nothing' : SHOWS[state], session };
}

/** No answer came, but the session of the user shows that the contact was made. */
export function confirmedBySession(session: SessionDetails): ContactResult {
	return {
		...BLANK,
		outcome: 'contacted',
		message:
			'Desk gave no clear answer, but the session of the user shows that a live agent was assigned or is being assigned.',
		assignedAgent: session.agent,
		session,
	};
}

/** No answer came, and the session of the user shows that no contact was made. */
export function notContactedBySession(): ContactResult {
	return failed(
		'Desk gave no clear answer, and the session of the user shows that no agent contacted the user.',
		'Run the workflow again later.',
		true,
	);
}

/**
 * Desk says "already with a live agent" after a try without a clear answer: then that try did it.
 * Every other answer stands as it is.
 */
export function explainedByEarlierTry(result: ContactResult): ContactResult {
	if (result.errorCode !== ALREADY_WITH_AGENT) return result;
	return {
		...BLANK,
		outcome: 'contacted',
		message:
			'Desk gave no clear answer to the first request, and then said that the user is in a conversation with a live agent.',
		attempts: result.attempts,
		triedAt: result.triedAt,
	};
}
