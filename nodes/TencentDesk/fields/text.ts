import type { Field } from './field';
import { readMessageText } from './read';

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
