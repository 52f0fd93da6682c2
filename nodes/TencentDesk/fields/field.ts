import type { INodeProperties } from 'n8n-workflow';

/** A value read from a parameter, or how the sentence goes on after the parameter's label. */
export type Reading<T> = { value: T } | { fault: string };

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
