import type { IDataObject } from 'n8n-workflow';

import type { Problem } from '../../../credentials/deskAccount';
import type { DeskCommand } from '../../shared/api/callDesk';
import type { DescribeCode } from '../../shared/asking/verdict';
import type { Answer } from '../../shared/desk/values';
import type { Fields, Values } from '../fields/field';
import type { Moment } from '../fields/lists';

export type Resource =
	'agent' | 'agentGroup' | 'customerServiceAccount' | 'event' | 'message' | 'reception' | 'session';

/** What an operation may know beyond its fields. */
export interface Scene {
	/** Unix time in milliseconds, the same for one item from its start to its end. */
	nowMs: number;
	/** Unix time in milliseconds of a date in the time zone of the workflow. */
	unixMs(moment: Moment): number;
	/**
	 * A uint32 for what an item sends: the same when it is sent again, by this run or by a retry of its execution.
	 * @param receiver tells messages of one item apart
	 */
	messageRandom(receiver: string, text: string): number;
}

/** What every kind of work has: one command, what it is given, and how it is described to a model. */
interface Asking<F extends Fields> {
	command(values: Values<F>): DeskCommand;
	body(values: Values<F>, scene: Scene): IDataObject;
	/** What cannot be right about values that are right each by itself. */
	problem?(values: Values<F>, scene: Scene): Problem | undefined;
}

/** Looks something up; asked again when in doubt. */
export interface LookUp<F extends Fields = Fields> extends Asking<F> {
	kind: 'read';
	/** @param sent the body that the answer is to */
	result(answer: Answer, values: Values<F>, sent: IDataObject): IDataObject;
	/** What a model may make of it: one sentence. */
	says(result: IDataObject): string;
}

/** Looks up a list, which Desk gives in pages. */
export interface Listing<F extends Fields = Fields> extends Asking<F> {
	kind: 'list';
	/** How a part of it is asked for: `none` when it comes as a whole. */
	pages: 'offset' | 'pageNum' | 'pageNumber' | 'none';
	rows(answer: Answer): Answer[];
	/** The same for the same row on another page. */
	key(row: Answer): string;
	row(row: Answer, values: Values<F>): IDataObject;
	/** What the rows are, one and several. */
	words: [one: string, several: string];
}

/** Changes something. */
export interface Changing<F extends Fields = Fields> extends Asking<F> {
	kind: 'change';
	result(answer: Answer, values: Values<F>, sent: IDataObject): IDataObject;
	says(result: IDataObject): string;
	/** How "it is not known whether" goes on. */
	what: string;
	/** Codes that say it is as it was to be; `result` is then given an answer with this ErrorCode. */
	doneCodes?: number[];
	/** The same request again is surely no second one. */
	mayRepeat?: boolean;
	/** Where it shows afterwards whether it was done. */
	look?: {
		command: DeskCommand;
		body(values: Values<F>): IDataObject;
		/** The answer that the request would have had; `notDone`, or `unknown`. */
		shows(answer: Answer, values: Values<F>): { answer: Answer } | 'notDone' | 'unknown';
	};
}

/** Sends nothing to Desk: answers the call of Desk with which the execution began. */
export interface Local<F extends Fields = Fields> {
	kind: 'local';
	/** The body that Desk reads. */
	answer(values: Values<F>): IDataObject;
	result(values: Values<F>): IDataObject;
	says(result: IDataObject): string;
}

/**
 * One operation of the node. `resource`, `operation` and the names of the fields are stored in workflows and never
 * change.
 */
export interface Operation<F extends Fields = Fields> {
	resource: Resource;
	operation: string;
	/** Shown in the list of operations. */
	name: string;
	/** Shown in the list of nodes; n8n names a new node by it. */
	action: string;
	description: string;
	/** What a model reads of it, unless the builder changes it. */
	toolDescription: string;
	fields: F;
	codes: DescribeCode;
	work: LookUp<F> | Listing<F> | Changing<F> | Local<F>;
}

/** Checks an operation against its own fields. */
export function defineOperation<F extends Fields>(operation: Operation<F>): Operation {
	// Its functions are only ever given the values of its own fields.
	return operation as unknown as Operation;
}
