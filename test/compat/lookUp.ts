import { runNpm } from '../tools/npm.mjs';
import type { EnginePackages, Release } from './releases';

/**
 * Asks npm which engine a release of n8n was published with.
 * @throws when npm does not know the release
 */
export async function lookUpRelease(n8n: string): Promise<Release> {
	const fields = ['dependencies.n8n-core', 'dependencies.n8n-workflow'];
	const args = ['view', `n8n@${n8n}`, ...fields, '--json'];
	const { code, stdout, output } = await runNpm(args, { quiet: true });
	if (code !== 0) throw new Error(`npm knows no n8n ${n8n}:\n${output.trim().slice(0, 500)}`);
	const [core, workflow] = fields.map(
		(field) => (JSON.parse(stdout) as Record<string, string>)[field],
	);
	const packages: EnginePackages = { 'n8n-core': core, 'n8n-workflow': workflow };
	return { n8n, packages, differences: [] };
}
