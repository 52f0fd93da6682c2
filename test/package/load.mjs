// node load.mjs <unpacked package>: loads every file of it, then the package as n8n does. Prints JSON.
// n8n-workflow has to be found through NODE_PATH, which is how n8n offers its own copy.
import 'reflect-metadata';
import { readdirSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { PackageDirectoryLoader } from 'n8n-core';
import 'n8n-workflow';

const folder = path.resolve(process.argv[2]);
const { n8n } = createRequire(import.meta.url)(path.join(folder, 'package.json'));
const fromPackage = createRequire(path.join(folder, 'package.json'));

const requested = [];
registerHooks({
	resolve(name, context, next) {
		const parent = context.parentURL ?? '';
		if (parent.startsWith(`${pathToFileURL(folder)}/dist/`)) requested.push(name);
		return next(name, context);
	},
});

const loadMs = {};
for (const file of [...n8n.nodes, ...n8n.credentials]) {
	const start = performance.now();
	fromPackage(`./${file}`);
	loadMs[file] = performance.now() - start;
}

const everyFile = readdirSync(path.join(folder, 'dist'), { recursive: true })
	.filter((file) => file.endsWith('.js'))
	.sort();
for (const file of everyFile) fromPackage(path.join(folder, 'dist', file));

const loader = new PackageDirectoryLoader(folder);
await loader.loadAll();
const { nodes, credentials } = loader.types;

console.log(JSON.stringify({ requested: [...new Set(requested)], loadMs, nodes, credentials }));
