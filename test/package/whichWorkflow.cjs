// node whichWorkflow.cjs <folder>: loads the package installed there, as n8n does. Prints every n8n-workflow that it got as JSON.
const { createRequire, registerHooks } = require('node:module');
const path = require('node:path');
const { fileURLToPath } = require('node:url');

const name = 'n8n-nodes-tencent-desk';
const folder = path.join(path.resolve(process.argv[2]), 'node_modules', name);
const found = new Set();
registerHooks({
	resolve(request, context, next) {
		const resolved = next(request, context);
		if (request === 'n8n-workflow') found.add(fileURLToPath(resolved.url));
		return resolved;
	},
});

const fromPackage = createRequire(path.join(folder, 'package.json'));
const { nodes, credentials } = fromPackage('./package.json').n8n;
for (const file of [...nodes, ...credentials]) fromPackage(`./${file}`);
console.log(JSON.stringify([...found]));
