import { failedBy, type Ended, type Failed } from '../shared/delivery/command';
import { ALREADY_WITH_AGENT, type CodeClass } from '../shared/desk/codes';
import { readSessionState } from '../shared/desk/session';
import { nameOrNull, type Answer } from '../shared/desk/values';
import type { ContactRequest } from './contact';

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

/** What became of a contact. */
export interface Contacted {
	ended: Ended;
	/** With Include Session Details. */
	session?: SessionDetails;
}

/** One item of the run, worked through. */
export interface ContactedItem extends Contacted {
	/** What was asked for, as far as it could be read. */
	request: ContactRequest;
	/** The item that asked for the same contact first, counted from 0. */
	sameAs?: number;
}

const SLOW_DOWN = 'Lower Requests per Second in the options, or run the workflow again later.';
const STOPPED_BEFORE = {
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
	const retryLater = outcome === 'agentUnavailable' || outcome === 'failed';
	const failed = failedBy({ message: SIMULATED, advice, retryLater }, CLASS_OF[outcome]);
	return { ...failed, mayBeDone: outcome === 'unconfirmed' };
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
			return { ...blank, ...STOPPED_BEFORE, outcome: 'failed', retryLater: true, attempts: 0 };
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

/** What every item carries on its way out. Shape and names are part of the node's interface. */
export interface ContactReport extends ContactRequest, Omit<ContactResult, 'session'> {
	/** With Include Session Details; null when nobody was contacted, or Desk did not tell. */
	session?: SessionDetails | null;
	/** With Simulate Only: nobody was contacted. */
	simulated?: true;
}

export function makeReport(
	{ request, ended, sameAs, session }: ContactedItem,
	options: { includeSession: boolean; simulateOnly: boolean },
): ContactReport {
	const result = resultOf(ended, sameAs);
	return {
		// First, since the table and the JSON of the editor begin with it.
		userId: request.userId,
		outcome: result.outcome,
		message: result.message,
		advice: result.advice,
		retryLater: result.retryLater,
		errorCode: result.errorCode,
		errorInfo: result.errorInfo,
		customerServiceAccount: request.customerServiceAccount,
		agentGroup: request.agentGroup,
		agent: request.agent,
		assignedAgent: result.assignedAgent,
		attempts: result.attempts,
		...(options.includeSession ? { session: session ?? result.session ?? null } : {}),
		...(options.simulateOnly ? { simulated: true } : {}),
	};
}

type Words = Partial<Pick<ContactReport, 'message' | 'advice'>>;

/**
 * What a model reads of a report, under the same field names. `message` becomes one sentence that it may tell the
 * user: whether a live agent was reached, without login names or settings. What helps to mend something is `advice`.
 */
export function toolAnswer(report: ContactReport): ContactReport {
	return { ...report, ...wordsFor(report) };
}

function wordsFor({ outcome, message, advice, errorCode, agent }: ContactReport): Words {
	// None of these sentences begins with a name, so the first letter may become small.
	const cause = message.charAt(0).toLowerCase() + message.slice(1);
	// For the model too, since it may have filled in what is wrong.
	const details = `For you and the owner of the workflow, not for the user: ${message} ${advice}`;
	switch (outcome) {
		case 'contacted':
			return {
				message:
					errorCode === 0
						? 'A live agent now contacts the user.'
						: 'A live agent contacts the user, or is being assigned.',
			};
		case 'agentUnavailable': {
			const who = agent === null ? 'No live agent is' : 'The chosen agent is not';
			return { message: `${who} available, so the user was not contacted: ${cause}` };
		}
		case 'userUnavailable':
			return errorCode === ALREADY_WITH_AGENT
				? { message: `No new contact was made: ${cause}` }
				: {
						message:
							'No new contact was made, since the user cannot be handed to a live agent now.',
						advice: details,
					};
		case 'configurationError':
			return {
				message: 'The user was not contacted, since the request or its setup is not right.',
				advice: details,
			};
		case 'failed':
			return {
				message: 'The user was not contacted, since the request did not succeed.',
				advice: details,
			};
		case 'unconfirmed':
			return {
				message: 'It is not known whether a live agent contacts the user.',
				advice: `Do not call again for this user. ${details}`,
			};
	}
}
