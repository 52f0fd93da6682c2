import type { Field } from './field';
import { readChoice, readLimit, readSwitch } from './read';
import { readMoment, type Moment } from './time';

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
