import { readMoment, unixMsOf } from '../../../../nodes/TencentDesk/fields/lists';

const inZone = (value: unknown, zone: string) => {
	const reading = readMoment(value);
	if (!('value' in reading) || reading.value === null) return reading;
	return new Date(unixMsOf(reading.value, zone)).toISOString();
};

test.each([
	['2026-01-31T09:00:00', 'UTC', '2026-01-31T09:00:00.000Z'],
	['2026-01-31T09:00:00', 'Asia/Shanghai', '2026-01-31T01:00:00.000Z'],
	['2026-01-31T09:00:00', 'America/New_York', '2026-01-31T14:00:00.000Z'],
	['2026-07-31T09:00:00', 'Europe/Berlin', '2026-07-31T07:00:00.000Z'],
	['2026-01-31 09:00', 'Asia/Kolkata', '2026-01-31T03:30:00.000Z'],
	['2026-01-31', 'Asia/Tokyo', '2026-01-30T15:00:00.000Z'],
	['2026-01-31T09:00:00.250+08:00', 'America/New_York', '2026-01-31T01:00:00.250Z'],
	['2026-01-31T09:00:00Z', 'Asia/Shanghai', '2026-01-31T09:00:00.000Z'],
	['2026-01-31T09:00:00.000-0500', 'UTC', '2026-01-31T14:00:00.000Z'],
	[1_769_850_000, 'Asia/Shanghai', '2026-01-31T09:00:00.000Z'],
	['1769850000', 'UTC', '2026-01-31T09:00:00.000Z'],
	[1_769_850_000_000, 'Asia/Shanghai', '2026-01-31T09:00:00.000Z'],
	[new Date('2026-01-31T09:00:00Z'), 'Asia/Shanghai', '2026-01-31T09:00:00.000Z'],
	// The hours before and after the clocks change.
	['2026-03-29T01:30:00', 'Europe/Berlin', '2026-03-29T00:30:00.000Z'],
	['2026-03-29T03:30:00', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
	['2026-10-25T04:30:00', 'Europe/Berlin', '2026-10-25T03:30:00.000Z'],
	['2026-10-25T01:30:00', 'Europe/Berlin', '2026-10-24T23:30:00.000Z'],
])('%s in %s is %s', (value, zone, iso) => {
	expect(inZone(value, zone)).toBe(iso);
});

test.each(['soon', '2026-13-45', '2026-01-31T29:00:00', true, {}, '31.01.2026', NaN])(
	'%s is no time',
	(value) => {
		expect(readMoment(value)).toEqual({ fault: 'is not a date and time' });
	},
);

test.each([undefined, null, ''])('%s is none', (value) => {
	expect(readMoment(value)).toEqual({ value: null });
});
