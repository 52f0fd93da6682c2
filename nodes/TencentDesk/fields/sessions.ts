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
		description: 'What the user reads. Desk takes at most some 12,000 bytes.',
	},
	hidden: '',
	read: readMessageText,
	advice: 'Enter the text of the message.',
};
