import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of the package of n8n's that a file belongs to, and its name. */
const PACKAGE_OF_FILE = /^(.*[\\/]node_modules[\\/](n8n-core|n8n-workflow|@n8n[\\/][^\\/]+))[\\/]/;

export interface LoadedPackage {
	name: string;
	version: string;
	/** Where it was loaded from. */
	folder: string;
}

/** n8n's packages among all that this test file and what it imports have loaded; each copy of a package is one. */
export function loadedPackages(): LoadedPackage[] {
	const names = new Map<string, string>();
	for (const file of Object.keys(require.cache)) {
		const [, folder, name] = PACKAGE_OF_FILE.exec(file) ?? [];
		if (folder !== undefined) names.set(folder, name);
	}
	return [...names].map(([folder, name]) => ({ name, version: versionIn(folder), folder }));
}

function versionIn(folder: string): string {
	const manifest = readFileSync(join(folder, 'package.json'), 'utf8');
	return (JSON.parse(manifest) as { version: string }).version;
}
