import { join } from 'node:path';

import { npm } from './npm';
import type { Sandbox } from './sandbox';

/** Compiles this package into `dist`. @throws with what the compiler says */
export async function buildPackage(sandbox: Sandbox): Promise<void> {
	await sandbox.run({
		...npm('run', 'build'),
		cwd: join(__dirname, '..', '..'),
		logFile: join(sandbox.folder, 'build.log'),
	});
}
