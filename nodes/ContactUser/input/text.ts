import { isUserIdText } from '../../../credentials/userId';
import type { ParameterReading } from '../../shared/n8n/parameters';
import { nameInvisible, trimBlanks } from './invisible';

/** `fault`: how the sentence goes on after the parameter's label. `advice`: where the parameter's own does not help. */
export type Reading<T> = { value: T } | { fault: string; advice?: string };

const PICK_A_FIELD =
	'Check the expression: it gives an object instead of one of its fields, or names a field that the item does not have.';

/** What JavaScript makes of an object, or of a field that is missing, where a text is wanted. */
const OF_A_BROKEN_EXPRESSION = /\[object \w+\]|^(undefined|null|nan)$/i;

/** Reads a text or number. What cannot be seen is dropped at its ends, as spreadsheets and forms often add it. */
export function readText(parameter: ParameterReading, longest: number): Reading<string> {
	if ('unreadable' in parameter) {
		return { fault: `could not be read from the item (${parameter.unreadable.slice(0, 200)})` };
	}
	const { value } = parameter;
	if (value === undefined || value === null) return { value: '' };
	if (typeof value === 'number') return readNumber(value);
	if (typeof value !== 'string') {
		return { fault: 'is neither a text nor a number', advice: PICK_A_FIELD };
	}
	const text = trimBlanks(value);
	if (Buffer.byteLength(text) > longest) return { fault: `is longer than ${longest} bytes` };
	return isUserIdText(text)
		? { value: text }
		: { fault: `has characters other than printable ASCII${invisibleIn(text)}` };
}

/** A name that something must have: refuses what broken expressions give in its place. */
export function readName(parameter: ParameterReading, longest: number): Reading<string> {
	const text = readText(parameter, longest);
	const [broken] = 'value' in text ? (OF_A_BROKEN_EXPRESSION.exec(text.value) ?? []) : [];
	if (broken === undefined || !('value' in text)) return text;
	const is = broken === text.value ? 'is' : 'holds';
	return { fault: `${is} "${broken}", which names nobody`, advice: PICK_A_FIELD };
}

function readNumber(value: number): Reading<string> {
	if (Number.isNaN(value)) return { fault: 'is not a number', advice: PICK_A_FIELD };
	// A larger whole number has lost its last digits already: it would name another user.
	const exact = Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER;
	return exact
		? { value: String(value) }
		: {
				fault: 'is a number too large to be exact',
				advice: 'Hand it on as a text, in quotation marks, from where it comes from.',
			};
}

/** The first character that cannot be seen, since its number is all that tells of it. */
function invisibleIn(text: string): string {
	const name = Array.from(text, (character) => ({
		character,
		name: nameInvisible(character),
	})).find(({ character, name: shown }) => shown !== character)?.name;
	return name === undefined ? '' : `: ${name}, which cannot be seen`;
}
