import type { Measurement } from './measure';

/** All runs of one contender at one simulator and size. */
export interface Row {
	desk: string;
	count: number;
	/** How many users the items are about. */
	users: number;
	contender: string;
	runs: Measurement[];
}

export function median(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Median of the ratios of runs of the same round; a dash when the other was not run. */
export function ratio(row: Row, other: Row | undefined): string {
	if (other === undefined) return '-';
	const pairs = row.runs
		.slice(0, other.runs.length)
		.map(({ ms }, round) => ms / other.runs[round].ms);
	return median(pairs).toFixed(2);
}

const HEADER = [
	...[
		'Items',
		'Contender',
		'Runs',
		'ms',
		'Items/s',
		'/ HTTP Request',
		'/ bare loop',
		'CPU ms/item',
	],
	...['Peak MiB', 'In flight', 'Credential reads', 'Lost'],
];

/** A Markdown table of the rows of one simulator; ratios are those of times, so below 1 is faster. */
export function tableOf(rows: Row[], httpRequest: string, bareLoop: string): string {
	const lines = rows.map((row) => {
		const sameSize = rows.filter(({ count }) => count === row.count);
		const of = (name: string) => sameSize.find(({ contender }) => contender === name);
		const middle = (pick: (run: Measurement) => number | null) =>
			median(row.runs.map((run) => pick(run) ?? NaN));
		const ms = middle((run) => run.ms);
		const cells = [
			...[row.count, row.contender, row.runs.length, Math.round(ms)],
			Math.round((1000 * row.count) / ms),
			...[ratio(row, of(httpRequest)), ratio(row, of(bareLoop))],
			(middle((run) => run.cpuMs) / row.count).toFixed(2),
			...[middle((run) => run.peakMiB), middle((run) => run.inFlight)],
			middle((run) => run.decryptions),
			// The worst run: a median would hide one that lost users.
			Math.max(...row.runs.map(({ done }) => row.count - done)),
		];
		return cells.map((cell) => (Number.isNaN(cell) ? '-' : cell));
	});
	return markdown([HEADER, ...lines]);
}

/** A table. @param lines the first one is the header */
export function markdown([header, ...lines]: unknown[][]): string {
	return [header, header.map(() => '---'), ...lines]
		.map((cells) => `| ${cells.join(' | ')} |`)
		.join('\n');
}

/**
 * A Markdown table of operations of one simulator, each run once.
 * @param httpRequestOf the contender that an operation is compared with, by name
 * @param contactUser the contender that all are compared with
 */
export function operationsTableOf(
	rows: Row[],
	httpRequestOf: Map<string, string>,
	contactUser: string,
): string {
	const header = ['Items', 'Users', 'Contender', 'ms', 'Items/s', '/ HTTP Request'];
	const lines = rows.map((row) => {
		const [{ ms, cpuMs, done, outOfOrder }] = row.runs;
		const of = (name: string | undefined, users = row.users) =>
			rows.find((other) => other.contender === name && other.users === users);
		return [
			...[row.count, row.users, row.contender, Math.round(ms), Math.round((1000 * row.count) / ms)],
			...[ratio(row, of(httpRequestOf.get(row.contender))), ratio(row, of(contactUser, row.count))],
			...[(cpuMs / row.count).toFixed(2), outOfOrder, row.count - done],
		];
	});
	return markdown([[...header, '/ Contact User', 'CPU ms/item', 'Out of order', 'Lost'], ...lines]);
}

/** What an item costs by the size of the batch, as a Markdown table; a flat cost has the same figures in a row. */
export function costOf(rows: Row[]): string {
	const counts = [...new Set(rows.map(({ count }) => count))].sort((a, b) => a - b);
	const [smallest, largest] = [counts[0], counts.at(-1)];
	const cells = (desk: string, pick: (run: Measurement) => number) => {
		const costs = counts.map((count) => {
			const row = rows.find((candidate) => candidate.desk === desk && candidate.count === count);
			return (row?.runs ?? []).map((run) => pick(run) / count);
		});
		// Of the same round, since the speed of a machine drifts.
		const growth = costs[0].map((cost, round) => (costs.at(-1)?.[round] ?? NaN) / cost);
		return [...costs, growth].map((values) => median(values).toFixed(2));
	};
	const head = (what: string) => [
		...counts.map((count) => `${what} at ${count}`),
		`${largest} / ${smallest}`,
	];
	const lines = [...new Set(rows.map(({ desk }) => desk))].map((desk) => [
		desk,
		...cells(desk, (run) => run.ms),
		...cells(desk, (run) => run.cpuMs),
	]);
	const header = ['Simulator', ...head('ms'), ...head('CPU ms')];
	return markdown([header, ...lines]);
}
