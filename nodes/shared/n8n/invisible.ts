/**
 * What cannot be seen in a text: blanks of all scripts, zero-width and bidirectional characters, controls, halves of a
 * character. They come along from spreadsheets, web pages and chats.
 */
const INVISIBLE = /[\s\p{Z}\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]/u;
/** Of these, what may be dropped at the ends: no controls apart from blanks, since they tell of broken data. */
const BLANK = /[\s\p{Z}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** Drops what cannot be seen at both ends. In one pass, since a text may be megabytes of blanks. */
export function trimBlanks(text: string): string {
	let start = 0;
	let end = text.length;
	while (start < end && BLANK.test(characterAt(text, start))) {
		start += characterAt(text, start).length;
	}
	while (end > start && BLANK.test(characterBefore(text, end))) {
		end -= characterBefore(text, end).length;
	}
	return text.slice(start, end);
}

/** Whether nothing of a text can be seen. */
export function showsNothing(text: string): boolean {
	return Array.from(text).every((character) => INVISIBLE.test(character));
}

/** A character that could not be seen, by its number: U+200B. A blank of the keyboard stays. */
export function nameInvisible(character: string): string {
	if (character === ' ' || !INVISIBLE.test(character)) return character;
	const number = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
	return `U+${number.padStart(4, '0')}`;
}

function characterAt(text: string, index: number): string {
	return String.fromCodePoint(text.codePointAt(index) ?? 0);
}

/** Two units for what is beyond the first 65,536 characters. */
function characterBefore(text: string, end: number): string {
	const pair = end > 1 ? characterAt(text, end - 2) : '';
	return pair.length === 2 ? pair : text.charAt(end - 1);
}

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
