// node load.cjs <unpacked package>: loads every file of it, then the package as n8n does. Prints JSON.
// n8n-workflow has to be found through NODE_PATH, which is how n8n offers its own copy.
require('reflect-metadata');
const { readdirSync } = require('node:fs');
const { createRequire, registerHooks } = require('node:module');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { PackageDirectoryLoader } = require('n8n-core');

const folder = path.resolve(process.argv[2]);
const fromPackage = createRequire(path.join(folder, 'package.json'));
const { n8n } = fromPackage('./package.json');

const requested = new Set();
const published = `${pathToFileURL(folder)}/dist/`;
registerHooks({
	resolve(name, context, next) {
		if (context.parentURL?.startsWith(published)) requested.add(name);
		return next(name, context);
	},
});

const entries = [...n8n.nodes, ...n8n.credentials].map((file) => fromPackage(`./${file}`));

const everyFile = readdirSync(path.join(folder, 'dist'), { recursive: true });
for (const file of everyFile.filter((name) => name.endsWith('.js')).sort()) {
	fromPackage(path.join(folder, 'dist', file));
}

const loader = new PackageDirectoryLoader(folder);
loader.loadAll().then(() => {
	const { nodes, credentials } = loader.types;
	console.log(
		JSON.stringify({
			requested: [...requested],
			modules: new Set(entries).size,
			nodes,
			credentials,
		}),
	);
});
