import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { node24, repoRoot } from './node24.mjs';
import { runNpm } from './npm.mjs';
import { withProgress } from './progress.mjs';

const OLDEST_NODE = 20;

/**
 * Makes node_modules what package-lock.json says and fetches the Node 24 that the tools run
 * under; does nothing (in about 0.1 s) when both are there. Says before it starts what it will
 * do and for how long. Throws, with npm's reason in the message, when npm fails.
 *
 * @returns {Promise<string>} what was done, for a summary
 */
export async function ensureInstalled() {
	const running = Number(process.versions.node.split('.')[0]);
	if (running < OLDEST_NODE) {
		throw new Error(`Node ${process.version} runs this; Node ${OLDEST_NODE} or newer is needed.`);
	}
	const lock = readJson('package-lock.json');
	const installed = readJson('node_modules', '.package-lock.json');
	const differences = differencesFromLock(lock, installed);
	let done = 'nothing to do';
	if (differences.length > 0) {
		console.log(
			installed
				? `  ${differences.length} packages in node_modules are not what package-lock.json says.`
				: '  The packages of package-lock.json are not installed yet.',
		);
		await installPackages();
		done = 'installed';
	}
	const wanted = `v${lock.packages['node_modules/node'].version}`;
	if (node24Version() !== wanted) {
		await fetchNode24(wanted);
		done = 'installed';
	}
	return done;
}

/**
 * Where node_modules differs from package-lock.json: the paths of packages that are missing, of
 * another version, or too many. `installed` is node_modules/.package-lock.json, which npm writes
 * last, so an interrupted installation counts as nothing installed.
 */
export function differencesFromLock(lock, installed) {
	const wanted = lock.packages;
	const found = installed?.packages ?? {};
	const differs = Object.keys(wanted).filter((name) => {
		if (name === '') return false; // the project itself
		// npm leaves out optional packages that are made for another platform.
		if (!found[name]) return !wanted[name].optional;
		return found[name].version !== wanted[name].version;
	});
	return [...differs, ...Object.keys(found).filter((name) => !wanted[name])];
}

async function installPackages() {
	if (process.platform === 'win32' && process.execPath === node24) {
		// Windows does not let npm delete a program that runs, and this one lies in node_modules.
		throw new Error('The packages have changed. Run "npm ci" once, then this command again.');
	}
	console.log('  This takes 1.1 GB of disk, and 1 to 5 minutes the first time.');
	// No install script is needed, and some would compile or download from elsewhere.
	await npm('Installing packages with npm ci', ['ci', '--ignore-scripts']);
}

async function fetchNode24(version) {
	console.log(
		`  The tests and n8n run under Node ${version.slice(1)}, which comes as an npm package.`,
	);
	console.log('  This takes 0.2 GB of disk, and up to a minute.');
	// The script of the package `node` fetches the binary for this platform.
	await npm('Fetching Node 24', [
		'rebuild',
		'node',
		'--ignore-scripts=false',
		'--foreground-scripts',
	]);
	if (node24Version() !== version) {
		throw new Error(
			`npm fetched no Node ${version} that runs on ${process.platform} ${process.arch}.`,
		);
	}
}

async function npm(what, args) {
	// Without it, anything npm asks would wait for an answer that cannot come.
	const env = { ...process.env, npm_config_yes: 'true' };
	const { code, output } = await withProgress(what, () => runNpm(args, { quiet: true, env }));
	if (code !== 0) {
		const lines = output.trim().split('\n');
		// npm puts the cause first, and pages of usage after it.
		const errors = lines.filter((line) => line.startsWith('npm error'));
		const cause = (errors.length > 0 ? errors : lines).slice(0, 20).join('\n');
		throw new Error(`npm ${args.join(' ')} ended with exit code ${code}:\n${cause}`);
	}
}

function node24Version() {
	const { stdout } = spawnSync(node24, ['--version'], { encoding: 'utf8' });
	return stdout?.trim() ?? null;
}

function readJson(...where) {
	try {
		return JSON.parse(readFileSync(path.join(repoRoot, ...where), 'utf8'));
	} catch (error) {
		if (error.code === 'ENOENT') return null;
		throw error;
	}
}
