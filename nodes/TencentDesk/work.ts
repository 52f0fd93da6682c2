import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import {
	notSent,
	type Change,
	type Done,
	type Ended,
	type Question,
} from '../shared/delivery/command';
import { gather, type Gathered, type Unread } from '../shared/delivery/gather';
import type { Line } from '../shared/delivery/run';
import { read } from '../shared/delivery/deliver';
import { describeCode, type DescribeCode } from '../shared/desk/codes';
import type { Answer } from '../shared/desk/values';
import type { OPERATION_OPTIONS } from './fields/common';
import type { Values } from './fields/field';
import type { Changing, Listing, Local, Operation, Scene } from './operations/operation';

/** One thing that an operation found or did, and the part of Desk's answer that tells it. */
export interface Result {
	json: IDataObject;
	raw: IDataObject | IDataObject[];
}

/** What an operation found or did for one item. `says` is a sentence for a model, `hint` one for the builder. */
export interface Results {
	results: Result[];
	isList: boolean;
	says: string;
	hint?: string;
}

/** How the work for one item ended; with results when it is done. */
export interface Worked {
	ended: Ended;
	found?: Results;
	/** As far as they could be read. */
	options?: Values<typeof OPERATION_OPTIONS>;
	/** The user, session or agent that it is about, in the fields of the output. */
	about?: IDataObject;
}

/** Changes something, or only does as if. */
export type Delivering = (line: Line, change: Change) => Promise<Ended>;

/** Does what an operation says, with these values. */
export async function work(
	line: Line,
	{ work: task, codes = describeCode }: Operation & { work: Exclude<Operation['work'], Local> },
	values: Values,
	scene: Scene,
	delivering: Delivering,
): Promise<Worked> {
	const problem = task.problem?.(values, scene);
	if (problem !== undefined) return { ended: notSent(problem) };
	const body = task.body(values, scene);
	const question = { command: task.command(values), body, codes };
	if (task.kind === 'list') return await list(line, task, { ...question, values, scene });

	const ended =
		task.kind === 'read'
			? await read(line, question)
			: await delivering(line, changeOf(question, task, values));
	if (ended.kind !== 'done') return { ended };
	const isSimulated = ended.shownBy === 'simulation';
	const result = task.result(ended.answer, values, body);
	const json = isSimulated ? { ...result, simulated: true } : result;
	const raw = ended.answer as IDataObject;
	return { ended, found: { isList: false, results: [{ json, raw }], says: task.says(json) } };
}

function changeOf(question: Question, task: Changing, values: Values): Change {
	const { what, doneCodes, whenUnclear } = task;
	const identity = task.identity?.(values) ?? [JSON.stringify(question.body)];
	return {
		...{ ...question, what, doneCodes },
		key: task.key(values),
		identity: [question.command, ...identity],
		whenUnclear:
			whenUnclear.may === 'look'
				? {
						may: 'look',
						look: {
							command: 'get_session_state',
							body: { SessionId: values.sessionId as string },
							asked: whenUnclear.asked?.(values) ?? {},
							looksBefore: whenUnclear.looksBefore,
							shows: whenUnclear.shows,
							notDone:
								'Desk gave no clear answer, and a look afterwards shows that it was not done.',
						},
					}
				: whenUnclear,
	};
}

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

const READ: Done = { kind: 'done', answer: {}, shownBy: 'answer', attempts: 0 };

interface Asked {
	codes: DescribeCode;
	values: Values;
	body: IDataObject;
	scene: Scene;
}

/** Looks up a list: page by page, and what is to be known of each row besides. */
export async function list(line: Line, task: Listing, asked: Asked): Promise<Worked> {
	const { values, scene } = asked;
	const gathered = await gatherParts(line, task, asked);
	if (gathered.kind !== 'rows') return { ended: gathered };
	const { rows, isCut } = gathered;
	const raws = rows as IDataObject[];
	if (task.combined?.isWanted(values)) {
		const json = task.combined.result(rows, values, scene);
		const says = task.combined.says(json);
		return { ended: READ, found: { isList: false, results: [{ json, raw: raws }], says } };
	}
	const detailed = await withDetails(line, task, asked, rows);
	if ('kind' in detailed) return { ended: detailed as Unread };
	const results = detailed.map((json, i) => ({ json, raw: raws[i] ?? {} }));
	const [one, several] = task.words;
	if (results.length === 0) {
		const where = task.newestFirst?.where(values, scene);
		const says = `No ${several} were found${where === undefined ? '' : ` ${where}`}.`;
		return { ended: READ, found: { isList: true, results, says, hint: where && says } };
	}
	const count = `${results.length} ${results.length === 1 ? one : several}`;
	const says = isCut ? `These are the first ${count}; there may be more.` : `Found ${count}.`;
	return { ended: READ, found: { isList: true, results, says } };
}

/** The rows up to the limit; part by part where the newest are to come first. */
async function gatherParts(line: Line, task: Listing, asked: Asked): Promise<Gathered> {
	const { values, body, scene } = asked;
	// A list without a limit has Return All on.
	const limit = typeof values.limit === 'number' ? values.limit : Infinity;
	const { newestFirst } = task;
	if (newestFirst === undefined) return await gatherAll(line, task, asked, body, limit);

	const found: Answer[] = [];
	const parts = newestFirst.parts(values, scene);
	let left = parts.length;
	for (const part of parts) {
		const gathered = await gatherAll(line, task, asked, { ...body, ...part }, Infinity);
		if (gathered.kind !== 'rows') return gathered;
		for (const row of gathered.rows) if (newestFirst.passes(row, values)) found.push(row);
		left--;
		if (found.length >= limit) break;
	}
	const time = (row: Answer) => newestFirst.time(task.row(row, values));
	found.sort((one, other) => time(other) - time(one));
	const isCut = found.length > limit || (found.length === limit && left > 0);
	return { kind: 'rows', rows: found.slice(0, limit), isCut };
}

async function gatherAll(
	line: Line,
	task: Listing,
	{ codes, values }: Asked,
	body: IDataObject,
	limit: number,
): Promise<Gathered> {
	const command = task.command(values);
	return await gather(
		{
			...task,
			async ask(part) {
				const ended = await read(line, { command, body: { ...body, ...part }, codes });
				if (ended.kind === 'done') return ended;
				return { failure: ended, isRefused: isRefused(ended) };
			},
		},
		limit,
	);
}

/** The rows with what was looked up for each, side by side; one that Desk refuses has it empty. */
async function withDetails(
	line: Line,
	{ detail, row: rowOf }: Listing,
	{ codes, values, scene }: Asked,
	answers: Answer[],
): Promise<IDataObject[] | Unread> {
	const rows = answers.map((answer) => rowOf(answer, values));
	if (!detail?.isWanted(values)) return rows;
	const { command } = detail;
	const bodies = rows.map((row) => detail.body(row, scene));
	const all = await Promise.all(
		bodies.map(async (body) => await read(line, { command, body, codes })),
	);
	const unread = all.find((ended) => ended.kind !== 'done' && !isRefused(ended));
	if (unread !== undefined) return unread as Unread;
	return rows.map((row, i) => {
		const ended = all[i];
		const answer = ended?.kind === 'done' ? ended.answer : {};
		return { ...row, ...detail.fields(answer, bodies[i] ?? {}) };
	});
}

/** Desk finds the request itself wrong, as it does for what there is none of. */
function isRefused(ended: Ended): boolean {
	return ended.kind === 'failed' && ended.finding.class === 'request';
}
