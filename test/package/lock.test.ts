import { readFileSync } from 'node:fs';
import path from 'node:path';
import { repoRoot } from './published';

interface LockedPackage {
	dependencies?: Record<string, string>;
	devDependencies?: Record<string, string>;
	optionalDependencies?: Record<string, string>;
	resolved?: string;
}
type Locked = Record<string, LockedPackage>;

/** Where the lock file has the package that `from` gets when it requires `name`, as Node looks it up. */
function lookUp(locked: Locked, from: string, name: string): string | null {
	const here = `${from}${from && '/'}node_modules/${name}`;
	if (locked[here]) return here;
	if (!from) return null;
	return lookUp(locked, from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/'))), name);
}

describe.each(['package-lock.json', 'test/n8n/package-lock.json'])('%s', (file) => {
	const locked: Locked = JSON.parse(readFileSync(path.join(repoRoot, file), 'utf8')).packages;

	// npm writes an incomplete file where a registry lacks a package for another platform, and then
	// "npm ci" refuses it on every platform.
	test('has the packages of every platform, so that "npm ci" takes it on any', () => {
		const missing = Object.entries(locked).flatMap(([from, wanted]) =>
			Object.keys({
				...wanted.dependencies,
				...wanted.devDependencies,
				...wanted.optionalDependencies,
			})
				.filter((name) => !lookUp(locked, from, name))
				.map((name) => `${from} wants ${name}`),
		);
		expect(Object.keys(locked).length).toBeGreaterThan(100);
		expect(missing).toEqual([]);
	});

	test('names no server to download from', () => {
		expect(Object.keys(locked).filter((name) => locked[name].resolved)).toEqual([]);
	});
});
