import { tryToParseDateTime } from 'n8n-workflow';

import { from, isoInZone, readEnd, readTime, to } from '../../../../nodes/TencentDesk/fields/time';
import { getSessions } from '../../../../nodes/TencentDesk/operations/sessionRecords';

const iso = (reading: ReturnType<typeof readTime>) =>
	'value' in reading ? new Date(reading.value ?? NaN).toISOString() : reading;
const DATE = new Date('2026-01-31T09:00:00Z');

test.each<[value: unknown, zone: string, time: string]>([
	// Without a zone: that of the workflow.
	['2026-01-31T09:00:00', 'UTC', '2026-01-31T09:00:00.000Z'],
	['2026-01-31T09:00:00', 'Asia/Shanghai', '2026-01-31T01:00:00.000Z'],
	['2026-07-31T09:00:00', 'Europe/Berlin', '2026-07-31T07:00:00.000Z'],
	['2026-01-31 09:00', 'Asia/Kolkata', '2026-01-31T03:30:00.000Z'],
	['2026-01-31T0900', 'America/New_York', '2026-01-31T14:00:00.000Z'],
	['2026-01-31T09:00', 'UTC+8', '2026-01-31T01:00:00.000Z'],
	['2026-01-31', 'Asia/Tokyo', '2026-01-30T15:00:00.000Z'],
	['20260131', 'Asia/Tokyo', '2026-01-30T15:00:00.000Z'],
	[20_260_131, 'Asia/Tokyo', '2026-01-30T15:00:00.000Z'],
	// The hours before and after the clocks change.
	['2026-03-29T01:30:00', 'Europe/Berlin', '2026-03-29T00:30:00.000Z'],
	['2026-03-29T03:30:00', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
	['2026-10-25T04:30:00', 'Europe/Berlin', '2026-10-25T03:30:00.000Z'],
	['2026-10-25T01:30:00', 'Europe/Berlin', '2026-10-24T23:30:00.000Z'],
	// With one of its own, also where Node.js does not know that of the workflow.
	...['America/New_York', 'Asia/Beijing'].flatMap((zone): Array<[unknown, string, string]> => [
		['2026-01-31T09:00:00Z', zone, '2026-01-31T09:00:00.000Z'],
		['2026-01-31T09:00:00.250+08:00', zone, '2026-01-31T01:00:00.250Z'],
		['2026-01-31T09:00:00.000-0500', zone, '2026-01-31T14:00:00.000Z'],
		['2026-01-31 09:00:00+00', zone, '2026-01-31T09:00:00.000Z'],
		['2026-01-31 09:00:00.123456+02', zone, '2026-01-31T07:00:00.123Z'],
		[' 2026-01-31 09:00:00 UTC', zone, '2026-01-31T09:00:00.000Z'],
		['Sat, 31 Jan 2026 09:00:00 +0100', zone, '2026-01-31T08:00:00.000Z'],
		['Sat, 31 Jan 2026 09:00:00 GMT', zone, '2026-01-31T09:00:00.000Z'],
		[1_769_850_000, zone, '2026-01-31T09:00:00.000Z'],
		['1769850000', zone, '2026-01-31T09:00:00.000Z'],
		[1_769_850_000_000, zone, '2026-01-31T09:00:00.000Z'],
		[DATE, zone, '2026-01-31T09:00:00.000Z'],
		[tryToParseDateTime(DATE), zone, '2026-01-31T09:00:00.000Z'],
	]),
])('%s in %s is %s', (value, zone, time) => {
	expect(iso(readTime(value, zone))).toBe(time);
});

test.each([
	...['2026-01-31 09:00:00 GMT+8', '2026-01-31 9:00', '2026-01-31 5pm', '2026-01-31garbage'],
	...['2026-02-30', '2026-13-45', '2026-01-31T29:00:00', '2026-01-31 to 2026-02-01', '31 Jan 2026'],
	...['01/31/2026', '31.01.2026', '2026-01', '09:00', '20260131090000', 'soon', 'true', '-1'],
	// A year, nothing, the day number of a spreadsheet, the time of a moon landing.
	...['2026', 2026, 0, '0', 46_053, 46_053.375, '46053', -14_182_940, '1969-07-20T20:17:40Z'],
	...[NaN, Infinity, true, {}, [], ['2026-01-31'], new Date(NaN)],
])('%p is no time', (value) => {
	for (const zone of ['America/New_York', 'Asia/Beijing']) {
		expect(readTime(value, zone)).toEqual({ fault: 'is not a date and time' });
	}
});

test.each([undefined, null, ''])('%p is none', (value) => {
	expect(readTime(value, 'UTC')).toEqual({ value: null });
	expect(readEnd(value, 'UTC')).toEqual({ value: null });
});

test.each([
	['2026-01-31', 'America/New_York', '2026-02-01T04:59:59.999Z'],
	[' 20260131', 'Asia/Tokyo', '2026-01-31T14:59:59.999Z'],
	// Of 23 hours.
	['2026-03-29', 'Europe/Berlin', '2026-03-29T21:59:59.999Z'],
	['2026-01-31T00:00:00', 'UTC', '2026-01-31T00:00:00.000Z'],
])('as the end, %s in %s is %s', (value, zone, time) => {
	expect(iso(readEnd(value, zone))).toBe(time);
});

test.each(['Asia/Beijing', 'Nowhere'])(
	'a time in a zone that Node.js does not know (%s) names the zone',
	(zone) => {
		expect(readTime('2026-01-31T09:00', zone)).toEqual({
			fault: `cannot be read, since Node.js does not know the time zone "${zone}"`,
			advice: expect.stringContaining('2026-01-31T09:00:00+08:00'),
		});
	},
);

test.each([
	['Asia/Shanghai', '2026-01-31T17:00:00.000+08:00'],
	['Asia/Beijing', '2026-01-31T09:00:00.000Z'],
])('is told as the clock of %s shows it, or in UTC', (zone, shown) => {
	expect(isoInZone(DATE.getTime(), zone)).toBe(shown);
});

test.each([
	['From', from.property.description, 'If empty: 24 hours before To.', 'starts at midnight'],
	['To', to.property.description, 'If empty: now.', 'A date without a time ends with its day.'],
	['the tool', getSessions.toolDescription, 'Without an end, it ends now.', 'is the whole day'],
])('%s says the form, the zone, and what empty and a mere date mean', (_where, text, ...parts) => {
	const form = /ISO 8601, such as 2026-01-31T09:00:00\. Without a time zone, .+ of the workflow/;
	expect(text).toMatch(form);
	for (const part of parts) expect(text).toContain(part);
});
