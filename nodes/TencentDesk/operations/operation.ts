import type { IDataObject } from 'n8n-workflow';

import type { Problem } from '../../../credentials/deskAccount';
import type { DeskCommand } from '../../shared/desk/callDesk';
import type { Pages } from '../../shared/desk/pages';
import type { DescribeCode } from '../../shared/desk/codes';
import type { Look, WhenUnclear } from '../../shared/delivery/command';
import type { Answer } from '../../shared/desk/values';
import type { Fields, Values } from '../fields/field';

export type Resource =
	'agent' | 'agentGroup' | 'customerServiceAccount' | 'event' | 'message' | 'reception' | 'session';

/** What an operation may know beyond its fields. */
export interface Scene {
	/** Unix time in milliseconds, the same for one item from its start to its end. */
	nowMs: number;
	/** Of the workflow, an IANA name. */
	timeZone: string;
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
	pages: Pages;
	rows(answer: Answer): Answer[];
	/** The same for the same row on another page. */
	key(row: Answer): string;
	row(row: Answer, values: Values<F>): IDataObject;
	/** What the rows are, one and several. */
	words: [one: string, several: string];
	/** Where Desk does not say in which order it lists: what asks for the time in parts, the newest first. */
	newestFirst?: {
		parts(values: Values<F>, scene: Scene): IDataObject[];
		/** Larger for newer rows. */
		time(row: IDataObject): number;
		/** Whether a row is one that was asked for; Desk does not filter. */
		passes(row: Answer, values: Values<F>): boolean;
		/** When nothing was found: where that was looked for, as the sentence goes on. */
		where(values: Values<F>, scene: Scene): string;
	};
	/** What is looked up for each row beyond the list, when the item asks for it. */
	detail?: {
		isWanted(values: Values<F>): boolean;
		command: DeskCommand;
		body(row: IDataObject, scene: Scene): IDataObject;
		/** Its fields. The answer is empty when Desk refused to give one. */
		fields(answer: Answer, sent: IDataObject): IDataObject;
	};
	/** One result in place of one for each row, when the item asks for it. */
	combined?: {
		isWanted(values: Values<F>): boolean;
		result(rows: Answer[], values: Values<F>, scene: Scene): IDataObject;
		says(result: IDataObject): string;
	};
}

/** Changes something. */
export interface Changing<F extends Fields = Fields> extends Asking<F> {
	kind: 'change';
	result(answer: Answer, values: Values<F>, sent: IDataObject): IDataObject;
	says(result: IDataObject): string;
	/** How "it is not known whether" goes on. */
	what: string;
	/** Whose order it keeps, such as a session: what changes the same one is done in the order of the items. */
	key(values: Values<F>): string[];
	/** What makes it the same for a retry, where that is less than all that is sent. */
	identity?(values: Values<F>): string[];
	whenUnclear: Exclude<WhenUnclear, { may: 'look' }> | ({ may: 'look' } & LookAtSession<F>);
	/** Codes that say it is as it was to be; `result` is then given an answer with this ErrorCode. */
	doneCodes?: number[];
}

/** The state of the session `sessionId` shows afterwards whether it was done. */
export interface LookAtSession<F extends Fields = Fields> {
	/** What was asked for, as far as `shows` must know it. */
	asked?(values: Values<F>): IDataObject;
	/** Asks once before the first try too; that answer is then `asked.before`. */
	looksBefore?: true;
	shows: Look['shows'];
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
	/** What codes mean here, where that is not what they mean everywhere. */
	codes?: DescribeCode;
	work: LookUp<F> | Listing<F> | Changing<F> | Local<F>;
}

/** Checks an operation against its own fields. */
export function defineOperation<F extends Fields>(operation: Operation<F>): Operation {
	// Its functions are only ever given the values of its own fields.
	return operation as unknown as Operation;
}

/** A body without what was left empty, for which Desk's own default counts. */
export function filled(body: IDataObject): IDataObject {
	const isEmpty = (value: unknown) =>
		value === null || value === '' || (Array.isArray(value) && value.length === 0);
	return Object.fromEntries(Object.entries(body).filter(([, value]) => !isEmpty(value)));
}
