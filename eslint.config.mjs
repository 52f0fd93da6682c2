import { config as n8nConfig } from '@n8n/node-cli/eslint';

const PUBLISHED = ['nodes/**/*.ts', 'credentials/**/*.ts'];

const isCommunityNodeRuleset = (block) =>
	block.files?.includes('**/*.ts') && block.plugins?.['@n8n/community-nodes'];

const recommendedForJavaScript = n8nConfig.find((block) => block.rules?.['no-undef'] === 'error');

const nodeGlobals = Object.fromEntries(
	Object.getOwnPropertyNames(globalThis).map((name) => [name, 'readonly']),
);

export default [
	{ ignores: ['.n8n-host/**', '.work/**'] },

	// n8n's own rules as they are, except that what only a published node must obey (no timers, no
	// foreign imports ...) is asked of published code only, not of tests and the simulator.
	...n8nConfig.map((block) =>
		isCommunityNodeRuleset(block) ? { ...block, files: PUBLISHED } : block,
	),

	{
		files: PUBLISHED,
		rules: {
			// n8n's import rule lets every devDependency through as "assumed bundled"; nothing is bundled
			// here, so such an import would crash when n8n loads the node.
			'no-restricted-imports': [
				'error',
				{ patterns: [{ regex: '^(?!(n8n-workflow|node:crypto)$|\\.)' }] },
			],
		},
	},
	{
		files: ['simulator/**/*.ts', 'test/**/*.ts', 'examples/**/*.ts'],
		rules: {
			'no-console': 'off',
			// The type check resolves imports too, and knows the hand-written declarations.
			'import-x/no-unresolved': 'off',
			// const { secret, ...rest } is how a field is left out.
			'@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
		},
	},
	{
		files: ['**/*.mjs', '**/*.cjs', '**/*.js'],
		languageOptions: { globals: nodeGlobals },
		rules: recommendedForJavaScript.rules,
	},
	{
		files: ['gulpfile.js', '**/*.cjs', 'test/bench/probes/*.js'],
		languageOptions: {
			sourceType: 'commonjs',
			globals: { require: 'readonly', module: 'writable', exports: 'writable' },
		},
	},
	{
		files: ['simulator/**', 'test/**', 'examples/**'],
		linterOptions: { reportUnusedDisableDirectives: 'error' },
	},
];
