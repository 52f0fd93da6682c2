/** Line ends and tabs: what stands on either side stays apart. From the first blank on, as each other one would be a start of its own. */
const BREAK = /(?<! ) *[\t\n\v\f\r\u0085\u2028\u2029]+ */g;
/** Control characters (C0, DEL, C1), and those that steer the direction of writing: https://www.unicode.org/reports/tr9/ */
const INVISIBLE = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/**
 * A name or an error text of the API: on one line, without what moves a cursor or turns the order of letters round, and
 * cut to `longest` UTF-16 units. What people wrote is no such text: it stays as it is.
 */
export function readApiText(value: unknown, longest: number): string {
	if (typeof value !== 'string') return '';
	return cutText(value.replaceAll(BREAK, ' ').replaceAll(INVISIBLE, ''), longest);
}

/** Units of the longest characters that are in use: families of emoji, letters with several marks. */
const LONGEST_CHARACTER = 64;

/** The first `longest` UTF-16 units of a text, or a few less: no character is cut in half. */
export function cutText(text: string, longest: number): string {
	if (text.length <= longest) return text;
	const start = new Intl.Segmenter().segment(text.slice(0, longest + LONGEST_CHARACTER));
	return text.slice(0, start.containing(longest)?.index ?? longest);
}
