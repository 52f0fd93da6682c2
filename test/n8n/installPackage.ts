import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { npmProgram } from '../tools/npm.mjs';
import type { Sandbox } from './sandbox';

interface PackageJson {
	name: string;
	version: string;
	devDependencies?: unknown;
	peerDependencies?: unknown;
	optionalDependencies?: unknown;
}

/**
 * Installs a built package into an n8n user folder with the very steps of n8n's own
 * CommunityPackagesService.downloadPackage (2.41), from this folder instead of the npm registry. It proves what a
 * plain copy would not: `files` is right, and nothing of the dev or peer dependencies is needed at run time.
 */
export async function installPackage(
	sandbox: Sandbox,
	packageFolder: string,
	userFolder: string,
): Promise<void> {
	const nodesFolder = join(userFolder, '.n8n', 'nodes');
	await mkdir(nodesFolder, { recursive: true });
	const { name, version } = await readPackageJson(packageFolder);
	const target = installedFolder(userFolder, name);
	await mkdir(target, { recursive: true });
	const logFile = join(sandbox.folder, 'install-package.log');

	const pack = npmProgram(['pack', packageFolder, '--quiet', '--ignore-scripts']);
	await sandbox.run({ ...pack, cwd: nodesFolder, logFile });
	const tarball = (await readdir(nodesFolder)).find((file) => file.endsWith('.tgz'));
	if (tarball === undefined) throw new Error('npm pack wrote no tarball');
	await sandbox.run({
		command: 'tar',
		// Relative names: a tar that came with Git reads the colon of C:\ as a host.
		args: ['-xzf', tarball, '-C', `node_modules/${name}`, '--strip-components=1'],
		cwd: nodesFolder,
		logFile,
	});
	await rm(join(nodesFolder, tarball));

	const { devDependencies, peerDependencies, optionalDependencies, ...published } =
		await readPackageJson(target);
	await writeJson(join(target, 'package.json'), published);
	const install = npmProgram([
		'install',
		'--audit=false',
		'--fund=false',
		'--bin-links=false',
		'--install-strategy=shallow',
		'--ignore-scripts=true',
		'--package-lock=false',
	]);
	await sandbox.run({ ...install, cwd: target, logFile });
	await writeJson(join(nodesFolder, 'package.json'), {
		name: 'installed-nodes',
		private: true,
		dependencies: { [name]: version },
	});
}

/** Where n8n keeps an installed community package. */
export function installedFolder(userFolder: string, packageName: string): string {
	return join(userFolder, '.n8n', 'nodes', 'node_modules', packageName);
}

async function readPackageJson(folder: string): Promise<PackageJson> {
	return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as PackageJson;
}

async function writeJson(file: string, value: unknown): Promise<void> {
	await writeFile(file, JSON.stringify(value, null, 2));
}
