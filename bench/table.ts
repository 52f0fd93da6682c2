import type { Measurement } from './measure';

/** All runs of one contender at one simulator and size. */
export interface Row {
	desk: string;
	count: number;
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
			Math.max(...row.runs.map(({ contacts }) => row.count - contacts)),
		];
		return `| ${cells.map((cell) => (Number.isNaN(cell) ? '-' : cell)).join(' | ')} |`;
	});
	const rule = `|${HEADER.map(() => '---').join('|')}|`;
	return [`| ${HEADER.join(' | ')} |`, rule, ...lines].join('\n');
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
	return [header, header.map(() => '---'), ...lines]
		.map((line) => `| ${line.join(' | ')} |`)
		.join('\n');
}
