import { join } from 'node:path';

import { engineOfEnvironment } from './engineEnvironment';
import { loadedPackages } from './loadedEngine';

// The imports of a test file run before its hooks, so all is loaded by now. When this fails, so do all its tests.
beforeAll(() => {
	const { folder, versions } = engineOfEnvironment();
	const loaded = loadedPackages();
	const right = join(folder, 'node_modules');
	expect(loaded.filter((found) => !found.folder.startsWith(right))).toEqual([]);
	const wrongVersion = ({ name, version }: { name: string; version: string }) =>
		name in versions && versions[name] !== version;
	expect(loaded.filter(wrongVersion)).toEqual([]);
});
