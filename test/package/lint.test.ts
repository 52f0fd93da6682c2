import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { repoRoot } from './published';

const N8N_NODE = path.join('node_modules', '@n8n', 'node-cli', 'bin', 'n8n-node.mjs');
const ESLINT = path.join('node_modules', 'eslint', 'bin', 'eslint.js');
const BEYOND_N8N = ['--config', 'test/lint/beyondN8n.mjs'];
/** As test/lint/run.mjs has n8n's lint take the configuration of the nearest folder. */
const NEAREST = ['--flag', 'unstable_config_lookup_from_file'];

/** What ESLint says of a text that stood in a file, as names of rules. */
function findings(options: string[], file: string, text: string): string[] {
	const stdin = ['--stdin', '--stdin-filename', file, '--format', 'json'];
	const { stdout, stderr } = run([ESLINT, ...options, ...stdin], text);
	if (!stdout) throw new Error(stderr);
	const [{ messages }] = JSON.parse(stdout) as [{ messages: Array<{ ruleId: string | null }> }];
	return messages.map(({ ruleId }) => ruleId ?? 'not even read');
}

function run(args: string[], input = '') {
	// jest says NODE_ENV=test, and some of n8n's lint rules take it for their own tests.
	const env = { ...process.env, NODE_ENV: undefined };
	return spawnSync(process.execPath, args, { cwd: repoRoot, encoding: 'utf8', env, input });
}

test('n8n calls the package eligible for n8n Cloud', () => {
	const { stdout } = run([N8N_NODE, 'cloud-support']);
	expect(stdout).toMatch(/Cloud support is \S*ENABLED/);
	expect(stdout).not.toMatch(/NOT eligible/);
});

test('no devDependency, and nothing of Node but its crypto, may be imported by a node', () => {
	const { devDependencies } = JSON.parse(
		readFileSync(path.join(repoRoot, 'package.json'), 'utf8'),
	) as { devDependencies: Record<string, string> };
	const refused = [...Object.keys(devDependencies), 'node:fs', 'n8n-workflow/dist/cjs'].filter(
		(name) => name !== 'n8n-workflow',
	);
	const imports = (names: string[]) => names.map((name) => `import '${name}';`).join('\n');
	const said = (names: string[]) =>
		findings(BEYOND_N8N, 'nodes/ContactUser/planted.ts', imports(names));
	expect(said(refused)).toEqual(refused.map(() => 'no-restricted-imports'));
	expect(said(['n8n-workflow', 'node:crypto', './own', '../shared/own'])).toEqual([]);
});

test.each([
	['nodes/ContactUser/planted.ts', ['@n8n/community-nodes/no-restricted-globals']],
	['test/unit/planted.ts', []],
	['simulator/planted.ts', []],
	['examples/demo/planted.ts', []],
])('a timer in %s is told: %j', (file, expected) => {
	expect(findings(NEAREST, file, 'setTimeout(() => {}, 1);\n')).toEqual(expected);
});
