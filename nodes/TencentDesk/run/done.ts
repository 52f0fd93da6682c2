import type { IDataObject } from 'n8n-workflow';

import type { Problem } from '../../../credentials/deskAccount';
import type { Ended } from '../../shared/asking/ask';
import type { Finding } from '../../shared/asking/verdict';
import type { Values } from '../fields/field';
import type { Changing, LookUp } from '../operations/operation';

/** One thing that an operation found or did, and the part of Desk's answer that tells it. */
export interface Result {
	json: IDataObject;
	raw: IDataObject | IDataObject[];
}

/** How the work for one item ended. `says` is a sentence for a model, `hint` one for the builder. */
export type Done =
	| { kind: 'results'; results: Result[]; isList: boolean; says: string; hint?: string }
	| { kind: 'failed'; failure: Failure }
	| { kind: 'stopped' };

export interface Failure extends Finding {
	/** Whether it may have been done all the same. */
	mayBeDone: boolean;
	/** Whether every other request of the application would be refused alike. */
	forAll: boolean;
}

/** Why nothing was sent. */
export function notSent({ message, advice }: Problem): Failure {
	return {
		message,
		advice,
		errorCode: null,
		errorInfo: '',
		retryLater: false,
		mayBeDone: false,
		forAll: false,
	};
}

/** What one answer gives. */
export function single(
	ended: Ended,
	task: LookUp | Changing,
	values: Values,
	body: IDataObject,
): Done {
	if (ended.kind !== 'done') return endedBadly(ended);
	const json = task.result(ended.answer, values, body);
	const raw = ended.answer as IDataObject;
	return { kind: 'results', isList: false, results: [{ json, raw }], says: task.says(json) };
}

export function endedBadly(ended: Exclude<Ended, { kind: 'done' }>): Done {
	return ended.kind === 'stopped'
		? ended
		: failed({ ...ended.finding, mayBeDone: false, forAll: ended.forAll });
}

export function failed(failure: Failure): Done {
	return { kind: 'failed', failure };
}
