import base from '../jest.config.mjs';

const swc = base.transform['\\.ts$'];
/** Packages of some engines that are ES modules only: Node lets `require` load them, jest does not. */
const ES_MODULES = '(p-retry|is-network-error)/';

/** The engine tests on the n8n-core that is installed in the folder COMPAT_FOLDER (see engineTests.ts). */
export default {
	...base,
	rootDir: '../..',
	testMatch: ['<rootDir>/test/{engine,compat}/**/*.test.ts'],
	transform: { ...base.transform, [`/node_modules/${ES_MODULES}.+\\.js$`]: swc },
	transformIgnorePatterns: [`/node_modules/(?!${ES_MODULES})`],
	resolver: '<rootDir>/test/compat/resolver.cjs',
	setupFilesAfterEnv: [
		...(process.env.COMPAT_EMULATES_N8N_3 === 'true'
			? ['<rootDir>/test/compat/emulatedN8n3.ts']
			: []),
		'<rootDir>/test/compat/checkEngine.ts',
	],
};
