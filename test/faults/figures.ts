/** Prints a small table to stderr: jest shows it as it is, and does not mix it into a report. */
export function printFigures(title: string, rows: Array<Record<string, string | number>>): void {
	const columns = Object.keys(rows[0] ?? {});
	const texts = [columns, ...rows.map((row) => columns.map((column) => String(row[column])))];
	const widths = columns.map((_column, c) => Math.max(...texts.map((row) => row[c].length)));
	const lines = texts.map((row) =>
		row.map((text, c) => (c === 0 ? text.padEnd(widths[c]) : text.padStart(widths[c]))).join('  '),
	);
	process.stderr.write(`\n${title}\n${lines.map((line) => `  ${line}\n`).join('')}`);
}
