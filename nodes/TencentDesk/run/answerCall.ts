import type { IExecuteFunctions } from 'n8n-workflow';

import { notSent } from '../../shared/delivery/command';
import type { Values } from '../fields/field';
import type { Local } from '../operations/operation';
import type { Worked } from './worked';

/**
 * Hands the answer to n8n, which sends it to Desk at once, also from a worker (response mode `responseNode`). n8n takes
 * the first answer of an execution, and drops one that nobody waits for.
 */
export async function answerCall(
	context: IExecuteFunctions,
	task: Local,
	values: Values,
): Promise<Worked> {
	// Tools of older agents cannot answer.
	if (typeof context.sendResponse !== 'function') {
		return {
			ended: notSent({
				message: 'A tool of this AI Agent cannot answer Desk, so nothing was answered.',
				advice: 'Put the node behind the AI Agent instead.',
			}),
		};
	}
	const answer = task.answer(values);
	// Without headers: n8n would set them even after Desk was answered, and fail.
	await context.sendResponse({ body: answer, statusCode: 200 });
	const json = task.result(values);
	return {
		ended: { kind: 'done', answer, shownBy: 'answer', attempts: 0 },
		found: { isList: false, results: [{ json, raw: answer }], says: task.says(json) },
	};
}
