import type { ContactRequest } from '../../../../nodes/ContactUser/contactRequest';
import type { ContactResult, Outcome } from '../../../../nodes/ContactUser/result';
import type { ContactReport } from '../../../../nodes/ContactUser/report';

export const OUTCOMES: Outcome[] = [
	'contacted',
	'agentUnavailable',
	'configurationError',
	'userUnavailable',
	'failed',
	'unconfirmed',
];

export const REQUEST: ContactRequest = {
	userId: 'user-1',
	customerServiceAccount: '@account',
	agentGroup: 1001,
	agent: 'agent@example.com',
};

/** A result where only the given fields matter. */
export function resultOf(fields: Partial<ContactResult>): ContactResult {
	return {
		outcome: 'contacted',
		message: 'A live agent now contacts the user.',
		advice: '',
		retryLater: false,
		errorCode: 0,
		errorInfo: '',
		assignedAgent: null,
		attempts: 1,
		...fields,
	};
}

export function reportOf(fields: Partial<ContactReport>): ContactReport {
	return { ...resultOf({}), ...REQUEST, ...fields };
}
