/** Which engine the tests must run on; the runner tells jest's processes by their environment. */
export interface WantedEngine {
	/** The folder whose node_modules holds it. */
	folder: string;
	/** Package name to exact version. */
	versions: Record<string, string>;
}

export function environmentFor({ folder, versions }: WantedEngine): Record<string, string> {
	return { COMPAT_FOLDER: folder, COMPAT_VERSIONS: JSON.stringify(versions) };
}

/** @throws when nobody has said which one */
export function engineOfEnvironment(): WantedEngine {
	const { COMPAT_FOLDER: folder, COMPAT_VERSIONS: versions } = process.env;
	if (folder === undefined || versions === undefined) {
		throw new Error('These tests are run by npm run test:compat');
	}
	return { folder, versions: JSON.parse(versions) as WantedEngine['versions'] };
}
