import { join } from 'node:path';

import { npmProgram } from '../tools/npm.mjs';
import type { Sandbox } from './sandbox';

/** Compiles this package into `dist`. @throws with what the compiler says */
export async function buildPackage(sandbox: Sandbox): Promise<void> {
	await sandbox.run({
		...npmProgram(['run', 'build']),
		cwd: join(__dirname, '..', '..'),
		logFile: join(sandbox.folder, 'build.log'),
	});
}
