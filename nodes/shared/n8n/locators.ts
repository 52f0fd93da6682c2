import type { INodeProperties } from 'n8n-workflow';

import { isRecord } from '../desk/reply';

/** In whose name something is done. Names of parameters are stored in workflows and never change. */
export const CUSTOMER_SERVICE_ACCOUNT: INodeProperties = {
	displayName: 'Customer Service Account',
	name: 'customerServiceAccount',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The account of your Desk application that users see',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select an account...',
			typeOptions: { searchListMethod: 'searchCustomerServiceAccounts', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. @customer_service_account',
		},
	],
};

/** Also called skill group. */
export const AGENT_GROUP: INodeProperties = {
	displayName: 'Agent Group',
	name: 'agentGroup',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description: 'The group (skill group) of agents',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a group...',
			typeOptions: { searchListMethod: 'searchAgentGroups', searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 1001' },
	],
};

/** A member, by login email. */
export const AGENT: INodeProperties = {
	displayName: 'Agent',
	name: 'agent',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description: 'The agent, by the email address the agent logs in with',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select an agent...',
			typeOptions: { searchListMethod: 'searchAgents', searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. agent@example.com' },
	],
};

/** What the list of an optional locator begins with, and what the panel shows while nothing is chosen. */
export const ANY_GROUP = 'Any group';
export const ANY_AGENT = 'Any agent';

/** The same locator where nothing in particular may be chosen; its list needs `orAny` of the same words. */
export function optional(locator: INodeProperties, any: string): INodeProperties {
	const modes = locator.modes?.map((mode) =>
		mode.type === 'list' ? { ...mode, placeholder: any } : mode,
	);
	return { ...locator, modes };
}

/** What a drop-down holds; what is none, itself. */
export function chosenIn(parameter: unknown): unknown {
	return isRecord(parameter) ? parameter.value : parameter;
}
