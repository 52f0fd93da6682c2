// node test/lint/run.mjs [--fix]: n8n's own lint, then what its rules leave open.
import path from 'node:path';
import { run } from '../tools/child.mjs';
import { envWithNode24 } from '../tools/node24.mjs';

const options = process.argv.slice(2);
const n8nNode = path.join('node_modules', '@n8n', 'node-cli', 'bin', 'n8n-node.mjs');
const eslint = path.join('node_modules', 'eslint', 'bin', 'eslint.js');
const beyondN8n = path.join('test', 'lint', 'beyondN8n.mjs');

/** Lets tests, benchmark, simulator and examples have a configuration of their own, beside n8n's at the root. */
const env = { ...envWithNode24(), ESLINT_FLAGS: 'unstable_config_lookup_from_file' };

const ran = [
	await run(process.execPath, [n8nNode, 'lint', ...options], { env }),
	await run(process.execPath, [
		eslint,
		...['--config', beyondN8n, ...options],
		...['nodes', 'credentials', '*.js', '*.mjs'],
	]),
];
process.exitCode = ran.some(({ code }) => code !== 0) ? 1 : 0;
