import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { runNode24 } from './tools/child.mjs';
import { envWithNode24, repoRoot } from './tools/node24.mjs';
import { runNpm } from './tools/npm.mjs';
import { ensureInstalled } from './tools/prepare.mjs';
import { duration, withLogTicks } from './tools/progress.mjs';
import { closingLine, totalsOfJest } from './tools/totals.mjs';

const USAGE = `node test/run.mjs [--only stage,stage] [--all] [options for jest, e.g. -t "part of a name"]
--all: the whole fault matrix, more random batches and a longer soak, instead of a part that takes a minute`;

/** For tests that wait more than they work. */
const MOSTLY_WAITING = ['--maxWorkers=4'];

const STAGES = [
	{ name: 'install', does: 'the packages of package-lock.json and Node 24', run: install },
	{
		name: 'lint',
		does: "n8n's ESLint rules, type check, formatting",
		run: () => npmScript('lint'),
	},
	{ name: 'build', does: 'TypeScript, icons and codex into dist', run: () => npmScript('build') },
	{ name: 'unit', does: 'what is decided without n8n', run: () => jest('unit') },
	{
		name: 'engine',
		does: "the node in n8n's execution engine",
		run: () => jest('engine', MOSTLY_WAITING),
	},
	{ name: 'simulator', does: 'the local Desk API', run: () => jest('simulator') },
	{
		name: 'faults',
		does: 'no user contacted twice, whatever breaks',
		run: () => jest('faults', MOSTLY_WAITING),
	},
	{ name: 'package', does: 'what npm would publish', run: () => jest('package') },
];
const NEEDS_BUILD = ['package'];

const { only, all, jestOptions } = readArguments(process.argv.slice(2));
const results = [];
for (const stage of STAGES) {
	// Everything needs the packages, and looking costs next to nothing.
	if (only && stage.name !== 'install' && !only.includes(stage.name)) continue;
	results.push(await runStage(stage));
	if (stage.name === 'install' && results[0].failed) break;
}
printSummary();

async function runStage({ name, does, run }) {
	if (NEEDS_BUILD.includes(name) && results.some((r) => r.name === 'build' && r.failed)) {
		return { name, passed: 0, failed: 0, skipped: 0, note: 'not run, it needs the build', ms: 0 };
	}
	console.log(`\n=== ${name}: ${does}`);
	const start = performance.now();
	const result = await run().catch((error) => failure(error.message));
	const ms = performance.now() - start;
	if (result.failed && result.note) console.error(result.note);
	console.log(`=== ${name} ${result.failed ? 'failed' : 'ok'} after ${duration(ms)}`);
	return { name, ...result, ms };
}

async function install() {
	return { passed: 0, failed: 0, skipped: 0, note: await ensureInstalled() };
}

async function npmScript(script) {
	const { code } = await withLogTicks(() => runNpm(['run', script], { env: envWithNode24() }));
	return code === 0
		? { passed: 0, failed: 0, skipped: 0, note: 'ok' }
		: failure(`npm run ${script} ended with exit code ${code}`);
}

async function jest(folder, options = []) {
	const cache = path.join(repoRoot, 'node_modules', '.cache');
	const report = path.join(cache, `jest-${folder}.json`);
	mkdirSync(cache, { recursive: true });
	rmSync(report, { force: true });
	const args = [
		path.join('node_modules', 'jest', 'bin', 'jest.js'),
		...['--config', 'test/jest.config.mjs'],
		`./test/${folder}/`,
		...['--json', `--outputFile=${report}`],
		...options,
		...jestOptions,
	];
	const exitCode = await withLogTicks(() => runNode24(args, { env: jestEnv() }));
	return totalsOfJest(readReport(report), exitCode);
}

function jestEnv() {
	return envWithNode24({ ...process.env, ...(all && { FAULTS_ALL: '1' }) });
}

function readReport(file) {
	try {
		return JSON.parse(readFileSync(file, 'utf8'));
	} catch {
		return null;
	}
}

function failure(note) {
	return { passed: 0, failed: 1, skipped: 0, note };
}

function printSummary() {
	console.log('\nSummary');
	for (const { name, passed, failed, skipped, note, ms } of results) {
		const counts = passed + failed + skipped > 0 ? `${passed} passed, ${failed} failed` : '';
		const text = [counts, skipped > 0 && `${skipped} skipped`, note.split('\n')[0]];
		console.log(
			`  ${name.padEnd(10)}${duration(ms).padStart(12)}  ${text.filter(Boolean).join(', ')}`,
		);
	}
	for (const file of results.flatMap(({ files = [] }) => files)) {
		const test = path.relative(repoRoot, file).replaceAll('\\', '/');
		console.log(`\nFailed: ${test}. To run it alone:`);
		console.log(`  npx jest --config test/jest.config.mjs ${test}`);
	}
	console.log(`\n${closingLine(results)}`);
	process.exitCode = results.some((result) => result.failed) ? 1 : 0;
}

function readArguments(given) {
	const all = given.includes('--all');
	const args = given.filter((argument) => argument !== '--all');
	const at = args.indexOf('--only');
	if (at === -1) return { only: null, all, jestOptions: args };
	const only = (args[at + 1] ?? '').split(',');
	const unknown = only.filter((name) => !STAGES.some((stage) => stage.name === name));
	if (unknown.length > 0) {
		console.error(`Unknown stage "${unknown[0]}". ${USAGE}`);
		console.error(`Stages: ${STAGES.map((stage) => stage.name).join(', ')}`);
		process.exit(2);
	}
	return { only, all, jestOptions: args.toSpliced(at, 2) };
}
