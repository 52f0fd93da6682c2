import {
	readContactRequest,
	type ContactParameters,
} from '../../../nodes/ContactUser/contactRequest';

const GOOD = {
	userId: 'user-1',
	customerServiceAccount: '@customer_service_account',
	agentGroup: '',
	agent: '',
};

/** Parameters of an item as n8n gave them, good where nothing else is said. */
export function parametersWith(fields: Record<string, unknown>): ContactParameters {
	const { userId, customerServiceAccount, agentGroup, agent } = { ...GOOD, ...fields };
	return {
		userId: { value: userId },
		customerServiceAccount: { value: customerServiceAccount },
		agentGroup: { value: agentGroup },
		agent: { value: agent },
	};
}

export const read = (fields: Record<string, unknown>) => readContactRequest(parametersWith(fields));
