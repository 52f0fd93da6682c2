import type { IDataObject } from 'n8n-workflow';

import { isRecord } from '../api/reply';

/** Gives the text or number that a field of an item holds; undefined when it is neither, or not there. */
export type ItemField = (json: IDataObject | undefined) => string | number | undefined;

/** What the editor writes when a field is dragged into a parameter, and nothing around it. */
const FIELD_EXPRESSION = /^=\{\{\s*\$json((?:\.[A-Za-z_]\w*)+)\s*\}\}$/;

/**
 * The field that an expression names, when it does nothing but that: `={{ $json.body.userId }}`. n8n evaluates each
 * expression in a virtual machine of its own, which takes as long as the request that follows.
 * @param parameter as the node stores it: the expression, or a drop-down whose value it is
 */
export function itemFieldOf(parameter: unknown): ItemField | undefined {
	const expression = isRecord(parameter) ? parameter.value : parameter;
	const path = typeof expression === 'string' ? FIELD_EXPRESSION.exec(expression)?.[1] : undefined;
	if (path === undefined) return undefined;
	const names = path.slice(1).split('.');
	return (json) => {
		let value: unknown = json;
		for (const name of names) {
			if (!isRecord(value) || !Object.hasOwn(value, name)) return undefined;
			value = value[name];
		}
		return typeof value === 'string' || typeof value === 'number' ? value : undefined;
	};
}
