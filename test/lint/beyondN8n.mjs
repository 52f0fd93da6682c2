// What n8n's rules leave open at the root: given by path (--config), since n8n wants eslint.config.mjs as it wrote it.
import { config as n8nConfig } from '@n8n/node-cli/eslint';
import { scripts } from './ownCode.mjs';

const typeScriptParser = n8nConfig.find((block) => block.languageOptions?.parser).languageOptions;

export default [
	{
		files: ['nodes/**/*.ts', 'credentials/**/*.ts'],
		languageOptions: typeScriptParser,
		rules: {
			// n8n's import rule lets every devDependency through as "assumed bundled"; only own code is
			// bundled here, so such an import would crash when n8n loads the node.
			'no-restricted-imports': [
				'error',
				{ patterns: [{ regex: '^(?!(n8n-workflow|node:crypto)$|\\.)' }] },
			],
		},
	},
	...scripts,
];
