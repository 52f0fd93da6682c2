import type { INodeProperties } from 'n8n-workflow';

/** In whose name something is done. Names of parameters are stored in workflows and never change. */
export const CUSTOMER_SERVICE_ACCOUNT: INodeProperties = {
	displayName: 'Customer Service Account',
	name: 'customerServiceAccount',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The account of your Desk application in whose name the agent contacts the user',
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
	description:
		'The group (skill group) to choose the agent from. Leave it empty to let Desk choose by its own assignment strategy.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Any group',
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
	description:
		'The agent who contacts the user. Leave it empty to let Desk choose by its own assignment strategy.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Any agent',
			typeOptions: { searchListMethod: 'searchAgents', searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. agent@example.com' },
	],
};
