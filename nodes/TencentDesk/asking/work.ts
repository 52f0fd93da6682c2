import type { IDataObject } from 'n8n-workflow';

import type { Values } from '../fields/field';
import { numberOf, rawOf } from '../operations/answer';
import type { Changing, Listing, Operation, Reading, Scene } from '../operations/operation';
import { ask, read, type Ended, type InDoubt, type Line } from './ask';
import { gather, type Part } from './pages';
import type { Answer, DescribeCode, Finding } from './verdict';

/** One thing that an operation found or did, and the part of Desk's answer that tells it. */
export interface Result {
	json: IDataObject;
	raw: IDataObject;
}

/** How the work for one item ended. `says` is a sentence for a model. */
export type Done =
	| { kind: 'results'; results: Result[]; isList: boolean; says: string }
	| { kind: 'failed'; failure: Failure }
	| { kind: 'stopped' };

export interface Failure extends Finding {
	/** Whether it may have been done all the same. */
	mayBeDone: boolean;
	/** Whether every other request of the application would be refused alike. */
	forAll: boolean;
}

/** Desk works on a request for up to 3 s (https://cloud.tencent.com/document/product/269/1519): earlier, "not done" may not be true yet. */
const DESK_IS_DONE_AFTER_MS = 3500;

/** Does what an operation says, with these values. */
export async function work(
	line: Line,
	operation: Operation,
	values: Values,
	scene: Scene,
): Promise<Done> {
	const { work: task, codes } = operation;
	const problem = task.problem?.(values, scene);
	if (problem !== undefined) return failed(notSent(problem));
	const body = task.body(values, scene);
	switch (task.kind) {
		case 'read':
			return await look(line, task, codes, values, body);
		case 'list':
			return await list(line, task, codes, values, body);
		case 'change':
			return await change(line, task, codes, values, body);
	}
}

/** Why nothing was sent. */
export function notSent({ message, advice }: { message: string; advice: string }): Failure {
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

async function look(
	line: Line,
	task: Reading,
	describe: DescribeCode,
	values: Values,
	body: IDataObject,
): Promise<Done> {
	const ended = await read(line, { command: task.command(values), body, describe });
	return single(ended, task, values, body);
}

async function list(
	line: Line,
	task: Listing,
	describe: DescribeCode,
	values: Values,
	body: IDataObject,
): Promise<Done> {
	const gathered = await gather(
		{
			ask: async (part) => {
				const partBody = { ...body, ...PART_OF[task.pages](part) };
				const question = { command: task.command(values), body: partBody, describe };
				// What comes as a whole has nothing on its second page.
				if (task.pages === 'none' && part.offset > 0) return { kind: 'done', answer: {} };
				return await read(line, question);
			},
			rows: (answer) => task.rows(answer),
			total: totalIn,
			key: (row) => task.key(row),
			firstPage: task.pages === 'pageNumber' ? 1 : 0,
		},
		// A list without a limit has Return All on.
		typeof values.limit === 'number' ? values.limit : Infinity,
	);
	if (gathered.kind !== 'rows') return endedBadly(gathered);
	const { rows, isCut } = gathered;
	const [one, several] = task.words;
	const count = `${rows.length} ${rows.length === 1 ? one : several}`;
	const says = rows.length === 0 ? `No ${several} were found.` : `Found ${count}.`;
	return {
		kind: 'results',
		isList: true,
		results: rows.map((row) => ({
			json: task.row(row, values),
			raw: rawOf(row) as IDataObject,
		})),
		says: isCut ? `These are the first ${count}; there may be more.` : says,
	};
}

/** How Desk is asked for a part of a list. The first page of get_member_group_list is not told; its sample asks for 1. */
const PART_OF: Record<Listing['pages'], (part: Part) => IDataObject> = {
	offset: ({ size, offset }) => ({ Limit: size, Offset: offset }),
	pageNum: ({ size, page }) => ({ PageSize: size, PageNum: page }),
	pageNumber: ({ size, page }) => ({ PageSize: size, PageNumber: page }),
	none: () => ({}),
};

/** 0 is no total: an answer that holds rows would contradict it, and one that holds none needs none. */
function totalIn({ Total, TotalCount }: Answer): number | undefined {
	return numberOf(Total ?? TotalCount) || undefined;
}

async function change(
	line: Line,
	task: Changing,
	describe: DescribeCode,
	values: Values,
	body: IDataObject,
): Promise<Done> {
	const inDoubt = async (triedUntil: number): Promise<InDoubt> => {
		if (task.mayRepeat) return 'again';
		return task.look === undefined
			? 'tell'
			: await lookAfter(line, task.look, describe, values, triedUntil);
	};
	const ended = await ask(line, { command: task.command(values), body, describe }, inDoubt);
	if (ended.kind !== 'failed') return single(ended, task, values, body);
	const { finding } = ended;
	if (finding.errorCode !== null && task.doneCodes?.includes(finding.errorCode)) {
		return single(
			{ kind: 'done', answer: { ErrorCode: finding.errorCode, ErrorInfo: finding.errorInfo } },
			task,
			values,
			body,
		);
	}
	return failed({
		...(ended.doubt === undefined ? finding : inDoubtAbout(task.what, ended.doubt, finding)),
		mayBeDone: ended.doubt !== undefined,
		forAll: ended.forAll,
	});
}

/** What shows afterwards of a try without a clear answer: at once, and when Desk has surely done with it. */
async function lookAfter(
	line: Line,
	{ command, body, shows }: NonNullable<Changing['look']>,
	describe: DescribeCode,
	values: Values,
	triedUntil: number,
): Promise<InDoubt> {
	const believedFrom = triedUntil + DESK_IS_DONE_AFTER_MS;
	for (;;) {
		const askedAt = line.now();
		const ended = await read(line, { command, body: body(values), describe });
		const shown = ended.kind === 'done' ? shows(ended.answer) : 'unknown';
		if (typeof shown === 'object') return shown;
		if (askedAt >= believedFrom) return shown === 'notDone' ? 'notDone' : 'tell';
		if (line.isStopped()) return 'tell';
		await line.waitUntil(believedFrom);
	}
}

function inDoubtAbout(what: string, doubt: string, { message, ...finding }: Finding): Finding {
	const later = message === `${doubt}.` ? '' : ` A later try ended so: ${message}`;
	return {
		...finding,
		message: `${doubt}, so it is not known whether ${what}.${later}`,
		advice: 'Look in Desk whether it was done before you try again.',
		retryLater: false,
	};
}

function single(ended: Ended, task: Reading | Changing, values: Values, body: IDataObject): Done {
	if (ended.kind !== 'done') return endedBadly(ended);
	const json = task.result(ended.answer, values, body);
	const raw = rawOf(ended.answer) as IDataObject;
	return { kind: 'results', isList: false, results: [{ json, raw }], says: task.says(json) };
}

function endedBadly(ended: Exclude<Ended, { kind: 'done' }>): Done {
	return ended.kind === 'stopped'
		? ended
		: failed({ ...ended.finding, mayBeDone: false, forAll: ended.forAll });
}

function failed(failure: Failure): Done {
	return { kind: 'failed', failure };
}
