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
	ADVICE,
	EMPTY,
	readAgent,
	readAgentGroup,
	readRequired,
	readUserId,
	readText,
	type Reading,
} from '../../shared/n8n/text';
import { choiceField, readLimit, switchField, when, type Choice, type Field } from './field';

/* Fields that several operations have; one that only one has stands with it. */

const customerServiceAccount: Field<string> = {
	property: {
		...CUSTOMER_SERVICE_ACCOUNT,
		description: 'The account of your Desk application that the user talks with',
	},
	hidden: '',
	read: (value) => readRequired(value),
	advice: ADVICE.customerServiceAccount,
};

const userId: Field<string> = {
	property: {
		displayName: 'User ID',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. {{ $json.userId }}',
		description: 'The UserID of the user, as in your Tencent Chat application',
	},
	hidden: '',
	read: readUserId,
	advice: ADVICE.userId,
};

/** No page tells how long one may be; those seen have some 40 characters. */
const LONGEST_SESSION_ID = 256;

export const sessionId: Field<string> = {
	property: {
		displayName: 'Session ID',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. {{ $json.sessionId }}',
		description: 'The ID of the session, from Session: Get, Session: Get Many or the trigger',
	},
	hidden: '',
	read: (value) => readRequired(value, LONGEST_SESSION_ID),
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

/** Whom it is about: a user, named by account and UserID, or by the session. What was not chosen is ''. */
export const USER_OR_SESSION = {
	target: choiceField('Session Of', TARGETS, 'user', { advice: 'Choose User or Session ID.' }),
	...when('target', 'user', { customerServiceAccount, userId }),
	...when('target', 'session', { sessionId }),
};

export const agent: Field<string> = {
	property: {
		...AGENT,
		required: true,
		description: 'The agent, by the email address the agent logs in with',
	},
	hidden: '',
	read: readRequiredAgent,
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
	read: readAgent,
	advice: ADVICE.agent,
};

export const agentGroup: Field<number | null> = {
	property: {
		...listedBy('searchAgentGroupsOrAny', optional(AGENT_GROUP, ANY_GROUP)),
		description: 'The group (skill group) that the agent comes from. If empty: any group.',
	},
	hidden: null,
	read: readAgentGroup,
	advice: ADVICE.agentGroup,
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

function readRequiredAgent(value: unknown): Reading<string> {
	const agent = readAgent(value);
	return 'value' in agent && agent.value === '' ? { fault: EMPTY } : agent;
}

/** One agent, several separated by commas, or a list of them; nobody is []. */
function readAgents(value: unknown): Reading<string[]> {
	const agents: string[] = [];
	for (const part of Array.isArray(value) ? (value as unknown[]) : [value]) {
		const text = readText(part);
		if ('fault' in text) return text;
		for (const name of text.value.split(/[,;\s]+/).filter(Boolean)) {
			const agent = readAgent(name);
			if ('fault' in agent) return agent;
			if (agent.value !== '') agents.push(agent.value);
		}
	}
	return { value: [...new Set(agents)] };
}

const DEFAULT_LIMIT = 50;

export const returnAll = switchField(
	'Return All',
	'Whether to return all results or only up to a given limit',
);

export const limit: Field<number> = {
	property: {
		displayName: 'Limit',
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

const option = (displayName: string, description: string): Field<boolean> => ({
	...switchField(displayName, description),
	within: 'options',
	advice: 'Correct the expression, or remove the option.',
});

/** What every operation can be asked for; Simulate Only is shown where something is changed. */
export const OPERATION_OPTIONS = {
	includeInputFields: option(
		'Include Input Fields',
		'Whether to keep the fields of the input item in the output. Where names are the same, the fields of this node win.',
	),
	raw: option('Include Raw Answer', "Whether to add Desk's own answer to the output as raw"),
	simulateOnly: option(
		'Simulate Only',
		'Whether to change nothing, so that you can try the workflow safely. The node reads and checks each item, and adds simulated to the output. Desk only checks the credential.',
	),
};
