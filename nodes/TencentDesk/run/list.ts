import type { IDataObject } from 'n8n-workflow';

import { describeGatewayCode } from '../../shared/api/gatewayCodes';
import { read, type Ended, type Line } from '../../shared/asking/ask';
import { gather, type Gathered } from '../../shared/asking/pages';
import type { DescribeCode } from '../../shared/asking/verdict';
import type { Answer } from '../../shared/desk/values';
import type { Values } from '../fields/field';
import type { Listing, Scene } from '../operations/operation';
import { endedBadly, type Done } from './done';
import { forEachItem } from './forEachItem';

interface Asked {
	describe: DescribeCode;
	values: Values;
	body: IDataObject;
	scene: Scene;
}

/** Looks up a list: page by page, and what is to be known of each row besides. */
export async function list(line: Line, task: Listing, asked: Asked): Promise<Done> {
	const { values, scene } = asked;
	const gathered = await gatherParts(line, task, asked);
	if (gathered.kind !== 'rows') return endedBadly(gathered);
	const { rows, isCut } = gathered;
	const raws = rows as IDataObject[];
	if (task.combined?.isWanted(values)) {
		const json = task.combined.result(rows, values, scene);
		const says = task.combined.says(json);
		return { kind: 'results', isList: false, results: [{ json, raw: raws }], says };
	}
	const plain = rows.map((row) => task.row(row, values));
	const detailed = await withDetails(line, task, asked, plain);
	if ('kind' in detailed) return endedBadly(detailed);
	const results = detailed.map((json, i) => ({ json, raw: raws[i] ?? {} }));
	const [one, several] = task.words;
	if (results.length === 0) {
		const where = task.newestFirst?.where(values, scene);
		const says = `No ${several} were found${where === undefined ? '' : ` ${where}`}.`;
		return { kind: 'results', isList: true, results, says, hint: where && says };
	}
	const count = `${results.length} ${results.length === 1 ? one : several}`;
	const says = isCut ? `These are the first ${count}; there may be more.` : `Found ${count}.`;
	return { kind: 'results', isList: true, results, says };
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
	{ describe, values }: Asked,
	body: IDataObject,
	limit: number,
): Promise<Gathered> {
	const command = task.command(values);
	return await gather(
		{
			...task,
			async ask(part) {
				const ended = await read(line, { command, body: { ...body, ...part }, describe });
				if (ended.kind === 'done') return ended;
				const isRefused = isOfClassRequest(ended, (code) => describeGatewayCode(code));
				return { failure: ended, isRefused };
			},
		},
		limit,
	);
}

/** The rows with what was looked up for each, side by side; one that Desk refuses has it empty. */
async function withDetails(
	line: Line,
	{ detail }: Listing,
	{ describe, values, scene }: Asked,
	rows: IDataObject[],
): Promise<IDataObject[] | Exclude<Ended, { kind: 'done' }>> {
	if (!detail?.isWanted(values)) return rows;
	const { command } = detail;
	const isBad = (ended: Ended) => ended.kind !== 'done' && !isOfClassRequest(ended, describe);
	const bodies = rows.map((row) => detail.body(row, scene));
	const all = await forEachItem(
		{ count: rows.length, isChange: false, isStopped: () => line.isStopped() },
		async (i) => await read(line, { command, body: bodies[i] ?? {}, describe }),
		isBad,
	);
	const bad = all.find((ended) => ended !== undefined && isBad(ended));
	if (bad !== undefined && bad.kind !== 'done') return bad;
	if (all.includes(undefined)) return { kind: 'stopped' };
	return rows.map((row, i) => {
		const ended = all[i];
		const answer = ended?.kind === 'done' ? ended.answer : {};
		return { ...row, ...detail.fields(answer, bodies[i] ?? {}) };
	});
}

function isOfClassRequest(ended: Ended, describe: DescribeCode): boolean {
	if (ended.kind !== 'failed' || ended.finding.errorCode === null) return false;
	return describe(ended.finding.errorCode).class === 'request';
}
