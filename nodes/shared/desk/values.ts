import type { IDataObject } from 'n8n-workflow';

/** What Desk answered, or a part of it; nothing about it can be relied on. */
export type Answer = Record<string, unknown>;

/** Ids and login names; none is documented to be longer. */
const LONGEST_NAME = 254;
const VERDICT = new Set(['ActionStatus', 'ErrorCode', 'ErrorInfo']);

/** A short text, or null when there is none. */
export function nameOrNull(value: unknown, longest = LONGEST_NAME): string | null {
	return readApiText(value, longest) || null;
}

/** The same where a number counts as its digits. */
export function nameOf(value: unknown, longest = LONGEST_NAME): string | null {
	return nameOrNull(typeof value === 'number' ? String(value) : value, longest);
}

/** A number, also where Tencent writes it as text; null when there is none. */
export function numberOf(value: unknown): number | null {
	const isDigits = typeof value === 'string' && /^-?\d{1,15}(\.\d+)?$/.test(value);
	const number = isDigits ? Number(value) : value;
	return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

/** An id that is a number on one page of Tencent's and text on another; what is no number stays as it is. */
export function groupOf(value: unknown): number | string | null {
	return numberOf(value) ?? nameOf(value);
}

/** 1 and 0, or true and false; null when it is neither. */
export function flagOf(value: unknown): boolean | null {
	if (value === true || value === 1 || value === '1') return true;
	return value === false || value === 0 || value === '0' ? false : null;
}

export function recordsOf(value: unknown): Answer[] {
	return Array.isArray(value) ? value.filter(isRecord) : [];
}

export function numbersOf(value: unknown): number[] {
	return Array.isArray(value) ? value.map(numberOf).filter((number) => number !== null) : [];
}

/** ISO text (UTC) of a Unix time in milliseconds; null when it is no time. */
export function isoOf(unixMs: number | null): string | null {
	const date = new Date(unixMs ?? NaN);
	return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

export function isoOfSeconds(unixSeconds: number | null): string | null {
	return unixSeconds === null ? null : isoOf(unixSeconds * 1000);
}

/** What an answer says beyond its verdict, as it came. */
export function restOf(answer: Answer): IDataObject {
	return Object.fromEntries(
		Object.entries(answer).filter(([key]) => !VERDICT.has(key)),
	) as IDataObject;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

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
