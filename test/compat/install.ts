import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { repoRoot } from '../tools/node24.mjs';
import { runNpm } from '../tools/npm.mjs';
import { withProgress } from '../tools/progress.mjs';
import type { Release } from './releases';

const FLAGS = ['--ignore-scripts', '--no-audit', '--no-fund'];

/**
 * Installs the engine of a release into a folder of its own, unless it is there already: 0.2 to 0.4 GB, about a minute.
 * @returns the folder
 * @throws with npm's reason, when npm fails
 */
export async function ensureEngine({ n8n, packages }: Release): Promise<string> {
	const folder = join(repoRoot, '.work', 'compat', n8n);
	const manifest = JSON.stringify({ private: true, dependencies: packages });
	// Written last, so that an interrupted installation is never taken for a whole one.
	const marker = join(folder, 'installed');
	if (existsSync(marker) && readFileSync(marker, 'utf8') === manifest) return folder;

	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'package.json'), manifest);
	const what = `Installing n8n-core ${packages['n8n-core']}, once: 0.2 to 0.4 GB, about a minute`;
	const { code, output } = await withProgress(what, () =>
		runNpm(['install', ...FLAGS], { cwd: folder, quiet: true }),
	);
	if (code !== 0) throw new Error(`npm install ended with ${code}:\n${output.trim().slice(-2000)}`);
	writeFileSync(marker, manifest);
	return folder;
}
