import { nameInvisible } from './invisible';

const LONGEST_ECHO = 64;

/**
 * What came for a parameter that is refused, in at most 64 characters that can all be seen: text as it is, anything
 * else as JSON. Never throws, since expressions may give anything.
 */
export function echoOf(value: unknown): string {
	if (value === undefined || value === null) return '';
	const text = typeof value === 'string' ? value : jsonOf(value);
	// A character has two units at most; of a text of megabytes, no more is looked at.
	const start = Array.from(text.slice(0, 2 * LONGEST_ECHO)).slice(0, LONGEST_ECHO);
	const named = start.map((character) => {
		const name = nameInvisible(character);
		return name === character ? character : `(${name})`;
	});
	return Array.from(named.join('')).slice(0, LONGEST_ECHO).join('');
}

/** As `echoOf`, within a sentence. */
export function quoted(value: unknown): string {
	return typeof value === 'string' ? `"${echoOf(value)}"` : echoOf(value);
}

/** JSON knows no large integers and no NaN, and an object may refuse to become JSON. */
function jsonOf(value: unknown): string {
	if (typeof value === 'number' || typeof value === 'bigint') return String(value);
	try {
		return JSON.stringify(value) ?? typeof value;
	} catch {
		return typeof value;
	}
}
