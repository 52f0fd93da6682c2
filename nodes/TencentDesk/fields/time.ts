import type { Reading } from './field';

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
