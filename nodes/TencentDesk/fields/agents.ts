import type { INodeProperties } from 'n8n-workflow';

import { AGENT, AGENT_GROUP, ANY_AGENT, ANY_GROUP, optional } from '../../shared/n8n/locators';
import { type Choice, type Field, readAgent, readAgents, readChoice, readReason } from './field';
import { readAgent as readAnyAgent, readAgentGroup, readSwitch } from '../../shared/n8n/text';

export const agent: Field<string> = {
	property: {
		...AGENT,
		required: true,
		description: 'The agent, by the email address the agent logs in with',
	},
	hidden: '',
	read: readAgent,
	advice: 'Choose the agent from the list, or enter the email address the agent logs in with.',
};

export const agents: Field<string[]> = {
	property: {
		...listedBy('searchAgentsOrAny', optional(AGENT, ANY_AGENT)),
		description:
			'The agent to hand the session to. By ID, you can enter several agents, separated by commas. If empty: Desk chooses by its own assignment strategy.',
	},
	hidden: [],
	read: readAgents,
	advice:
		'Choose the agent from the list, enter the email addresses of one or several agents, or leave it empty.',
};

export const optionalAgent: Field<string> = {
	property: {
		...listedBy('searchAgentsOrAny', optional(AGENT, ANY_AGENT)),
		description:
			'The agent to hand the session to. If empty: Desk chooses by its own assignment strategy.',
	},
	hidden: '',
	read: readAnyAgent,
	advice:
		'Choose the agent from the list, enter the email address the agent logs in with, or leave it empty.',
};

export const agentGroup: Field<number | null> = {
	property: {
		...listedBy('searchAgentGroupsOrAny', optional(AGENT_GROUP, ANY_GROUP)),
		description: 'The group (skill group) that the agent comes from. If empty: any group.',
	},
	hidden: null,
	read: readAgentGroup,
	advice: 'Choose the agent group from the list, enter its number, or leave it empty.',
};

export const includeStatus: Field<boolean> = {
	property: {
		displayName: 'Include Status',
		name: 'includeStatus',
		type: 'boolean',
		default: false,
		description:
			'Whether to look up the status of each agent, and since when. It takes one request for each agent.',
	},
	hidden: false,
	read: readSwitch,
	advice: 'Turn it on or off.',
};

/** Words only. */
export const freeMeans: Field<null> = {
	property: {
		displayName:
			'freeAgents counts all agents with the status Free, in all groups. It includes agents who already serve as many users as allowed, and agents who may not contact users. Desk reports the waiting users of each group, but not its free agents.',
		name: 'freeMeans',
		type: 'notice',
		default: '',
	},
	hidden: null,
	read: () => ({ value: null }),
	advice: '',
};

export const tellUser: Field<boolean> = {
	property: {
		displayName: 'Tell User if Nobody Is Online',
		name: 'tellUser',
		type: 'boolean',
		default: false,
		description: 'Whether Desk sends its own notice to the user when no agent is online',
	},
	hidden: false,
	read: readSwitch,
	advice: 'Turn it on or off.',
};

/** How Desk calls what an agent may be set to, by our word. */
export const SETTABLE_STATUS = {
	free: 'STATUS_FREE',
	notReady: 'STATUS_NOT_READY',
	rest: 'STATUS_REST',
} as const;

export type SettableStatus = keyof typeof SETTABLE_STATUS;

const STATUS_CHOICES: Array<Choice<SettableStatus>> = [
	{ name: 'Free', value: 'free', description: 'Gets new conversations' },
	{
		name: 'Not Ready',
		value: 'notReady',
		description: 'Is present, but gets no new conversations',
	},
	{
		name: 'On a Break',
		value: 'rest',
		description: 'Takes a break, and gets no new conversations',
	},
];

export const status: Field<SettableStatus> = {
	property: {
		displayName: 'Status',
		name: 'status',
		type: 'options',
		default: 'free',
		required: true,
		options: STATUS_CHOICES,
	},
	hidden: 'free',
	read: (value) => readChoice(value, STATUS_CHOICES),
	advice: 'Choose Free, Not Ready or On a Break (free, notReady or rest).',
};

export const restReason: Field<string> = {
	property: {
		displayName: 'Reason',
		name: 'restReason',
		type: 'string',
		default: '',
		placeholder: 'e.g. Lunch',
		description:
			'One of the break reasons set up in Desk. Desk refuses any other. If empty: the last reason stays.',
	},
	hidden: '',
	read: readReason,
	advice: 'Enter one of the break reasons set up in Desk, or leave it empty.',
};

/** The same locator with another list. */
function listedBy(searchListMethod: string, locator: INodeProperties): INodeProperties {
	const modes = locator.modes?.map((mode) =>
		mode.type === 'list'
			? { ...mode, typeOptions: { ...mode.typeOptions, searchListMethod } }
			: mode,
	);
	return { ...locator, modes };
}
