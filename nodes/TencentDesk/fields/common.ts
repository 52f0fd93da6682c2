import type { INodeProperties } from 'n8n-workflow';

import {
	AGENT,
	AGENT_GROUP,
	ANY_AGENT,
	ANY_GROUP,
	CUSTOMER_SERVICE_ACCOUNT,
	optional,
} from '../../shared/n8n/locators';
import {
	EMPTY,
	readAgent as readAnyAgent,
	readAgentGroup,
	readRequired,
	readSwitch,
	readText,
	type Reading,
} from '../../shared/n8n/text';
import { readChoice, readLimit, type Choice, type Field } from './field';

/* Fields that several operations have; one that only one has stands with it. */

export const USER_ID_FORM = '1 to 32 letters, digits and signs without accents';

export const customerServiceAccount: Field<string> = {
	property: {
		...CUSTOMER_SERVICE_ACCOUNT,
		description: 'The account of your Desk application that the user talks with',
	},
	hidden: '',
	read: readUserId,
	advice: `Choose the customer service account from the list, or enter its UserID: ${USER_ID_FORM}.`,
};

export const userId: Field<string> = {
	property: {
		displayName: 'User ID',
		name: 'userId',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. {{ $json.userId }}',
		description: 'The UserID of the user, as in your Tencent Chat application',
	},
	hidden: '',
	read: readUserId,
	advice: `Enter the UserID of a user of your Desk application: ${USER_ID_FORM}.`,
};

export const sessionId: Field<string> = {
	property: {
		displayName: 'Session ID',
		name: 'sessionId',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. {{ $json.sessionId }}',
		description: 'The ID of the session, from Session: Get, Session: Get Many or the trigger',
	},
	hidden: '',
	read: readSessionId,
	advice:
		'Enter the ID of a session. Session: Get returns the ID of the current session, and Session: Get Many those of earlier ones.',
};

const TARGETS: Array<Choice<'user' | 'session'>> = [
	{
		name: 'User',
		value: 'user',
		description: 'A customer service account and a User ID (users of the chat SDK only)',
	},
	{ name: 'Session ID', value: 'session', description: 'A session whose ID you have' },
];

/** Whether a user is named by account and UserID, or by the session. */
export const target: Field<'user' | 'session'> = {
	property: {
		displayName: 'Session Of',
		name: 'target',
		type: 'options',
		default: 'user',
		options: TARGETS,
	},
	hidden: 'user',
	read: (value) => readChoice(value, TARGETS),
	advice: 'Choose User or Session ID.',
};

/** No page tells how long one may be; those seen have some 40 characters. */
const LONGEST_SESSION_ID = 256;

function readUserId(value: unknown): Reading<string> {
	return readRequired(value);
}

function readSessionId(value: unknown): Reading<string> {
	return readRequired(value, LONGEST_SESSION_ID);
}

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

/** The same locator with another list. */
function listedBy(searchListMethod: string, locator: INodeProperties): INodeProperties {
	const modes = locator.modes?.map((mode) =>
		mode.type === 'list'
			? { ...mode, typeOptions: { ...mode.typeOptions, searchListMethod } }
			: mode,
	);
	return { ...locator, modes };
}

function readAgent(value: unknown): Reading<string> {
	const agent = readAnyAgent(value);
	return 'value' in agent && agent.value === '' ? { fault: EMPTY } : agent;
}

/** One agent, several separated by commas, or a list of them; nobody is []. */
export function readAgents(value: unknown): Reading<string[]> {
	const agents: string[] = [];
	for (const part of Array.isArray(value) ? (value as unknown[]) : [value]) {
		const text = readText(part);
		if ('fault' in text) return text;
		for (const name of text.value.split(/[,;\s]+/).filter(Boolean)) {
			const agent = readAnyAgent(name);
			if ('fault' in agent) return agent;
			if (agent.value !== '') agents.push(agent.value);
		}
	}
	return { value: [...new Set(agents)] };
}

const DEFAULT_LIMIT = 50;

export const returnAll: Field<boolean> = {
	property: {
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	hidden: false,
	read: readSwitch,
	advice: 'Turn it on or off.',
};

export const limit: Field<number> = {
	property: {
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		default: 50,
		typeOptions: { minValue: 1 },
		hint: 'If empty: 50',
		description: 'Max number of results to return',
	},
	shownWhen: { name: 'returnAll', is: false },
	hidden: Infinity,
	read: (value) => readLimit(value, DEFAULT_LIMIT),
	advice: 'Enter a whole number, 1 or greater, or turn on Return All.',
};
