import type { IDataObject } from 'n8n-workflow';

import { describeGatewayCode } from '../../shared/api/gatewayCodes';
import { read, type Line } from '../../shared/asking/ask';
import { gather } from '../../shared/asking/pages';
import type { DescribeCode } from '../../shared/asking/verdict';
import type { Values } from '../fields/field';
import type { Listing } from '../operations/operation';
import { endedBadly, type Done } from './done';

/** Looks up a list, page by page. */
export async function list(
	line: Line,
	task: Listing,
	describe: DescribeCode,
	values: Values,
	body: IDataObject,
): Promise<Done> {
	const command = task.command(values);
	const gathered = await gather(
		{
			...task,
			async ask(part) {
				const ended = await read(line, { command, body: { ...body, ...part }, describe });
				if (ended.kind === 'done') return ended;
				const code = ended.kind === 'failed' ? ended.finding.errorCode : null;
				const isRefused = code !== null && describeGatewayCode(code).class === 'request';
				return { failure: ended, isRefused };
			},
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
		results: rows.map((row) => ({ json: task.row(row, values), raw: row as IDataObject })),
		says: isCut ? `These are the first ${count}; there may be more.` : says,
	};
}
