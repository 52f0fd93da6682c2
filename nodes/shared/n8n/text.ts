import { LONGEST_USER_ID, USER_ID_FORM, isUserIdText } from '../../../credentials/deskAccount';
import { cutText, isRecord } from '../desk/values';
import { chosenIn, type ParameterReading } from './parameters';

/** `fault`: how the sentence goes on after the parameter's label. `advice`: where the parameter's own does not help. */
export type Reading<T> = { value: T } | Fault;

interface Fault {
	fault: string;
	advice?: string;
}

const PICK_A_FIELD =
	'Check the expression: it returns a whole object, or names a field that the item does not have.';

/** What JavaScript makes of an object, or of a field that is missing, where a text is wanted. */
const OF_A_BROKEN_EXPRESSION = /\[object \w+\]|^(undefined|null|nan)$/i;
/** What models write for "nobody in particular"; to drop it would be a guess. A UserID may be such a word. */
const NOBODY = /^(none|nil|any|anyone|n\/a)$/i;
/** Agents are named by their email address; the longest one (RFC 5321). */
const LONGEST_AGENT = 254;
export const EMPTY = 'is empty';

/** What to do about a parameter that is wrong, in every node that has it. */
export const ADVICE = {
	userId: `Enter the UserID of a user of your Desk application: ${USER_ID_FORM}.`,
	customerServiceAccount: `Choose the customer service account from the list, or enter its UserID: ${USER_ID_FORM}.`,
	agentGroup: 'Choose the agent group from the list, enter its number, or leave it empty.',
	agent:
		'Choose the agent from the list, enter the email address the agent logs in with, or leave it empty.',
};

/** How n8n says that an expression names a node that the workflow does not have. */
const NO_SUCH_NODE = /^Referenced node doesn't exist/;
const NAME_NO_NODE =
	"Check the name of the node in the expression. In n8n's own Agents, no other node can be named. Enter a fixed value there, or let the model fill it in and turn on Require approval.";

/** Reads what n8n gave, or says why it gave nothing. */
export function readFrom<T>(
	parameter: ParameterReading,
	read: (value: unknown) => Reading<T>,
): Reading<T> {
	if ('value' in parameter) return read(parameter.value);
	const fault = `could not be read from the item (${cutText(parameter.unreadable, 200)})`;
	return NO_SUCH_NODE.test(parameter.unreadable) ? { fault, advice: NAME_NO_NODE } : { fault };
}

/** A text or number as text, as it stands; nothing at all is ''. */
export function readText(value: unknown): Reading<string> {
	if (value === undefined || value === null) return { value: '' };
	if (typeof value === 'string') return { value };
	if (typeof value !== 'number') {
		return { fault: 'is neither a text nor a number', advice: PICK_A_FIELD };
	}
	if (Number.isNaN(value)) return { fault: 'is not a number', advice: PICK_A_FIELD };
	// A larger whole number has lost its last digits already: it would name another user.
	const exact = Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER;
	return exact
		? { value: String(value) }
		: {
				fault: 'is a number too large to be exact',
				advice: 'Pass it as text: put it in quotation marks where it is created.',
			};
}

/** Printable ASCII. What cannot be seen is dropped at its ends, as spreadsheets and forms often add it. */
export function readPrintable(value: unknown, longest: number): Reading<string> {
	const given = readText(value);
	if ('fault' in given) return given;
	const text = trimBlanks(given.value);
	if (Buffer.byteLength(text) > longest) return { fault: `is longer than ${longest} bytes` };
	return isUserIdText(text)
		? { value: text }
		: {
				fault: `has characters other than letters, digits and signs without accents${invisibleIn(text)}`,
			};
}

/** The name of something, or '': refuses what broken expressions give in its place. */
export function readName(value: unknown, longest: number): Reading<string> {
	const text = readPrintable(value, longest);
	if ('fault' in text) return text;
	const [broken] = OF_A_BROKEN_EXPRESSION.exec(text.value) ?? [];
	if (broken === undefined) return text;
	const is = broken === text.value ? 'is' : 'holds';
	return { fault: `${is} "${broken}", which names nobody`, advice: PICK_A_FIELD };
}

/** A name that must not be left out. */
export function readRequired(value: unknown, longest = LONGEST_USER_ID): Reading<string> {
	const name = readName(value, longest);
	return 'value' in name && name.value === '' ? { fault: EMPTY } : name;
}

/** What is behind most empty User IDs. */
const CHECK_FIELD_NAME =
	'Check the name of the field in User ID. The item may have no field of that name, or have it one level deeper.';

export function readUserId(value: unknown): Reading<string> {
	const userId = readRequired(value);
	return 'fault' in userId && userId.fault === EMPTY
		? { fault: EMPTY, advice: CHECK_FIELD_NAME }
		: userId;
}

/** The login name of an agent, or ''. */
export function readAgent(value: unknown): Reading<string> {
	const agent = readName(value, LONGEST_AGENT);
	if ('fault' in agent) return { fault: agent.fault };
	return NOBODY.test(agent.value) ? { fault: `is "${agent.value}", which names nobody` } : agent;
}

/** The number of an agent group; null when there is none. */
export function readAgentGroup(value: unknown): Reading<number | null> {
	const text = readPrintable(value, LONGEST_AGENT);
	if ('fault' in text) return { fault: text.fault };
	if (text.value === '') return { value: null };
	const group = Number(text.value);
	const isGroup = /^\d+$/.test(text.value) && group > 0 && Number.isSafeInteger(group);
	return isGroup ? { value: group } : { fault: 'is not a positive whole number' };
}

/** What models and expressions give for a switch; undefined when it is neither on nor off. */
export function switchOf(value: unknown): boolean | undefined {
	const word = typeof value === 'string' ? value.trim().toLowerCase() : value;
	if (word === true || word === 'true' || word === 1 || word === '1') return true;
	if (word === false || word === 'false' || word === 0 || word === '0') return false;
	return undefined;
}

/** As `switchOf`; nothing at all is off. */
export function readSwitch(value: unknown): Reading<boolean> {
	const isOn = value === undefined || value === null || value === '' ? false : switchOf(value);
	return isOn === undefined ? { fault: 'is neither true nor false' } : { value: isOn };
}

/** A number, or a text that is one, brought into range; undefined when it is neither. */
export function numberIn(value: unknown, range: { min: number; max: number }): number | undefined {
	const isText = typeof value === 'string' && value.trim() !== '';
	const number = isText || typeof value === 'number' ? Number(value) : NaN;
	return Number.isNaN(number) ? undefined : Math.min(Math.max(number, range.min), range.max);
}

/** Of a filter: whether an expression gave nothing. An empty field that holds none is meant to be empty. */
export function gaveNothing(value: unknown, stored: unknown): boolean {
	const expression = chosenIn(stored);
	if (typeof expression !== 'string' || !expression.startsWith('=')) return false;
	const given = chosenIn(value) ?? '';
	return typeof given === 'string' && trimBlanks(given) === '';
}

/** How each filter of a collection is read, by the name of its parameter, and what the editor calls it. */
export type FilterReaders<Filters> = {
	[Name in keyof Filters]: [label: string, read: (value: unknown) => Reading<Filters[Name]>];
};

/** The filters of sessions that a list and a trigger have alike. */
export const SESSION_FILTERS: FilterReaders<{
	agent: string;
	agentGroup: number | null;
	onlyRated: boolean;
}> = {
	agent: ['Agent', (value) => readAgent(chosenIn(value))],
	agentGroup: ['Agent Group', (value) => readAgentGroup(chosenIn(value))],
	onlyRated: ['Only Rated', readSwitch],
};

/**
 * Reads the filters that were added. What is broken is told: left out, a filter would let everything pass.
 * @param stored the collection as the workflow has it; one expression for all of it counts for each filter
 * @param nothing what is told of an expression without a result
 * @returns those that were added, or the label of one that is broken
 */
export function readFilters<Filters extends object>(
	readers: FilterReaders<Filters>,
	given: unknown,
	stored: unknown,
	nothing: Fault,
): { filters: Partial<Filters> } | (Fault & { label: string }) {
	const chosen = isRecord(given) ? given : {};
	const filters: Record<string, unknown> = {};
	for (const name of Object.keys(readers) as Array<keyof Filters & string>) {
		const [label, read] = readers[name];
		const isAdded = name in chosen;
		const expression = isRecord(stored) ? stored[name] : isAdded && stored;
		const isNothing = gaveNothing(chosen[name], expression);
		if (!isAdded && !isNothing) continue;
		const reading = isNothing ? nothing : read(chosen[name]);
		if ('fault' in reading) return { ...reading, label };
		filters[name] = reading.value;
	}
	return { filters: filters as Partial<Filters> };
}

/** The first character that cannot be seen, since its number is all that tells of it. */
function invisibleIn(text: string): string {
	const hidden = Array.from(text).find((character) => nameInvisible(character) !== character);
	return hidden === undefined ? '' : `: ${nameInvisible(hidden)}, which cannot be seen`;
}

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
