import { readApiText, type DeskReply } from '../../shared/api/reply';
import { ALREADY_WITH_AGENT } from './codes';
import { BLANK, failed } from './results';
import type { Finding, SessionDetails } from '../output/report';

/**
 * What get_session_state says about a contact without a clear answer.
 * States: https://www.tencentcloud.com/document/product/1229/68825
 */
const CONTACTED_STATES = new Set(['Agent', 'WaitingForAgentAnswering', 'Queueing']);
const NOT_CONTACTED_STATES = new Set(['NotInSession', 'Chatbot']);

/** Ids and login names; none is documented to be longer. */
const LONGEST_NAME = 254;

export type SessionReading =
	| { shows: 'contacted' | 'notContacted' | 'nothing'; session: SessionDetails }
	| { shows: 'nothing'; session?: undefined };

/** Reads an answer of get_session_state. */
export function readSession(reply: DeskReply): SessionReading {
	if (reply.kind !== 'answer' || reply.errorCode !== 0) return { shows: 'nothing' };
	const { SessionId, CurrentState, AgentId } = reply.body;
	const state = nameOrNull(CurrentState);
	const session = { sessionId: nameOrNull(SessionId), state, agent: nameOrNull(AgentId) };
	if (state !== null && CONTACTED_STATES.has(state)) return { shows: 'contacted', session };
	if (state !== null && NOT_CONTACTED_STATES.has(state)) return { shows: 'notContacted', session };
	return { shows: 'nothing', session };
}

/** No answer came, but the session of the user shows that the contact was made. */
export function confirmedBySession(session: SessionDetails): Finding {
	return {
		...BLANK,
		outcome: 'contacted',
		message:
			'Desk gave no clear answer, but the session of the user shows that a live agent was assigned or is being assigned.',
		assignedAgent: session.agent,
	};
}

/** No answer came, and the session of the user shows that no contact was made. */
export function notContactedBySession(): Finding {
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
export function explainedByEarlierTry(finding: Finding): Finding {
	if (finding.errorCode !== ALREADY_WITH_AGENT) return finding;
	return {
		...BLANK,
		outcome: 'contacted',
		message:
			'Desk gave no clear answer to the first request, and then said that the user is in a conversation with a live agent.',
	};
}

/** A name that the API gave, or null when it gave none. */
export function nameOrNull(value: unknown): string | null {
	return readApiText(value, LONGEST_NAME) || null;
}
