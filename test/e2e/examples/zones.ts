const HOUR_MS = 3_600_000;

/**
 * A time zone in which it is past `hour` o'clock, but not yet an hour later. With noon and midnight, a test of
 * opening hours need not care what time it is here.
 * @param hour 0 to 23
 */
export function zoneWhereItIs(hour: number): string {
	const ahead = (hour - new Date().getUTCHours() + 24) % 24;
	const offset = ahead > 12 ? ahead - 24 : ahead;
	// The sign of these names is the opposite of what everybody else means by it.
	return `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`;
}

/** 1 is Monday, 7 is Sunday. */
export function weekdayIn(zone: string): number {
	const [, sign, hours] = /^Etc\/GMT([+-])(\d+)$/.exec(zone) ?? [];
	const offset = Number(hours) * (sign === '-' ? 1 : -1);
	return new Date(Date.now() + offset * HOUR_MS).getUTCDay() || 7;
}
