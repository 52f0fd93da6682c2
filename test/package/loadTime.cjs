// node loadTime.cjs <unpacked package>: loads its files as n8n does. Prints the milliseconds of each as JSON.
// n8n-workflow has to be found through NODE_PATH; n8n has long loaded it, so it is no part of the time.
require('n8n-workflow');
const { createRequire } = require('node:module');
const path = require('node:path');

const fromPackage = createRequire(path.join(path.resolve(process.argv[2]), 'package.json'));
const { nodes, credentials } = fromPackage('./package.json').n8n;

const milliseconds = [...nodes, ...credentials].map((file) => {
	const start = performance.now();
	fromPackage(`./${file}`);
	return performance.now() - start;
});
console.log(JSON.stringify(milliseconds));
