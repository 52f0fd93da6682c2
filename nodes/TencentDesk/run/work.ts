import type { IDataObject } from 'n8n-workflow';

import { numberOf, rawOf, type Answer } from '../../shared/desk/values';
import type { DescribeCode } from '../../shared/asking/verdict';
import { gather, type Part } from '../../shared/asking/pages';
import { read, type Line } from '../../shared/asking/ask';
import type { Local, Operation, Scene, Listing } from '../operations/operation';
import type { Values } from '../fields/field';
import { failed, notSent, single, type Done, endedBadly } from './done';
import { change } from './change';

/** Does what an operation says, with these values. */
export async function work(
	line: Line,
	{ work: task, codes }: Operation & { work: Exclude<Operation['work'], Local> },
	values: Values,
	scene: Scene,
): Promise<Done> {
	const problem = task.problem?.(values, scene);
	if (problem !== undefined) return failed(notSent(problem));
	const body = task.body(values, scene);
	switch (task.kind) {
		case 'read':
			return single(
				await read(line, { command: task.command(values), body, describe: codes }),
				task,
				values,
				body,
			);
		case 'list':
			return await list(line, task, codes, values, body);
		case 'change':
			return await change(line, task, codes, values, body);
	}
}

/** Looks up a list, page by page. */
export async function list(
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
