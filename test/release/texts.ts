import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Texts } from './identity';

const repoRoot = path.resolve(__dirname, '..', '..');

const FOLDERS: Array<[folder: string, files: RegExp]> = [
	['.', /^(package\.json|[^/]+\.md)$/],
	['docs', /\.md$/],
	['examples', /\.(json|md)$/],
	['simulator', /\.md$/],
	['credentials', /\.ts$/],
	['nodes', /\.(json|ts)$/],
];

/** Every text of the repository that may name who publishes the package. */
export function readTexts(): Texts {
	const files = FOLDERS.flatMap(([folder, wanted]) =>
		readdirSync(path.join(repoRoot, folder), { recursive: folder !== '.', encoding: 'utf8' })
			.filter((file) => wanted.test(file))
			.map((file) => path.posix.join(folder, file.replaceAll('\\', '/'))),
	);
	return Object.fromEntries(
		files.sort().map((file) => [file, readFileSync(path.join(repoRoot, file), 'utf8')]),
	);
}

/** Code is formatted anew, since an address of another length breaks its line elsewhere. */
export async function writeTexts(texts: Texts): Promise<void> {
	// Here and not above, since jest cannot load it.
	const prettier = await import('prettier');
	for (const [file, text] of Object.entries(texts)) {
		const target = path.join(repoRoot, file);
		const options = { ...(await prettier.resolveConfig(target)), filepath: target };
		writeFileSync(target, file.endsWith('.md') ? text : await prettier.format(text, options));
	}
}
