import type { ContactResult, SessionDetails } from '../contact/results';
import type { ContactRequest } from '../input/contactRequest';

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
}

export function makeReport(
	request: ContactRequest,
	result: ContactResult,
	options: { includeSession: boolean },
): ContactReport {
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
		...(options.includeSession ? { session: result.session ?? null } : {}),
	};
}
