import type { IDataObject } from 'n8n-workflow';

import { notSent, type Change, type Ended } from '../../shared/delivery/command';
import { deliver, read } from '../../shared/delivery/deliver';
import type { Line } from '../../shared/delivery/run';
import { gather, type Part } from '../../shared/desk/pages';
import { numberOf, type Answer } from '../../shared/desk/values';
import type { Values } from '../fields/field';
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
}

/** Does what an operation says, with these values. */
export async function work(
	line: Line,
	operation: Operation,
	values: Values,
	scene: Scene,
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
			: await deliver(line, changeOf(question, task, values));
	if (ended.kind !== 'done') return { ended };
	const json = task.result(ended.answer, values, body);
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
							notDone: 'Desk gave no clear answer, and a look afterwards shows that it was not done.',
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
			ask: async (part) => {
				// What comes as a whole has nothing on its second page.
				if (task.pages === 'none' && part.offset > 0) {
					return { kind: 'done', answer: {}, shownBy: 'answer', attempts: 0 };
				}
				return await read(line, { ...question, body: { ...body, ...PART_OF[task.pages](part) } });
			},
			rows: (answer) => task.rows(answer),
			total: totalIn,
			key: (row) => task.key(row),
			firstPage: task.pages === 'pageNumber' ? 1 : 0,
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
