import { ALREADY_WITH_AGENT } from '../shared/desk/codes';
import type { ContactedItem } from './contactItem';
import type { ContactRequest } from './contactRequest';
import { resultOf, type ContactResult, type SessionDetails } from './result';

/** What every item carries on its way out. Shape and names are part of the node's interface. */
export interface ContactReport
	extends
		ContactRequest,
		Pick<
			ContactResult,
			| 'outcome'
			| 'message'
			| 'advice'
			| 'retryLater'
			| 'errorCode'
			| 'errorInfo'
			| 'assignedAgent'
			| 'attempts'
		> {
	/** With Include Session Details; null when nobody was contacted, or Desk did not tell. */
	session?: SessionDetails | null;
	/** With Simulate Only: nobody was contacted. */
	simulated?: true;
}

export function makeReport(
	{
		request,
		ended,
		sameAs,
		session,
	}: Pick<ContactedItem, 'request' | 'ended' | 'sameAs' | 'session'>,
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
