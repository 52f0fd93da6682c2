import { tryToParseDateTime } from 'n8n-workflow';

import { type Reading, quoted } from '../../shared/n8n/text';
import type { Field } from './field';

const TIME_FORM =
	'Enter a date and time such as 2026-01-31T09:00:00, with or without a time zone, or leave it empty.';

/** What builders read of each of the two, and models of the tool. */
export const HOW_TIMES_ARE_READ =
	'Times are ISO 8601, such as 2026-01-31T09:00:00. Without a time zone, the time zone of the workflow counts.';

export const from: Field<number | null> = {
	property: {
		displayName: 'From',
		type: 'dateTime',
		default: '',
		hint: 'If empty: 24 hours before To',
		description: `Start of the time range. If empty: 24 hours before To. A date without a time starts at midnight. ${HOW_TIMES_ARE_READ}`,
	},
	hidden: null,
	read: readTime,
	advice: TIME_FORM,
};

export const to: Field<number | null> = {
	property: {
		displayName: 'To',
		type: 'dateTime',
		default: '',
		hint: 'If empty: now',
		description: `End of the time range. If empty: now. A date without a time ends with its day. ${HOW_TIMES_ARE_READ}`,
	},
	hidden: null,
	read: readEnd,
	advice: TIME_FORM,
};

const NO_TIME = { fault: 'is not a date and time' };

/** Desk is younger than this (Unix milliseconds): what is earlier is no time but a number of another kind. */
const FIRST_MS = Date.UTC(2000, 0, 1);
const LAST_MS = Date.UTC(2100, 0, 1);

/** A day by its numbers, or the name of a month: a text without them is read as today, or as 1 January. */
const NAMES_A_DAY = /^\d{4}-?\d\d-?\d\d|[a-z]{3}/i;
const ONLY_A_DAY = /^\d{4}-?\d\d-?\d\d$/;

/**
 * Reads a point in time: an ISO, SQL or RFC 2822 text, a Date, a DateTime of Luxon, or a Unix time in seconds or
 * milliseconds from 2000 on.
 * @param timeZone where a text without one is meant (an IANA name)
 * @returns Unix milliseconds; null when there is none
 */
export function readTime(value: unknown, timeZone: string): Reading<number | null> {
	if (value === undefined || value === null || value === '') return { value: null };
	if (isDate(value)) return within(Number(value));
	const text = typeof value === 'number' || typeof value === 'string' ? String(value).trim() : '';
	const unixTime = /^\d{9,13}$/.test(text) ? Number(text) : NaN;
	if (isPlausible(unixTime)) return { value: unixTime };
	if (isPlausible(unixTime * 1000)) return { value: unixTime * 1000 };
	return NAMES_A_DAY.test(text) ? readDate(text, timeZone) : NO_TIME;
}

/** As `readTime`; a date without a time is the end of that day. */
export function readEnd(value: unknown, timeZone: string): Reading<number | null> {
	const reading = readTime(value, timeZone);
	const text = String(value).trim();
	const day = 'value' in reading && ONLY_A_DAY.test(text) ? parsed(text, timeZone) : undefined;
	return day === undefined ? reading : { value: day.endOf('day').toMillis() };
}

/** In the zone of the workflow, with its offset; in UTC where Node.js does not know that zone. */
export function isoInZone(unixMs: number, timeZone: string): string {
	const time = LUXON.fromMillis(unixMs, { zone: timeZone });
	return (time.isValid ? time.toISO() : null) ?? new Date(unixMs).toISOString();
}

function readDate(text: string, timeZone: string): Reading<number> {
	if (parsed(text, 'UTC') === undefined) return NO_TIME;
	const time = parsed(text, timeZone);
	if (time !== undefined) return within(time.toMillis());
	return {
		fault: `cannot be read, since Node.js does not know the time zone ${quoted(timeZone)}`,
		advice:
			'Choose another time zone in the settings of the workflow or in GENERIC_TIMEZONE of n8n. Or write the zone behind the time, such as 2026-01-31T09:00:00+08:00.',
	};
}

type Time = ReturnType<typeof tryToParseDateTime>;
type Form = 'fromISO' | 'fromSQL' | 'fromRFC2822' | 'fromHTTP';

interface Luxon extends Record<
	Form,
	(text: string, zone: { zone: string; setZone: true }) => Time
> {
	fromMillis(unixMs: number, zone: { zone: string }): Time;
}

const FORMS: Form[] = ['fromISO', 'fromSQL', 'fromRFC2822', 'fromHTTP'];

/**
 * Luxon, as n8n-workflow has it. Of `tryToParseDateTime` we take its forms, and not what it does where none fits: then
 * it hands the text to `Date.parse`, which reads nearly anything, by the clock of the machine. Up to n8n 1.85 it takes
 * no zone either. The text names its zone, since n8n may have made one the default that Node.js does not know.
 */
const LUXON = tryToParseDateTime('2000-01-01T00:00:00Z').constructor as unknown as Luxon;

/** @param zone of a text that names none */
function parsed(text: string, zone: string): Time | undefined {
	return FORMS.map((form) => LUXON[form](text, { zone, setZone: true })).find(
		({ isValid }) => isValid,
	);
}

/** Also one of another realm, as expressions may give. */
function isDate(value: unknown): value is Date {
	if (typeof value !== 'object' || value === null) return false;
	const isLuxon = (value as { isLuxonDateTime?: unknown }).isLuxonDateTime === true;
	return isLuxon || Object.prototype.toString.call(value) === '[object Date]';
}

function within(unixMs: number): Reading<number> {
	return isPlausible(unixMs) ? { value: unixMs } : NO_TIME;
}

function isPlausible(unixMs: number): boolean {
	return unixMs >= FIRST_MS && unixMs < LAST_MS;
}
