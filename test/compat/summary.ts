import type { Result } from './judge';
import type { Release } from './releases';

/** One release, what became of its tests, and how long they took with the installation. */
export interface Row {
	release: Release;
	result: Result;
	time: string;
}

const HEADER = ['n8n', 'n8n-core', 'n8n-workflow', 'passed', 'failed', 'skipped', 'time'];

/** A table for people, and under it what it cannot say in a number. */
export function summaryOf(rows: Row[]): string {
	const cells = rows.map(({ release: { n8n, packages }, result, time }) => [
		...[n8n, packages['n8n-core'], packages['n8n-workflow']],
		...[result.passed, result.failed, result.skipped].map(String),
		time,
	]);
	const widths = HEADER.map((title, column) =>
		Math.max(...[title, ...cells.map((row) => row[column])].map(({ length }) => length)),
	);
	const lines = [HEADER, ...cells].map((row) =>
		row
			.map((cell, column) => cell.padEnd(widths[column]))
			.join('  ')
			.trimEnd(),
	);
	return [...lines, ...rows.flatMap(remarks)].map((line) => `  ${line}`).join('\n');
}

function remarks({ release, result }: Row): string[] {
	const differences = release.differences.map(
		({ testsBeginWith, reason }) => `${reason} (skipped: "${testsBeginWith} ...")`,
	);
	const how = release.emulated ? ['emulated, since npm has no such engine'] : [];
	return [...how, ...differences, ...result.notes].map((remark) => `n8n ${release.n8n}: ${remark}`);
}
