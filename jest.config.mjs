// Its own file, not a part of package.json: n8n's scanner takes <rootDir> there for a forgotten placeholder.
export default {
	roots: ['nodes', 'credentials', 'simulator', 'test'].map((folder) => `<rootDir>/${folder}`),
	testMatch: ['<rootDir>/test/{unit,engine,simulator,package}/**/*.test.ts'],
	transform: {
		'\\.ts$': [
			'@swc/jest',
			{
				jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
				module: { type: 'commonjs' },
			},
		],
	},
	// n8n-core is written with decorators that need it before anything else is loaded.
	setupFiles: ['reflect-metadata'],
	globalSetup: '<rootDir>/test/tools/makeN8nFolder.mjs',
	globalTeardown: '<rootDir>/test/tools/removeN8nFolder.mjs',
	testTimeout: 20_000,
	maxWorkers: 2,
};
