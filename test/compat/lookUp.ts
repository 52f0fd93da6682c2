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

/**
 * The real engine of an emulated release, once npm has it. n8n itself may never be there from 3.0 on.
 * @returns the release as it was given while npm has none, or cannot be asked
 */
export async function realEngineOf(release: Release): Promise<Release> {
	const [major] = release.n8n.split('.');
	const args = ['view', `n8n-core@${major}`, 'version', 'dependencies.n8n-workflow', '--json'];
	const { code, stdout } = await runNpm(args, { quiet: true });
	if (code !== 0 || stdout.trim() === '') return release;
	type Published = { version: string; 'dependencies.n8n-workflow': string };
	const found = JSON.parse(stdout) as Published | Published[];
	const newest = Array.isArray(found) ? found.at(-1) : found;
	if (newest === undefined) return release;
	const packages: EnginePackages = {
		'n8n-core': newest.version,
		'n8n-workflow': newest['dependencies.n8n-workflow'],
	};
	return { n8n: release.n8n, packages, differences: release.differences };
}
