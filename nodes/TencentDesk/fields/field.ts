import type { INodeProperties } from 'n8n-workflow';

import type { Problem } from '../../../credentials/deskAccount';
import { isRecord } from '../../shared/desk/values';
import type { ParameterReading } from '../../shared/n8n/parameters';
import { gaveNothing, readFrom, readSwitch, readText, type Reading } from '../../shared/n8n/text';

/** One parameter of an operation: what the editor shows, and how its value is read. */
export interface Field<T> {
	/** Without its name, by which the operation has it, and without the operation that shows it. */
	property: Omit<INodeProperties, 'name'>;
	/** The collection that it is an entry of; left out there, it counts as `hidden`. */
	within?: Collection;
	/** Shown and read only while an earlier field has this value. */
	shownWhen?: { name: string; is: string | boolean };
	/** Left empty it lets everything pass, so an expression without a result is refused. */
	isFilter?: true;
	/** What it counts as while it is not shown. */
	hidden: T;
	/**
	 * @param timeZone of the workflow, an IANA name
	 * @param stored the parameter as the workflow has it, where that holds an expression
	 */
	read(value: unknown, timeZone: string, stored?: unknown): Reading<T>;
	/** What to do about a fault: one sentence. */
	advice: string;
}

/** A collection of fields that a builder adds one by one, by its name, and how the editor calls it. */
export const COLLECTIONS = { options: 'Options', updateFields: 'Update Fields' } as const;

export type Collection = keyof typeof COLLECTIONS;

/** By the names of their parameters, which are stored in workflows and never change. */
export type Fields = Record<string, Field<unknown>>;

/** The values of the fields of an operation, by name. */
export type Values<F extends Fields = Fields> = {
	[Name in keyof F]: F[Name] extends Field<infer T> ? T : never;
};

/** The same fields, shown only while an earlier one has a value. */
export function when<F extends Fields>(name: string, is: string | boolean, fields: F): F {
	const shown = Object.entries(fields).map(([key, field]) => [
		key,
		{ ...field, shownWhen: { name, is } },
	]);
	return Object.fromEntries(shown) as F;
}

/** The same field with other words. */
export function saying<T>(
	field: Field<T>,
	words: Partial<Pick<INodeProperties, 'displayName' | 'description' | 'placeholder'>>,
): Field<T> {
	return { ...field, property: { ...field.property, ...words } };
}

/** Off unless the builder turns it on. */
export function switchField(displayName: string, description: string): Field<boolean> {
	return {
		property: { displayName, type: 'boolean', default: false, description },
		hidden: false,
		read: readSwitch,
		advice: 'Turn it on or off.',
	};
}

/** What may be chosen, and what the editor calls it. */
export interface Choice<Value extends string> {
	name: string;
	value: Value;
	description?: string;
}

/** One of several; `byDefault` when nothing is chosen. */
export function choiceField<Value extends string>(
	displayName: string,
	choices: Array<Choice<Value>>,
	byDefault: Value,
	{ advice, ...words }: { advice: string; description?: string; required?: true },
): Field<Value> {
	return {
		property: { displayName, type: 'options', default: byDefault, options: choices, ...words },
		hidden: byDefault,
		read: (value) => readChoice(value, choices),
		advice,
	};
}

/** The parameters of a node that hold the fields. */
export function parametersOf(fields: Fields): string[] {
	return [...new Set(Object.entries(fields).map(([name, { within }]) => within ?? name))];
}

/** Gives a parameter of the item, as n8n has it. */
export type ParameterOf = (name: string) => ParameterReading;

/** Reads the fields of an operation in their order, or says which one cannot be right. Sends nothing. */
export function readValues<F extends Fields>(
	fields: F,
	parameterOf: ParameterOf,
	timeZone: string,
): { values: Values<F> } | { problem: Problem } {
	const values: Record<string, unknown> = {};
	for (const [name, field] of Object.entries(fields)) {
		if (field.shownWhen !== undefined && values[field.shownWhen.name] !== field.shownWhen.is) {
			values[name] = field.hidden;
			continue;
		}
		const parameter = parameterOf(field.within ?? name);
		const stored = 'value' in parameter ? parameter.stored : undefined;
		const reading =
			field.isFilter && 'value' in parameter && gaveNothing(parameter.value, stored)
				? NO_RESULT
				: readFrom(parameter, (value): Reading<unknown> => {
						if (field.within === undefined) return field.read(value, timeZone, stored);
						const isAdded = isRecord(value) && Object.hasOwn(value, name);
						return isAdded ? field.read(value[name], timeZone) : { value: field.hidden };
					});
		if ('fault' in reading) {
			const label = 'unreadable' in parameter ? parameterLabelOf(field) : labelOf(field);
			const message = `${label} ${reading.fault}, so nothing was sent.`;
			return { problem: { message, advice: reading.advice ?? field.advice } };
		}
		values[name] = reading.value;
	}
	return { values: values as Values<F> };
}

/** Of a filter. An empty field means all; to take this for it would let everything pass by mistake. */
export const NO_RESULT = {
	fault: 'is an expression without a result',
	advice:
		'Check the expression: it may name a field that the item does not have. To get all of them, leave the field empty.',
};

/** As the editor shows it: the entries of a collection with its name, since they are further down. */
function labelOf(field: Field<unknown>): string {
	const { displayName } = field.property;
	return field.within === undefined ? displayName : `${parameterLabelOf(field)} > ${displayName}`;
}

function parameterLabelOf({ within, property }: Field<unknown>): string {
	return within === undefined ? property.displayName : COLLECTIONS[within];
}

/** A whole number from 1 on; `byDefault` when there is none. */
export function readLimit(value: unknown, byDefault: number): Reading<number> {
	const limit = readWholeNumber(value, { min: 1 });
	return 'value' in limit ? { value: limit.value ?? byDefault } : limit;
}

/** A whole number in a range; null when there is none. */
export function readWholeNumber(
	value: unknown,
	{ min, max = Infinity }: { min: number; max?: number },
): Reading<number | null> {
	const text = readText(value);
	if ('fault' in text) return text;
	if (text.value.trim() === '') return { value: null };
	const number = Number(text.value);
	return Number.isSafeInteger(number) && number >= min && number <= max
		? { value: number }
		: { fault: `must be a whole number, ${min} ${max === Infinity ? 'or greater' : `to ${max}`}` };
}

/** One of the choices, by its value or its name in the editor; case, blanks and marks make no difference. */
function readChoice<Value extends string>(
	value: unknown,
	choices: Array<Choice<Value>>,
): Reading<Value> {
	const letters = (text: string) => text.replaceAll(/[^a-z]/gi, '').toLowerCase();
	const found = choices.find(
		(choice) =>
			typeof value === 'string' &&
			[choice.value, choice.name].some((text) => letters(text) === letters(value)),
	);
	return found === undefined
		? { fault: 'is not one of the available options' }
		: { value: found.value };
}
