import base from '../jest.config.mjs';

/** The engine tests on the n8n-core that is installed in the folder COMPAT_FOLDER (see engineTests.ts). */
export default {
	...base,
	rootDir: '../..',
	testMatch: ['<rootDir>/test/{engine,compat}/**/*.test.ts'],
	resolver: '<rootDir>/test/compat/resolver.cjs',
	setupFilesAfterEnv: ['<rootDir>/test/compat/checkEngine.ts'],
};
