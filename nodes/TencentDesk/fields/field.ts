import type { INodeProperties } from 'n8n-workflow';

import type { Problem } from '../../../credentials/deskAccount';
import { isRecord } from '../../shared/desk/values';
import type { ParameterReading } from '../../shared/n8n/parameters';
import { gaveNothing, readFrom, readSwitch, readText, type Reading } from '../../shared/n8n/text';

/** One parameter of an operation: what the editor shows, and how its value is read. */
export interface Field<T> {
	/** Its `name` is stored in workflows and never changes. Which operation shows it is added later. */
	property: INodeProperties;
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

export type Fields = Record<string, Field<unknown>>;

/** The values of the fields of an operation, by name. */
export type Values<F extends Fields = Fields> = {
	[Name in keyof F]: F[Name] extends Field<infer T> ? T : never;
};

/** The same field, shown only while another one has a value. */
export function when<T>(name: string, is: string | boolean, field: Field<T>): Field<T> {
	return { ...field, shownWhen: { name, is } };
}

/** The same field with other words. */
export function saying<T>(
	field: Field<T>,
	words: Partial<Pick<INodeProperties, 'displayName' | 'description' | 'placeholder'>>,
): Field<T> {
	return { ...field, property: { ...field.property, ...words } };
}

/** The parameters of a node that hold the fields. */
export function parametersOf(fields: Fields): string[] {
	return [...new Set(Object.values(fields).map(({ within, property }) => within ?? property.name))];
}

/** Gives a parameter of the item, as n8n has it. */
export type ParameterOf = (name: string) => ParameterReading;

/** Reads the fields of an operation in their order, or says which one cannot be right. Sends nothing. */
export function readValues(
	fields: Fields,
	parameterOf: ParameterOf,
	timeZone: string,
): { values: Values } | { problem: Problem } {
	const values: Values = {};
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
			const message = `${labelOf(field)} ${reading.fault}, so nothing was sent.`;
			return { problem: { message, advice: reading.advice ?? field.advice } };
		}
		values[name] = reading.value;
	}
	return { values };
}

/** Of a filter. An empty field means all; to take this for it would let everything pass by mistake. */
export const NO_RESULT = {
	fault: 'is an expression without a result',
	advice:
		'Check the expression: it may name a field that the item does not have. To get all of them, leave the field empty.',
};

/** As the editor shows it: the entries of a collection with its name, since they are further down. */
function labelOf({ within, property: { displayName } }: Field<unknown>): string {
	return within === undefined ? displayName : `${COLLECTIONS[within]} > ${displayName}`;
}

/** What any operation can be asked for. */
export interface GeneralOptions {
	raw: boolean;
	includeInputFields: boolean;
	simulateOnly: boolean;
}

/** Reads them for an item. What is no switch is told: to take Simulate Only for off would change something. */
export function readGeneralOptions(
	parameterOf: ParameterOf,
): { options: GeneralOptions } | { problem: Problem } {
	const given = readFrom(parameterOf('options'), (value): Reading<Record<string, unknown>> => ({
		value: isRecord(value) ? value : {},
	}));
	if ('fault' in given) return refusedOption(COLLECTIONS.options, given.fault);
	const options: GeneralOptions = { raw: false, includeInputFields: false, simulateOnly: false };
	for (const [name, label] of GENERAL_OPTIONS) {
		const reading = readSwitch(given.value[name]);
		if ('fault' in reading) return refusedOption(label, reading.fault);
		options[name] = reading.value;
	}
	return { options };
}

const GENERAL_OPTIONS: Array<[name: keyof GeneralOptions, label: string]> = [
	['raw', 'Include Raw Answer'],
	['includeInputFields', 'Include Input Fields'],
	['simulateOnly', 'Simulate Only'],
];

function refusedOption(label: string, fault: string): { problem: Problem } {
	const message = `${label} ${fault}, so nothing was sent.`;
	return { problem: { message, advice: 'Correct the expression, or remove the option.' } };
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

/** What may be chosen, and what the editor calls it. */
export interface Choice<Value extends string> {
	name: string;
	value: Value;
	description?: string;
}

/** One of the choices, by its value or its name in the editor; case, blanks and marks make no difference. */
export function readChoice<Value extends string>(
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
