import { repoRoot } from '../tools/node24.mjs';
import { duration } from '../tools/progress.mjs';
import { closingLine } from '../tools/totals.mjs';
import { runEngineTests } from './engineTests';
import { ensureEngine } from './install';
import type { Result } from './judge';
import { lookUpRelease, realEngineOf } from './lookUp';
import { RELEASES, type Release } from './releases';
import { summaryOf, type Row } from './summary';

/** Versions of n8n, whether they are pinned or not, then options for jest, e.g. -t "part of a name". */
const args = process.argv.slice(2);
const firstOption = args.findIndex((arg) => arg.startsWith('-'));
const jestOptions = firstOption === -1 ? [] : args.slice(firstOption);
const asked = firstOption === -1 ? args : args.slice(0, firstOption);

void runAll(asked.length > 0 ? asked : RELEASES.map(({ n8n }) => n8n));

async function runAll(versions: string[]): Promise<void> {
	const rows: Row[] = [];
	for (const n8n of versions) rows.push(await runOn(n8n));
	const results = rows.map(({ result }) => result);

	console.log(`\nSummary: the engine tests on Node ${process.versions.node}`);
	console.log(summaryOf(rows));
	console.log(`\n${closingLine(results)}`);
	process.exitCode = results.some(({ failed }) => failed > 0) ? 1 : 0;
}

async function runOn(n8n: string): Promise<Row> {
	const start = performance.now();
	let release = RELEASES.find((pinned) => pinned.n8n === n8n);
	let result: Result;
	try {
		release ??= await lookUpRelease(n8n);
		if (release.emulated) release = await realEngineOf(release);
		const core = `n8n-core ${release.packages['n8n-core']}`;
		const how = release.emulated ? `emulated on ${core}` : `which has ${core}`;
		console.log(`\n=== n8n ${n8n}, ${how}`);
		const folder = release.emulated ? repoRoot : await ensureEngine(release);
		console.log('  Running the engine tests: one to two minutes.');
		result = await runEngineTests(release, folder, jestOptions);
	} catch (error) {
		const notes = [(error as Error).message];
		result = { passed: 0, failed: 1, skipped: 0, notes };
	}
	const time = duration(performance.now() - start);
	return { release: release ?? unknownRelease(n8n), result, time };
}

function unknownRelease(n8n: string): Release {
	return { n8n, packages: { 'n8n-core': '?', 'n8n-workflow': '?' }, differences: [] };
}
