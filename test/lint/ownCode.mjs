import { config as n8nConfig } from '@n8n/node-cli/eslint';

const COMMON_JS = ['gulpfile.js', '**/*.cjs', 'probes/*.js'];

const recommendedForJavaScript = n8nConfig.find((block) => block.rules?.['no-undef'] === 'error');

const nodeGlobals = Object.fromEntries(
	Object.getOwnPropertyNames(globalThis).map((name) => [name, 'readonly']),
);

/** For JavaScript, which n8n's rules leave alone. */
export const scripts = [
	{
		files: ['**/*.mjs', '**/*.cjs', '**/*.js'],
		languageOptions: { globals: nodeGlobals },
		rules: recommendedForJavaScript.rules,
	},
	{
		files: COMMON_JS,
		languageOptions: {
			sourceType: 'commonjs',
			globals: { require: 'readonly', module: 'writable', exports: 'writable' },
		},
	},
];

/**
 * For tests, benchmark, simulator and examples: n8n's own rules, less those that only a published node must obey
 * (no timers, no foreign imports ...).
 */
export const ownCode = [
	...n8nConfig.filter((block) => !block.plugins?.['@n8n/community-nodes']),
	{
		files: ['**/*.ts'],
		rules: {
			'no-console': 'off',
			// The type check resolves imports too, and knows the hand-written declarations.
			'import-x/no-unresolved': 'off',
			// const { secret, ...rest } is how a field is left out.
			'@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
		},
	},
	...scripts,
	{ linterOptions: { reportUnusedDisableDirectives: 'error' } },
];
