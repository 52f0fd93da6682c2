import { cpus, totalmem } from 'node:os';

import { N8N_VERSION } from '../test/n8n/host';
import { AT_DEFAULTS, BARE_LOOP, HTTP_REQUEST, OPERATIONS, WITHOUT_PACE } from './contenders';
import { costOf, operationsTableOf, tableOf, type Row } from './table';

/** The table of one simulator. */
export const print = (rows: Row[]) => tableOf(rows, HTTP_REQUEST.name, BARE_LOOP.name);

const HTTP_REQUEST_OF = new Map(
	OPERATIONS.map(({ operation, httpRequest }) => [operation.name, httpRequest.name]),
);

/** The table of the operations at one simulator. */
export const printOperations = (rows: Row[]) =>
	operationsTableOf(rows, HTTP_REQUEST_OF, AT_DEFAULTS.name);

/** When, on what and with what a page was made. */
function madeBy(command: string): string {
	const [cpu] = cpus();
	const gigabytes = Math.round(totalmem() / 2 ** 30);
	return `Made by \`${command}\` on ${new Date().toISOString().slice(0, 10)}: n8n ${N8N_VERSION} with SQLite, Node ${process.versions.node}, ${cpus().length} cores (${cpu.model.trim()}), ${gigabytes} GiB of memory.`;
}

export function costDocument(rows: Row[]): string {
	return `# Cost of an item by the size of the batch

${madeBy('npm run bench -- --cost')}

${WITHOUT_PACE.name}: milliseconds of time, and of the CPU of n8n's process, for each item; medians of ${rows[0].runs.length} rounds, each of which runs all sizes. The ratio is the median of the ratios of each round.

${costOf(rows)}
`;
}

export function waitsDocument(table: string, polls: string): string {
	return `# What may hold up a run

${madeBy('npm run bench -- --waits')}

${AT_DEFAULTS.name}. *Users that hang* get no answer for ten seconds although Desk has contacted them, and stand first in the batch. A figure of the virtual clock is of the sending alone, without n8n, with answers after 20 ms.

${table}

## What a trigger asks for

Requests a day of Tencent Desk Trigger at defaults with a poll every minute, without n8n, from two hours of a day. Sessions last 2 to 20 minutes, come evenly over the day, and stand in Desk's list by the time at which they began. Desk's pages do not say in which order it lists them. A whole reading each hour is part of it.

${polls}
`;
}

export function benchmarksDocument(
	rows: Row[],
	notes: Map<string, string>,
	operations: Row[],
): string {
	const sections = byDesk(rows).map(([desk, own]) => {
		const note = notes.get(desk);
		return [`## Simulator: ${desk}`, '', print(own), ...(note ? ['', note] : [])].join('\n');
	});
	const operationSections = byDesk(operations).map(
		([desk, own]) => `### Operations, ${desk}\n\n${printOperations(own)}`,
	);
	return `# Benchmarks

${madeBy('npm run bench')} What an item costs by the size of the batch is on [a page of its own](cost-per-item.md).

Every contender sends one signed \`contact_user\` for each item in the same n8n, to a simulated Desk in a process of its own on the same cores, one after another in each round, which each begins with another contender. *ms* is the time of the node alone, median of the runs; the ratios are medians of the runs of the same round, so 0.5 means half the time. *CPU* is n8n's own process. *In flight* is the most that the simulator served at once (with 0 ms it answers at once, so 1 says nothing). *Credential reads* counts decryptions. *Lost* are users who were not contacted at all, in the worst of the runs.

What is not equal: Contact User reads the credential once for each item, since its fields may be expressions, and judges every answer; the bare loop does neither. Both take the user from the item itself; Contact User does so where an expression names a mere field (\`{{ $json.userId }}\`, as here), and asks n8n otherwise, which then costs it what it costs the HTTP Request node. The HTTP Request node would need an IF node behind it, which is not counted. *${AT_DEFAULTS.name}* keeps to 190 requests per second on purpose. Times of another machine differ; ratios hardly do.

${sections.join('\n\n')}

## Operations of Tencent Desk

One round, at defaults, which keep to 190 requests per second as Contact User does. The HTTP Request node sends the same command. *Users* are how many users the items are about, in turn. *Out of order* are messages that came after a later one to the same user. *Lost* are items for which Desk did nothing. User and text of each item are mere fields (\`{{ $json.text }}\`).

${operationSections.join('\n\n')}
`;
}

function byDesk(rows: Row[]): Array<[desk: string, own: Row[]]> {
	const desks = [...new Set(rows.map(({ desk }) => desk))];
	return desks.map((desk) => [desk, rows.filter((row) => row.desk === desk)]);
}
