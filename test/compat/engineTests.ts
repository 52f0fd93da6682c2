import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { runNode24 } from '../tools/child.mjs';
import { envWithNode24, repoRoot } from '../tools/node24.mjs';
import { withLogTicks } from '../tools/progress.mjs';
import { totalsOfJest } from '../tools/totals.mjs';
import { environmentFor } from './engineEnvironment';
import { judge, type JestReport, type Result } from './judge';
import type { Release } from './releases';

/** Runs the engine tests on the engine that is installed in `folder`. */
export async function runEngineTests(
	release: Release,
	folder: string,
	jestOptions: string[],
): Promise<Result> {
	const cache = join(repoRoot, 'node_modules', '.cache');
	const reportFile = join(cache, `jest-compat-${release.n8n}.json`);
	mkdirSync(cache, { recursive: true });
	rmSync(reportFile, { force: true });
	const args = [
		join('node_modules', 'jest', 'bin', 'jest.js'),
		...['--config', 'test/compat/jest.config.mjs'],
		...['--json', `--outputFile=${reportFile}`],
		// Older engines keep a timer that would keep jest from ending.
		'--forceExit',
		...jestOptions,
	];
	const { 'n8n-core': core, 'n8n-workflow': workflow } = release.packages;
	const engine = environmentFor({
		folder,
		versions: { 'n8n-core': core, 'n8n-workflow': workflow },
		emulatesN8n3: release.emulated === true,
	});
	const env = { ...envWithNode24(), ...engine };
	const exitCode = await withLogTicks(() => runNode24(args, { env }));
	const report = readReport(reportFile);
	return judge(totalsOfJest(report, exitCode), report, release.differences);
}

function readReport(file: string): JestReport | null {
	try {
		return JSON.parse(readFileSync(file, 'utf8')) as JestReport;
	} catch {
		return null;
	}
}
