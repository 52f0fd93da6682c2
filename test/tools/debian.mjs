import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { run } from './child.mjs';
import { withProgress } from './progress.mjs';

const MARK_OF_DEBIAN = '/etc/debian_version';

/**
 * Where each program is; on Debian, as root, what is missing is installed with apt-get first.
 *
 * @param {{ programs: string[], packages: string[], folders?: string[], purpose: string }} needs
 *   `folders`: where to look beside PATH; `purpose`: ends the sentence "... is needed for"
 * @returns {Promise<Record<string, string>>} program to path
 * @throws with what to install, when it cannot be installed from here
 */
export async function ensurePrograms({ programs, packages, folders = [], purpose }) {
	const missing = () => programs.filter((name) => findProgram(name, folders) === undefined);
	if (missing().length > 0) await installPackages(packages, purpose);
	if (missing().length > 0) {
		throw new Error(
			`${missing().join(', ')} is needed for ${purpose}. Install it (on Debian: ${packages.join(' ')}), then run this again.`,
		);
	}
	return Object.fromEntries(programs.map((name) => [name, findProgram(name, folders)]));
}

/**
 * Installs packages with apt-get, saying so; does nothing where we are not root on a Debian.
 *
 * @param {string[]} packages
 * @param {string} purpose ends the sentence "Installing ... for"
 */
export async function installPackages(packages, purpose) {
	if (!canInstall()) return;
	console.log(`  Installing ${packages.join(', ')} with apt-get, for ${purpose}.`);
	await apt('Package lists', ['update']);
	await apt('Packages', ['install', '-y', '--no-install-recommends', ...packages]);
}

/**
 * @param {string} name
 * @param {string[]} folders where to look beside PATH; a `*` stands for any version
 * @returns {string | undefined} its path
 */
export function findProgram(name, folders = []) {
	const places = [...(process.env.PATH ?? '').split(path.delimiter), ...folders.flatMap(expand)];
	return places.map((place) => path.join(place, name)).find((file) => existsSync(file));
}

/** `/usr/lib/postgresql/*` + `/bin`: one folder for each version that is installed, the newest first. */
function expand(folder) {
	const [before, after] = folder.split('*');
	if (after === undefined) return [folder];
	if (!existsSync(before)) return [];
	const versions = readdirSync(before).toSorted((a, b) => Number(b) - Number(a));
	return versions.map((version) => before + version + after);
}

function canInstall() {
	const isDebian = existsSync(MARK_OF_DEBIAN) && findProgram('apt-get') !== undefined;
	return isDebian && process.getuid?.() === 0;
}

async function apt(what, args) {
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	const { code, output } = await withProgress(what, () =>
		run('apt-get', args, { quiet: true, env }),
	);
	if (code !== 0) {
		throw new Error(`apt-get ${args[0]} ended with ${code}:\n${output.trim().slice(-2000)}`);
	}
}
