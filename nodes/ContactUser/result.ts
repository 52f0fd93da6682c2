import { notSent, type Ended, type Failed } from '../shared/delivery/command';
import type { CodeClass } from '../shared/desk/codes';
import { readSessionState } from '../shared/desk/session';
import { nameOrNull, type Answer } from '../shared/desk/values';

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

/** How the contact of one user ended, in the words of a report. */
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
	/** Where a look at the session showed the contact. */
	session?: SessionDetails;
}

const SLOW_DOWN = 'Lower Requests per Second in the options, or run the workflow again later.';
const NOT_TRIED = {
	message: 'Nothing was sent, since the run stopped before this item.',
	advice: 'Run the workflow again for this user.',
};

/** The class of codes that stands for an outcome in a simulation. */
const CLASS_OF: Record<Exclude<Outcome, 'contacted'>, CodeClass> = {
	agentUnavailable: 'agentUnavailable',
	configurationError: 'request',
	userUnavailable: 'userUnavailable',
	failed: 'failed',
	unconfirmed: 'unclear',
};
const SIMULATED = 'Simulate Only is on, so nobody was contacted.';

/** How a simulated contact ends. `text`: as the builder chose it, in any case. undefined: there is no such outcome. */
export function simulatedEnd(text: string): Ended | undefined {
	const wanted = text.trim().toLowerCase();
	if (wanted === 'contacted') {
		return { kind: 'done', answer: {}, shownBy: 'simulation', attempts: 0 };
	}
	const outcome = (Object.keys(CLASS_OF) as Array<keyof typeof CLASS_OF>).find(
		(one) => one.toLowerCase() === wanted,
	);
	if (outcome === undefined) return undefined;
	const advice = 'Turn off Simulate Only to contact users.';
	const failed = notSent({ message: SIMULATED, advice }, CLASS_OF[outcome]);
	const retryLater = outcome === 'agentUnavailable' || outcome === 'failed';
	return {
		...failed,
		mayBeDone: outcome === 'unconfirmed',
		finding: { ...failed.finding, retryLater },
	};
}

const OUTCOME_OF: Record<CodeClass, Outcome> = {
	credential: 'configurationError',
	app: 'configurationError',
	request: 'configurationError',
	agentUnavailable: 'agentUnavailable',
	userUnavailable: 'userUnavailable',
	rateLimit: 'failed',
	notDone: 'failed',
	failed: 'failed',
	unclear: 'failed',
};

export function outcomeOf(ended: Ended): Outcome {
	if (ended.kind === 'done') return 'contacted';
	if (ended.kind === 'notTried') return 'failed';
	return ended.mayBeDone ? 'unconfirmed' : OUTCOME_OF[ended.finding.class];
}

/** Whether n8n's On Error setting decides about an item that ended so. */
export function followsOnError(
	ended: Ended,
	options: { stopWhenNothingCanBeSent: boolean },
): boolean {
	const outcome = outcomeOf(ended);
	if (outcome === 'failed' || outcome === 'unconfirmed') return true;
	const isOfAll = ended.kind === 'failed' && ['credential', 'app'].includes(ended.finding.class);
	return isOfAll && options.stopWhenNothingCanBeSent;
}

/** @param sameAs the item that asked for the same contact before, counted from 0 */
export function resultOf(ended: Ended, sameAs?: number): ContactResult {
	const result = ownResult(ended);
	if (sameAs === undefined || ended.kind === 'notTried') return result;
	return {
		...result,
		// A person counts from 1.
		message: `Item ${sameAs + 1} asks for the same contact, so the node sent it once for both: ${result.message}`,
		attempts: 0,
	};
}

function ownResult(ended: Ended): ContactResult {
	const blank = {
		advice: '',
		retryLater: false,
		errorCode: null,
		errorInfo: '',
		assignedAgent: null,
	};
	switch (ended.kind) {
		case 'notTried':
			return { ...blank, ...NOT_TRIED, outcome: 'failed', retryLater: true, attempts: 0 };
		case 'failed':
			return { ...blank, ...reported(ended), outcome: outcomeOf(ended) };
		case 'done':
			break;
	}
	const { answer, attempts } = ended;
	const contacted = { ...blank, outcome: 'contacted' as const, attempts };
	switch (ended.shownBy) {
		case 'answer': {
			const assignedAgent = nameOrNull(answer.MemberId);
			const who = assignedAgent === null ? 'A live agent' : `The live agent ${assignedAgent}`;
			return {
				...contacted,
				message: `${who} now contacts the user.`,
				errorCode: 0,
				assignedAgent,
			};
		}
		case 'look': {
			const session = readSession(answer);
			return {
				...contacted,
				message:
					'Desk gave no clear answer, but the session shows that a live agent was assigned or is being assigned.',
				assignedAgent: session.agent,
				session,
			};
		}
		case 'simulation':
			return { ...contacted, message: SIMULATED };
		case 'code':
			return {
				...contacted,
				message:
					'The first request had no clear answer. Then Desk said that the user is in a conversation with a live agent.',
			};
	}
}

function reported({ finding, attempts }: Failed): Omit<ContactResult, 'outcome' | 'assignedAgent'> {
	const { class: findingClass, ...words } = finding;
	return { ...words, ...(findingClass === 'rateLimit' && { advice: SLOW_DOWN }), attempts };
}

/** Reads an answer of get_session_state. */
export function readSession({ SessionId, CurrentState, AgentId }: Answer): SessionDetails {
	const given = nameOrNull(CurrentState);
	return {
		sessionId: nameOrNull(SessionId),
		state: readSessionState(given ?? '') ?? given,
		agent: nameOrNull(AgentId),
	};
}
