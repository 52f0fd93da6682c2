import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

// Packing, loading n8n-core and scanning take seconds each, more on a busy machine.
jest.setTimeout(120_000);

export const repoRoot = path.resolve(__dirname, '..', '..');

export interface Published {
	/** The tarball itself. */
	tarball: string;
	/** The unpacked tarball. */
	folder: string;
	/** Every file of the tarball, relative to it, sorted. */
	files: string[];
	packedBytes: number;
	remove(): void;
}

/** Packs the built package exactly as `npm publish` would, and unpacks it into a temporary folder. */
export function publish(): Published {
	const temporary = mkdtempSync(path.join(tmpdir(), 'published-'));
	const { filename, files, packedBytes } = runScript<
		Pick<Published, 'files' | 'packedBytes'> & { filename: string }
	>('pack.mjs', [temporary]);
	return {
		tarball: path.join(temporary, filename),
		folder: path.join(temporary, 'package'),
		files,
		packedBytes,
		remove: () => rmSync(temporary, { recursive: true, force: true }),
	};
}

/**
 * Runs a script of this folder in a process of its own, because jest's module loader is not
 * Node's, and gives back the JSON that it prints last. Throws when the script fails.
 */
export function runScript<Result>(
	script: string,
	args: string[],
	env: NodeJS.ProcessEnv = {},
): Result {
	const stdout = execFileSync(process.execPath, [path.join(__dirname, script), ...args], {
		cwd: repoRoot,
		encoding: 'utf8',
		// jest says NODE_ENV=test, and some of n8n's lint rules take it for their own tests.
		env: { ...process.env, NODE_ENV: undefined, ...env },
		maxBuffer: 64 * 1024 * 1024,
	});
	return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Result;
}

/** Puts one line of measured fact into the output of the tests. */
export function say(line: string): void {
	// console.log would come with a stack trace under jest.
	process.stdout.write(`  ${line}\n`);
}
