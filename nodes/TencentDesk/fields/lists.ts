import { readChoice, readLimit, type Choice, type Field } from './field';
import { readSwitch } from '../../shared/n8n/text';

const ORDERS: Array<Choice<'oldestFirst' | 'newestFirst'>> = [
	{ name: 'Oldest First', value: 'oldestFirst' },
	{ name: 'Newest First', value: 'newestFirst' },
];

export const order: Field<'oldestFirst' | 'newestFirst'> = {
	property: {
		displayName: 'Order',
		name: 'order',
		type: 'options',
		default: 'oldestFirst',
		options: ORDERS,
		description: 'Which messages come first. A limit cuts the end of the list.',
	},
	hidden: 'oldestFirst',
	read: (value) => readChoice(value, ORDERS),
	advice: 'Choose Oldest First or Newest First.',
};

export const combine: Field<boolean> = {
	property: {
		displayName: 'Combine Into One Item',
		name: 'combine',
		type: 'boolean',
		default: false,
		description:
			'Whether to return one item with a transcript and all messages, also for a session without messages',
	},
	hidden: false,
	read: readSwitch,
	advice: 'Turn it on or off.',
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
