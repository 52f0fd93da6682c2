import type { IExecuteFunctions } from 'n8n-workflow';

import { isRecord } from '../api/reply';
import { readParameter, type ParameterReading } from './parameters';

/**
 * The fields of a collection, each read by itself: n8n gives up the whole collection when the expression of one field
 * fails, and does not say which. Never throws.
 */
export function readCollection(
	context: IExecuteFunctions,
	name: string,
	itemIndex: number,
): Record<string, ParameterReading> {
	const stored = context.getNode().parameters[name];
	const fields = isRecord(stored) ? Object.keys(stored) : [];
	return Object.fromEntries(
		fields.map((field) => [field, readParameter(context, `${name}.${field}`, itemIndex)]),
	);
}
