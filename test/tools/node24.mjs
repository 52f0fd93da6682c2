import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json. */
export const repoRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/**
 * The Node 24 that comes as the npm package `node`. The file is there once `ensureInstalled` of
 * prepare.mjs has run. It is named itself and not through node_modules/.bin because Windows has
 * only a script there, which cannot be spawned without a shell.
 */
export const node24 = path.join(
	repoRoot,
	'node_modules',
	'node',
	'bin',
	process.platform === 'win32' ? 'node.exe' : 'node',
);

/** A copy of the environment whose PATH finds Node 24 and the tools of node_modules first. */
export function envWithNode24(env = process.env) {
	// Windows spells it "Path", and a copied environment is case-sensitive even there.
	const pathKey = Object.keys(env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
	const first = [path.dirname(node24), path.join(repoRoot, 'node_modules', '.bin')];
	return { ...env, [pathKey]: [...first, env[pathKey] ?? ''].join(path.delimiter) };
}
