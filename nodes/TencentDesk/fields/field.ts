import type { INodeProperties } from 'n8n-workflow';

import type { Problem } from '../../../credentials/deskAccount';
import type { ParameterReading } from '../../shared/n8n/parameters';
import { isRecord } from '../../shared/api/reply';
import { readFrom, switchOf, type Reading } from '../../shared/input/text';

/** One parameter of an operation: what the editor shows, and how its value is read. */
export interface Field<T> {
	/** Its `name` is stored in workflows and never changes. Which operation shows it is added later. */
	property: INodeProperties;
	/** Shown and read only while an earlier field has this value. */
	shownWhen?: { name: string; is: string | boolean };
	/** What it counts as while it is not shown. */
	hidden: T;
	read(value: unknown): Reading<T>;
	/** What to do about a fault: one sentence. */
	advice: string;
}

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

/** Gives a parameter of the item, as n8n has it. */
export type ParameterOf = (name: string) => ParameterReading;

/** Reads the fields of an operation in their order, or says which one cannot be right. Sends nothing. */
export function readValues(
	fields: Fields,
	parameterOf: ParameterOf,
): { values: Values } | { problem: Problem } {
	const values: Values = {};
	for (const [name, field] of Object.entries(fields)) {
		if (field.shownWhen !== undefined && values[field.shownWhen.name] !== field.shownWhen.is) {
			values[name] = field.hidden;
			continue;
		}
		const reading = readFrom(parameterOf(name), field.read);
		if ('fault' in reading) {
			const message = `${field.property.displayName} ${reading.fault}, so nothing was sent.`;
			return { problem: { message, advice: reading.advice ?? field.advice } };
		}
		values[name] = reading.value;
	}
	return { values };
}

/** Whether the item asks for Desk's own answer. An option that cannot be read is left out: it changes nothing in Desk. */
export function wantsRaw(parameterOf: ParameterOf): boolean {
	const options = parameterOf('options');
	if (!('value' in options) || !isRecord(options.value)) return false;
	return switchOf(options.value.raw) ?? false;
}
