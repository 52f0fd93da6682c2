import { readChoice, readLimit, type Choice, type Field } from './field';
import { readSwitch, type Reading } from '../../shared/n8n/text';

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

/** A point in time as the editor or an expression gives it. */
export type Moment =
	| { unixMs: number }
	/** A date without a time zone, as the editor writes it: it is meant in the zone of the workflow. */
	| { local: string };

/** Unix times before this many are seconds: as milliseconds it would be March 1973. */
const FIRST_MILLISECONDS = 1e11;

/** An ISO date, with a zone or without, or a Unix time in seconds or milliseconds; null when there is none. */
export function readMoment(value: unknown): Reading<Moment | null> {
	if (value === undefined || value === null || value === '') return { value: null };
	if (value instanceof Date) return unixTime(value.getTime());
	const text = String(value).trim();
	if (/^\d{1,14}(\.\d+)?$/.test(text)) {
		const number = Number(text);
		return unixTime(number < FIRST_MILLISECONDS ? number * 1000 : number);
	}
	const iso =
		/^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?))?\s*(Z|[+-]\d\d:?\d\d)?/i.exec(text);
	if (iso === null) return NO_TIME;
	const [, day, time = '00:00', zone] = iso;
	if (zone !== undefined) return unixTime(Date.parse(`${day}T${time}${zone.toUpperCase()}`));
	return Number.isNaN(Date.parse(`${day}T${time}Z`))
		? NO_TIME
		: { value: { local: `${day}T${time}` } };
}

const NO_TIME = { fault: 'is not a date and time' };

function unixTime(unixMs: number): Reading<Moment> {
	return Number.isNaN(unixMs) ? NO_TIME : { value: { unixMs } };
}

/** Unix time in milliseconds of a moment, where the workflow's clock shows `timeZone` (an IANA name). */
export function unixMsOf(moment: Moment, timeZone: string): number {
	if ('unixMs' in moment) return moment.unixMs;
	const asUtc = Date.parse(`${moment.local}Z`);
	// The offset at the first guess may be that of the other side of a change to summer time.
	const guess = asUtc - offsetMs(asUtc, timeZone);
	return asUtc - offsetMs(guess, timeZone);
}

/** How far the clocks of a zone are ahead of UTC. */
function offsetMs(unixMs: number, timeZone: string): number {
	const parts = new Intl.DateTimeFormat('en-US', {
		timeZone,
		hourCycle: 'h23',
		year: 'numeric',
		month: 'numeric',
		day: 'numeric',
		hour: 'numeric',
		minute: 'numeric',
		second: 'numeric',
	}).formatToParts(unixMs);
	const get = (type: string) => Number(parts.find((part) => part.type === type)?.value);
	const shown = Date.UTC(
		get('year'),
		get('month') - 1,
		get('day'),
		get('hour'),
		get('minute'),
		get('second'),
	);
	return shown - Math.floor(unixMs / 1000) * 1000;
}
