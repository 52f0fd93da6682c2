import type { z } from 'zod';
import { ERROR_TEXTS } from './errorTexts';

export type JsonObject = Record<string, unknown>;

/** What every desk_http_svc command answers; a command adds its own fields. */
export type Answer = JsonObject & {
	ActionStatus: 'OK' | 'FAIL';
	ErrorCode: number;
	ErrorInfo: string;
};

const MAX_DETAIL = 200;

export const succeed = (fields: JsonObject = {}): Answer => ({
	ActionStatus: 'OK',
	ErrorCode: 0,
	ErrorInfo: '',
	...fields,
});

/** `detail` is appended to the documented text, so that a builder sees which field is meant. */
export const refuse = (code: number, detail?: string): Answer => {
	const text = ERROR_TEXTS[code] ?? 'simulated answer';
	return {
		ActionStatus: 'FAIL',
		ErrorCode: code,
		ErrorInfo: detail === undefined ? text : `${text}: ${detail.slice(0, MAX_DETAIL)}`,
	};
};

export type Read<Fields> = { fields: Fields } | { refusal: Answer };

/** Desk checks types strictly and says no more than 141004; the field's name is a courtesy of ours. */
export const readFields = <Fields>(
	schema: z.ZodType<Fields, z.ZodTypeDef, unknown>,
	body: JsonObject,
): Read<Fields> => {
	const parsed = schema.safeParse(body);
	if (parsed.success) return { fields: parsed.data };
	const [issue] = parsed.error.issues;
	return { refusal: refuse(141004, [...issue.path, issue.message].join(' ')) };
};
