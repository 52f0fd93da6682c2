/** Which engine the tests must run on; the runner tells jest's processes by their environment. */
export interface WantedEngine {
	/** The folder whose node_modules holds it. */
	folder: string;
	/** Package name to exact version. */
	versions: Record<string, string>;
	/** Whether it is to be changed by `emulatedN8n3.ts`. */
	emulatesN8n3: boolean;
}

export function environmentFor(engine: WantedEngine): Record<string, string> {
	return {
		COMPAT_FOLDER: engine.folder,
		COMPAT_VERSIONS: JSON.stringify(engine.versions),
		// Read by jest.config.mjs too.
		COMPAT_EMULATES_N8N_3: String(engine.emulatesN8n3),
	};
}

/** @throws when nobody has said which one */
export function engineOfEnvironment(): WantedEngine {
	const { COMPAT_FOLDER: folder, COMPAT_VERSIONS: versions } = process.env;
	if (folder === undefined || versions === undefined) {
		throw new Error('These tests are run by npm run test:compat');
	}
	return {
		folder,
		versions: JSON.parse(versions) as WantedEngine['versions'],
		emulatesN8n3: process.env.COMPAT_EMULATES_N8N_3 === 'true',
	};
}
