import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { run } from '../tools/child.mjs';
import { envWithNode24 } from '../tools/node24.mjs';
import { runNpm } from '../tools/npm.mjs';
import { withProgress } from '../tools/progress.mjs';
import { asOnTag, summaryOf, type Finding } from './finding';
import { publisherFinding } from './publisher';
import { publishFaults } from './publishWorkflow';
import { readTexts } from './texts';
import { changelogFinding, versionFinding } from './versions';

const read = (...where: string[]) =>
	readFileSync(path.resolve(__dirname, '..', '..', ...where), 'utf8');

/** A command whose output is of interest only when it fails. */
async function command(
	what: string,
	part: string,
	start: () => ReturnType<typeof run>,
	good: (stdout: string) => string,
): Promise<Finding> {
	const { code, stdout, output } = await withProgress(what, start);
	if (code === 0) return { part, good: good(stdout), mend: [], toDo: [] };
	console.error(output);
	return {
		part,
		good: '',
		mend: [`${what} ended with exit code ${code}; its output stands above.`],
		toDo: [],
	};
}

const quiet = { quiet: true, env: envWithNode24() };

const lint = () =>
	command(
		"n8n's lint",
		"n8n's lint",
		() => run(process.execPath, ['test/lint/run.mjs'], quiet),
		() => 'no finding',
	);

const packageTests = () =>
	command(
		'Build and package tests',
		'Package',
		() => run(process.execPath, ['test/run.mjs', '--only', 'build,package'], quiet),
		(stdout) =>
			`contents, size, installing, loading, n8n's scanner: ${stdout.trim().split('\n').at(-1)}`,
	);

const dryRun = () =>
	command(
		'npm publish --dry-run',
		'npm publish',
		() => runNpm(['publish', '--dry-run', '--json', '--access', 'public'], quiet),
		(stdout) => {
			const { entryCount, size } = firstOf(JSON.parse(stdout.slice(stdout.indexOf('{'))));
			return `dry run: ${entryCount} files, ${(size / 1000).toFixed(1)} kB`;
		},
	);

interface Packed {
	entryCount: number;
	size: number;
}

/** npm 11 puts the package under its name, older ones do not. */
function firstOf(told: Packed | Record<string, Packed>): Packed {
	return 'entryCount' in told ? (told as Packed) : (Object.values(told)[0] as Packed);
}

async function main(): Promise<void> {
	const { tag } = parseArgs({ options: { tag: { type: 'string' } } }).values;
	const texts = {
		packageJson: read('package.json'),
		packageLock: read('package-lock.json'),
		changelog: read('CHANGELOG.md'),
	};
	const today = new Date().toISOString().slice(0, 10);
	const found: Finding[] = [
		versionFinding(texts, tag),
		changelogFinding(texts, today),
		publisherFinding(readTexts(), process.env.GITHUB_REPOSITORY),
		{
			part: 'publish.yml',
			good: 'token for the first release, provenance, actions pinned',
			mend: publishFaults(read('.github', 'workflows', 'publish.yml')),
			toDo: [],
		},
		await lint(),
		await packageTests(),
		await dryRun(),
	];
	const findings = tag === undefined ? found : found.map(asOnTag);
	const { version } = JSON.parse(texts.packageJson) as { version: string };
	console.log(`\n${summaryOf(version, findings)}`);
	process.exitCode = findings.some(({ mend }) => mend.length > 0) ? 1 : 0;
}

main().catch((error: Error) => {
	console.error(
		`${error.message}\nnpm run release:check [-- --tag <the tag that is being released>]`,
	);
	process.exitCode = 2;
});
