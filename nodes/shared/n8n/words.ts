/** "1 item", "3 items". */
export function nounFor(count: number, noun: string): string {
	return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** The first `most` of them, then how many more there are. */
export function namesOf(names: string[], most: number): string {
	const more = names.length - most;
	const shown = names.slice(0, most).join(', ');
	return more > 0 ? `${shown} and ${more} more` : shown;
}
