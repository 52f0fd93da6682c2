// Its own file, not a part of package.json: n8n's scanner takes <rootDir> there for a forgotten placeholder.
// One test file: npx jest --config test/jest.config.mjs test/unit/shared/sending/rateLimiter.test.ts
export default {
	rootDir: '..',
	roots: ['nodes', 'credentials', 'simulator', 'bench', 'test'].map(
		(folder) => `<rootDir>/${folder}`,
	),
	testMatch: ['<rootDir>/test/{unit,engine,simulator,faults,package}/**/*.test.ts'],
	transform: {
		'\\.ts$': [
			'@swc/jest',
			{
				jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
				module: { type: 'commonjs' },
			},
		],
	},
	// The vendor's package.json has keys twice, which jest's resolver does not accept.
	moduleNameMapper: { '^tls-sig-api-v2$': '<rootDir>/node_modules/tls-sig-api-v2/TLSSigAPIv2.js' },
	// n8n-core is written with decorators that need it before anything else is loaded.
	setupFiles: ['reflect-metadata'],
	globalSetup: '<rootDir>/test/tools/makeN8nFolder.mjs',
	globalTeardown: '<rootDir>/test/tools/removeN8nFolder.mjs',
	testTimeout: 20_000,
	maxWorkers: 2,
};
