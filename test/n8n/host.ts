import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';

import { npmProgram } from '../tools/npm.mjs';
import { withProgress } from '../tools/progress.mjs';
import type { Command, Sandbox } from './sandbox';

const REPOSITORY = join(__dirname, '..', '..');
const HOST_FOLDER = join(REPOSITORY, '.n8n-host');
/** Written last, so that an interrupted installation is never taken for a whole one. */
const MARKER = join(HOST_FOLDER, 'installed');
const MANIFESTS = ['package.json', 'package-lock.json'];
const GIGABYTE = 2 ** 30;
const DISK_NEEDED_BYTES = 3 * GIGABYTE;

const manifest = JSON.parse(readFileSync(join(__dirname, 'package.json'), 'utf8')) as {
	dependencies: { n8n: string };
};
export const N8N_VERSION = manifest.dependencies.n8n;

/** The program that starts n8n: arguments for Node. */
export const N8N_PROGRAM = join(HOST_FOLDER, 'node_modules', 'n8n', 'bin', 'n8n');

/**
 * Installs the pinned n8n into `.n8n-host`, unless it is there already: 2.2 GB on disk, minutes the first time.
 * @param say receives the lines a person should see
 * @throws when there is too little room on the disk, or npm fails
 */
export async function ensureHost(sandbox: Sandbox, say: (line: string) => void): Promise<void> {
	const wanted = await fingerprint();
	if ((await readFile(MARKER, 'utf8').catch(() => '')) === wanted) return;

	await mkdir(HOST_FOLDER, { recursive: true });
	say(`Installing n8n ${N8N_VERSION}, once: 2.2 GB into the folder .n8n-host, two to ten minutes.`);
	if (freeBytes() < DISK_NEEDED_BYTES) {
		throw new Error(
			'n8n needs 3 GB of free disk space while it is being installed. Make room, then run this again.',
		);
	}
	await rm(MARKER, { force: true });
	for (const name of MANIFESTS) await copyFile(join(__dirname, name), join(HOST_FOLDER, name));

	const install = async (step: string, program: Pick<Command, 'command' | 'args'>) => {
		const work = () =>
			sandbox.run({
				...program,
				cwd: HOST_FOLDER,
				env: installEnvironment(),
				logFile: join(sandbox.folder, 'install-n8n.log'),
			});
		await withProgress(step, work, writtenFromNow());
	};
	// Install scripts of n8n's packages build and download what no test needs; only SQLite's must run.
	await install('Packages', npmProgram(['ci', '--legacy-peer-deps', '--ignore-scripts']));
	await install('SQLite for n8n', npmProgram(['rebuild', 'sqlite3', '--ignore-scripts=false']));
	await install('Check', { command: process.execPath, args: ['-e', 'require("sqlite3")'] });
	await writeFile(MARKER, wanted);
}

/** What an installation depends on: the locked versions, and the system its compiled parts are for. */
async function fingerprint(): Promise<string> {
	const hash = createHash('sha256').update(
		`${process.platform} ${process.arch} ${process.versions.modules}`,
	);
	for (const name of MANIFESTS) hash.update(await readFile(join(__dirname, name)));
	return hash.digest('hex');
}

/** Tells how far an installation is that reports nothing itself, by what it took from the disk. */
function writtenFromNow(): () => string {
	const freeAtStart = freeBytes();
	return () => {
		const gigabytes = (freeAtStart - freeBytes()) / GIGABYTE;
		return gigabytes < 0.1 ? '' : `, about ${gigabytes.toFixed(1)} GB written`;
	};
}

function installEnvironment(): NodeJS.ProcessEnv {
	const nodeFolder = dirname(process.execPath);
	const path = [nodeFolder, process.env.PATH].join(delimiter);
	// npm hands its settings down as variables; those of our own project must not reach the other one.
	const { npm_config_ignore_scripts, npm_config_nodedir, ...rest } = process.env;
	void npm_config_ignore_scripts;
	const nodedir = headersOf(nodeFolder) ?? npm_config_nodedir;
	return { ...rest, PATH: path, ...(nodedir ? { npm_config_nodedir: nodedir } : {}) };
}

/** The npm package `node` carries the headers of its version, which spares node-gyp a download. */
function headersOf(nodeFolder: string): string | undefined {
	// Windows needs a library beside them, which the package lacks.
	if (process.platform === 'win32') return undefined;
	return ['node', 'node-bin']
		.map((prefix) =>
			join(nodeFolder, '..', 'node_modules', `${prefix}-${process.platform}-${process.arch}`),
		)
		.find((folder) => existsSync(join(folder, 'include', 'node', 'node_version.h')));
}

function freeBytes(): number {
	const { bavail, bsize } = statfsSync(HOST_FOLDER);
	return bavail * bsize;
}
