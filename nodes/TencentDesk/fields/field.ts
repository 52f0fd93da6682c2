import type { INodeProperties } from 'n8n-workflow';

import { type Problem, LONGEST_USER_ID } from '../../../credentials/deskAccount';
import type { ParameterReading } from '../../shared/n8n/parameters';
import {
	readFrom,
	switchOf,
	type Reading,
	EMPTY,
	readAgent as readAnyAgent,
	readName,
	readRequired,
	readText,
} from '../../shared/n8n/text';
import { isRecord } from '../../shared/desk/reply';

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

/** No page tells how long one may be; those seen have some 40 characters. */
const LONGEST_SESSION_ID = 256;

export function readUserId(value: unknown): Reading<string> {
	return readRequired(value);
}

export function readOptionalUserId(value: unknown): Reading<string> {
	return readName(value, LONGEST_USER_ID);
}

export function readSessionId(value: unknown): Reading<string> {
	return readRequired(value, LONGEST_SESSION_ID);
}

/** The text of a message, as it stands: its blanks and lines are the writer's. */
export function readMessageText(value: unknown): Reading<string> {
	const text = readText(value);
	return 'value' in text && text.value.trim() === '' ? { fault: EMPTY } : text;
}

export function readAgent(value: unknown): Reading<string> {
	const agent = readAnyAgent(value);
	return 'value' in agent && agent.value === '' ? { fault: EMPTY } : agent;
}

/** One agent, several separated by commas, or a list of them; nobody is []. */
export function readAgents(value: unknown): Reading<string[]> {
	const agents: string[] = [];
	for (const part of Array.isArray(value) ? (value as unknown[]) : [value]) {
		const text = readText(part);
		if ('fault' in text) return text;
		for (const name of text.value.split(/[,;\s]+/).filter(Boolean)) {
			const agent = readAnyAgent(name);
			if ('fault' in agent) return agent;
			if (agent.value !== '') agents.push(agent.value);
		}
	}
	return { value: [...new Set(agents)] };
}

/** A short free text; '' when there is none. */
export function readReason(value: unknown): Reading<string> {
	const text = readText(value);
	return 'value' in text ? { value: text.value.trim() } : text;
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
	return found === undefined ? { fault: 'is none of its choices' } : { value: found.value };
}
