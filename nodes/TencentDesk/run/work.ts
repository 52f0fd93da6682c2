import type { IDataObject } from 'n8n-workflow';

import { notSent, type Change, type Ended } from '../../shared/delivery/command';
import { read } from '../../shared/delivery/untilKnown';
import type { Line } from '../../shared/delivery/run';
import { gather } from '../../shared/delivery/gather';
import type { GeneralOptions, Values } from '../fields/field';
import type { Changing, Listing, Operation, Scene } from '../operations/operation';

/** One thing that an operation found or did, and the part of Desk's answer that tells it. */
export interface Result {
	json: IDataObject;
	raw: IDataObject;
}

/** What an operation found or did for one item. `says` is a sentence for a model. */
export interface Results {
	results: Result[];
	isList: boolean;
	says: string;
}

/** How the work for one item ended; with results when it is done. */
export interface Worked {
	ended: Ended;
	found?: Results;
	/** As far as they could be read. */
	options?: GeneralOptions;
	/** The user, session or agent that it is about, in the fields of the output. */
	about?: IDataObject;
}

/** Changes something, or only does as if. */
export type Delivering = (line: Line, change: Change) => Promise<Ended>;

/** Does what an operation says, with these values. */
export async function work(
	line: Line,
	operation: Operation,
	values: Values,
	scene: Scene,
	delivering: Delivering,
): Promise<Worked> {
	const { work: task, codes } = operation;
	const problem = task.problem?.(values, scene);
	if (problem !== undefined) return { ended: notSent(problem) };
	const body = task.body(values, scene);
	const question = { command: task.command(values), body, codes };
	if (task.kind === 'list') return await list(line, task, question, values);

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

type Question = Pick<Change, 'command' | 'body' | 'codes'>;

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
							...whenUnclear.look,
							body: whenUnclear.look.body(values),
							asked: whenUnclear.look.asked(values),
							notDone:
								'Desk gave no clear answer, and a look afterwards shows that it was not done.',
						},
					}
				: whenUnclear,
	};
}

/** Looks up a list, page by page. */
async function list(
	line: Line,
	task: Listing,
	{ body, ...question }: Question,
	values: Values,
): Promise<Worked> {
	const gathered = await gather(
		{
			...task,
			async ask(part) {
				const ended = await read(line, { ...question, body: { ...body, ...part } });
				if (ended.kind === 'done') return ended;
				const isRefused = ended.kind === 'failed' && ended.finding.class === 'request';
				return { failure: ended, isRefused };
			},
		},
		// A list without a limit has Return All on.
		typeof values.limit === 'number' ? values.limit : Infinity,
	);
	if (gathered.kind !== 'rows') return { ended: gathered };
	const { rows, isCut } = gathered;
	const [one, several] = task.words;
	const count = `${rows.length} ${rows.length === 1 ? one : several}`;
	const says = rows.length === 0 ? `No ${several} were found.` : `Found ${count}.`;
	return {
		ended: { kind: 'done', answer: {}, shownBy: 'answer', attempts: 0 },
		found: {
			isList: true,
			results: rows.map((row) => ({
				json: task.row(row, values),
				raw: row as IDataObject,
			})),
			says: isCut ? `These are the first ${count}; there may be more.` : says,
		},
	};
}
