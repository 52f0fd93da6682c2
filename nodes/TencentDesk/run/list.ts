import type { IDataObject } from 'n8n-workflow';

import type { Done, Ended } from '../../shared/delivery/command';
import { gather, type Gathered, type Unread } from '../../shared/delivery/gather';
import type { Line } from '../../shared/delivery/run';
import { read } from '../../shared/delivery/untilKnown';
import type { DescribeCode } from '../../shared/desk/codes';
import type { Answer } from '../../shared/desk/values';
import type { Values } from '../fields/field';
import type { Listing, Scene } from '../operations/operation';
import type { Worked } from './worked';

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
