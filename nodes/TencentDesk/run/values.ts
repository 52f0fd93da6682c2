import type { Problem } from '../../../credentials/deskAccount';
import { isRecord } from '../../shared/api/reply';
import type { ParameterReading } from '../../shared/n8n/parameters';
import type { Field, Fields, Values } from '../fields/field';
import { readSwitch } from '../fields/read';

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
		const reading = readField(field, parameterOf(name));
		if ('fault' in reading) {
			const message = `${field.property.displayName} ${reading.fault}, so nothing was sent.`;
			return { problem: { message, advice: field.advice } };
		}
		values[name] = reading.value;
	}
	return { values };
}

function readField(field: Field<unknown>, parameter: ParameterReading) {
	return 'unreadable' in parameter
		? { fault: `could not be read from the item (${parameter.unreadable.slice(0, 200)})` }
		: field.read(parameter.value);
}

/** Whether the item asks for Desk's own answer. An option that cannot be read is left out: it changes nothing in Desk. */
export function wantsRaw(parameterOf: ParameterOf): boolean {
	const options = parameterOf('options');
	if (!('value' in options) || !isRecord(options.value)) return false;
	const raw = readSwitch(options.value.raw);
	return 'value' in raw && raw.value;
}
