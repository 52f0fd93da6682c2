import { isUserIdText, LONGEST_USER_ID } from '../../../credentials/userId';
import type { Reading } from './field';

/** Agents are named by their email address; the longest one (RFC 5321). */
const LONGEST_AGENT = 254;
/** No page tells how long one may be; those seen have some 40 characters. */
const LONGEST_SESSION_ID = 256;
/** What models and broken expressions write for "nobody in particular"; to drop it would be a guess. */
const NO_NAME = /^(null|undefined|none|nil|any|anyone|n\/a|nan)$/i;

/** What JavaScript makes of an object, or of a field that is missing, where a text is wanted. */
const BROKEN = /\[object \w+\]|^(undefined|null|nan)$/i;

const EMPTY = { fault: 'is empty' };

/** Text or number as text, as it stands; nothing at all is ''. */
function readText(value: unknown): Reading<string> {
	if (value === undefined || value === null) return { value: '' };
	if (typeof value === 'string') return { value };
	if (typeof value !== 'number') return { fault: 'is neither a text nor a number' };
	// A larger whole number has lost its last digits already: it would name another user.
	const exact = Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER;
	return exact ? { value: String(value) } : { fault: 'is a number too large to be exact' };
}

/** Blanks around a name are dropped, as spreadsheets and forms often add them. */
function readName(value: unknown, longest: number): Reading<string> {
	const text = readText(value);
	if ('fault' in text) return text;
	const name = text.value.trim();
	if (Buffer.byteLength(name) > longest) return { fault: `is longer than ${longest} bytes` };
	return isUserIdText(name)
		? { value: name }
		: { fault: 'has characters other than printable ASCII' };
}

function required(reading: Reading<string>): Reading<string> {
	if ('fault' in reading) return reading;
	if (reading.value === '') return EMPTY;
	return BROKEN.test(reading.value)
		? { fault: `is "${reading.value}", which names nobody` }
		: reading;
}

export function readUserId(value: unknown): Reading<string> {
	return required(readName(value, LONGEST_USER_ID));
}

export function readOptionalUserId(value: unknown): Reading<string> {
	return readName(value, LONGEST_USER_ID);
}

export function readSessionId(value: unknown): Reading<string> {
	return required(readName(value, LONGEST_SESSION_ID));
}

/** The text of a message, as it stands: its blanks and lines are the writer's. */
export function readMessageText(value: unknown): Reading<string> {
	const text = readText(value);
	return 'value' in text && text.value.trim() === '' ? EMPTY : text;
}

export function readAgent(value: unknown): Reading<string> {
	const agent = required(readName(value, LONGEST_AGENT));
	return 'value' in agent ? somebody(agent.value) : agent;
}

/** One agent, several separated by commas, or a list of them; nobody is []. */
export function readAgents(value: unknown): Reading<string[]> {
	const agents: string[] = [];
	for (const part of Array.isArray(value) ? (value as unknown[]) : [value]) {
		const text = readText(part);
		if ('fault' in text) return text;
		for (const name of text.value.split(/[,;\s]+/).filter(Boolean)) {
			const agent = readAgent(name);
			if ('fault' in agent) return agent;
			agents.push(agent.value);
		}
	}
	return { value: [...new Set(agents)] };
}

function somebody(name: string): Reading<string> {
	return NO_NAME.test(name) ? { fault: `is "${name}", which names nobody` } : { value: name };
}

/** The number of an agent group; null when there is none. */
export function readAgentGroup(value: unknown): Reading<number | null> {
	const text = readName(value, LONGEST_AGENT);
	if ('fault' in text) return text;
	if (text.value === '') return { value: null };
	const group = Number(text.value);
	const isGroup = /^\d+$/.test(text.value) && group > 0 && Number.isSafeInteger(group);
	return isGroup ? { value: group } : { fault: 'is not a positive whole number' };
}

/** A short free text; '' when there is none. */
export function readReason(value: unknown): Reading<string> {
	const text = readText(value);
	return 'value' in text ? { value: text.value.trim() } : text;
}

/** Models and expressions give words for a switch, too. */
export function readSwitch(value: unknown): Reading<boolean> {
	if (value === undefined || value === null || value === '') return { value: false };
	const word = String(value).trim().toLowerCase();
	if (value === true || word === 'true' || word === '1') return { value: true };
	if (value === false || word === 'false' || word === '0') return { value: false };
	return { fault: 'is neither true nor false' };
}

/** A whole number from 1 on; `byDefault` when there is none. */
export function readLimit(value: unknown, byDefault: number): Reading<number> {
	const text = readText(value);
	if ('fault' in text) return text;
	if (text.value.trim() === '') return { value: byDefault };
	const limit = Number(text.value);
	return Number.isSafeInteger(limit) && limit >= 1
		? { value: limit }
		: { fault: 'is not a whole number from 1 on' };
}

/** One of the choices; case, blanks and marks make no difference. */
export function readChoice<Choice extends string>(
	value: unknown,
	choices: readonly Choice[],
): Reading<Choice> {
	const letters = (text: string) => text.replaceAll(/[^a-z]/gi, '').toLowerCase();
	const found = choices.find(
		(choice) => typeof value === 'string' && letters(choice) === letters(value),
	);
	return found === undefined ? { fault: 'is none of its choices' } : { value: found };
}
