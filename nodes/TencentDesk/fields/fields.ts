import { AGENT, AGENT_GROUP, CUSTOMER_SERVICE_ACCOUNT } from '../../shared/lists/locators';
import type { Field } from './field';
import {
	readAgent,
	readAgentGroup,
	readAgents,
	readChoice,
	readLimit,
	readMessageText,
	readOptionalUserId,
	readReason,
	readSessionId,
	readSwitch,
	readUserId,
} from './read';
import { readMoment, type Moment } from './time';

const USER_ID_FORM = '1 to 32 printable ASCII characters';

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

export const optionalUserId: Field<string> = {
	property: {
		displayName: 'User ID',
		name: 'userId',
		type: 'string',
		default: '',
		placeholder: 'e.g. {{ $json.userId }}',
		description: 'Only sessions of this user. Leave it empty for those of all users.',
	},
	hidden: '',
	read: readOptionalUserId,
	advice: `Enter the UserID of a user of your Desk application: ${USER_ID_FORM}, or leave it empty.`,
};

export const sessionId: Field<string> = {
	property: {
		displayName: 'Session ID',
		name: 'sessionId',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. {{ $json.sessionId }}',
		description: 'The session, as Session: Get gives it',
	},
	hidden: '',
	read: readSessionId,
	advice:
		'Enter the ID of a session, as Session: Get gives it. A user who is in no session has none.',
};

const TARGETS = ['user', 'session'] as const;

/** Whether a user is named by account and UserID, or by the session. */
export const target: Field<(typeof TARGETS)[number]> = {
	property: {
		displayName: 'Session Of',
		name: 'target',
		type: 'options',
		default: 'user',
		options: [
			{
				name: 'User',
				value: 'user',
				description: 'A customer service account and a User ID (users of the chat SDK only)',
			},
			{ name: 'Session ID', value: 'session', description: 'A session whose ID you have' },
		],
	},
	hidden: 'user',
	read: (value) => readChoice(value, TARGETS),
	advice: 'Choose User or Session ID.',
};

export const text: Field<string> = {
	property: {
		displayName: 'Text',
		name: 'text',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		required: true,
		placeholder: 'e.g. Our agents are back at 9 a.m.',
		description: 'What the user reads. Desk takes at most some 12,000 bytes.',
	},
	hidden: '',
	read: readMessageText,
	advice: 'Enter the text of the message.',
};

export const agent: Field<string> = {
	property: {
		...AGENT,
		required: true,
		description: 'The agent, by the email address the agent logs in with',
		modes: AGENT.modes?.map((mode) =>
			mode.name === 'list' ? { ...mode, placeholder: 'Select an agent...' } : mode,
		),
	},
	hidden: '',
	read: readAgent,
	advice: 'Choose the agent from the list, or enter the email address the agent logs in with.',
};

export const agents: Field<string[]> = {
	property: {
		...AGENT,
		description:
			'The agent to hand the session to; by ID also several, separated by commas. Leave it empty to let Desk choose by its own assignment strategy.',
	},
	hidden: [],
	read: readAgents,
	advice:
		'Choose the agent from the list, enter the email addresses of one or several agents, or leave it empty.',
};

export const agentGroup: Field<number | null> = {
	property: {
		...AGENT_GROUP,
		description: 'The group (skill group) that the agent is to come from. Leave it empty for any.',
	},
	hidden: null,
	read: readAgentGroup,
	advice: 'Choose the agent group from the list, enter its number, or leave it empty.',
};

export const tellUser: Field<boolean> = {
	property: {
		displayName: 'Tell User if Nobody Is Online',
		name: 'tellUser',
		type: 'boolean',
		default: false,
		description: 'Whether Desk sends the user its own tip when no agent is online',
	},
	hidden: false,
	read: readSwitch,
	advice: 'Switch it on or off.',
};

/** How Desk calls what an agent may be set to, by our word. */
export const SETTABLE_STATUS = {
	free: 'STATUS_FREE',
	notReady: 'STATUS_NOT_READY',
	rest: 'STATUS_REST',
} as const;

export type SettableStatus = keyof typeof SETTABLE_STATUS;

export const status: Field<SettableStatus> = {
	property: {
		displayName: 'Status',
		name: 'status',
		type: 'options',
		default: 'free',
		required: true,
		options: [
			{ name: 'Free', value: 'free', description: 'Is given users' },
			{ name: 'Not Ready', value: 'notReady', description: 'Is busy, and is given no users' },
			{ name: 'On a Break', value: 'rest', description: 'Rests, and is given no users' },
		],
	},
	hidden: 'free',
	read: (value) => readChoice(value, Object.keys(SETTABLE_STATUS) as SettableStatus[]),
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
			'One of the break reasons set up in Desk; any other is refused. Leave it empty to keep the last one.',
	},
	hidden: '',
	read: readReason,
	advice: 'Enter one of the break reasons set up in Desk, or leave it empty.',
};

const ORDERS = ['oldestFirst', 'newestFirst'] as const;

export const order: Field<(typeof ORDERS)[number]> = {
	property: {
		displayName: 'Order',
		name: 'order',
		type: 'options',
		default: 'oldestFirst',
		options: [
			{ name: 'Oldest First', value: 'oldestFirst' },
			{ name: 'Newest First', value: 'newestFirst' },
		],
		description: 'Which messages come first, and with a limit, which are given',
	},
	hidden: 'oldestFirst',
	read: (value) => readChoice(value, ORDERS),
	advice: 'Choose Oldest First or Newest First.',
};

const TIME_FORM = 'Enter a date and time such as 2026-01-31T09:00:00, or leave it empty.';

export const from: Field<Moment | null> = {
	property: {
		displayName: 'From',
		name: 'from',
		type: 'dateTime',
		default: '',
		description: 'The start of the time to look at. Leave it empty for the day before its end.',
	},
	hidden: null,
	read: readMoment,
	advice: TIME_FORM,
};

export const to: Field<Moment | null> = {
	property: {
		displayName: 'To',
		name: 'to',
		type: 'dateTime',
		default: '',
		description: 'The end of the time to look at. Leave it empty for now.',
	},
	hidden: null,
	read: readMoment,
	advice: TIME_FORM,
};

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
	advice: 'Switch it on or off.',
};

export const limit: Field<number> = {
	property: {
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		default: 50,
		typeOptions: { minValue: 1 },
		description: 'Max number of results to return',
	},
	shownWhen: { name: 'returnAll', is: false },
	hidden: Infinity,
	read: (value) => readLimit(value, DEFAULT_LIMIT),
	advice: 'Enter a whole number from 1 on, or switch Return All on.',
};
