import { CUSTOMER_SERVICE_ACCOUNT } from '../../shared/n8n/locators';
import {
	readChoice,
	type Choice,
	readOptionalUserId,
	readSessionId,
	readUserId,
	readMessageText,
	type Field,
} from './field';

const USER_ID_FORM = '1 to 32 letters, digits and signs without accents';

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
		description: 'Only sessions of this user. If empty: sessions of all users.',
	},
	isFilter: true,
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

export const text: Field<string> = {
	property: {
		displayName: 'Text',
		name: 'text',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		required: true,
		placeholder: 'e.g. Our agents are back at 9 a.m.',
		description: 'The text that the user reads, at most some 12,000 bytes (UTF-8)',
	},
	hidden: '',
	read: readMessageText,
	advice: 'Enter the text of the message.',
};
