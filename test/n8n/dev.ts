import { join } from 'node:path';

import { startSimulator } from '../../simulator/server';
import { buildPackage } from './buildPackage';
import { ensureHost } from './host';
import { installedFolder } from './installPackage';
import { startN8n } from './instance';
import type { Sandbox } from './sandbox';
import { createDeskCredential } from './simulatedDesk';
import { withSandbox } from './withSandbox';

const REPOSITORY = join(__dirname, '..', '..');

/** A real n8n with the simulator behind it, which loads the node anew whenever a source file is saved. */
async function develop(sandbox: Sandbox): Promise<void> {
	await ensureHost(sandbox, console.log);
	await buildPackage(sandbox);
	const simulator = await startSimulator();
	const { url, rest, owner, userFolder } = await startN8n(sandbox, {
		env: { N8N_DEV_RELOAD: 'true' },
	});
	await createDeskCredential(rest, simulator);

	// Straight into the installed package, which n8n watches: its node type is the one that users have.
	const outDir = join(installedFolder(userFolder, 'n8n-nodes-tencent-desk'), 'dist');
	const compiler = sandbox.start({
		command: process.execPath,
		args: [
			require.resolve('typescript/bin/tsc'),
			'--watch',
			'--preserveWatchOutput',
			'--outDir',
			outDir,
		],
		cwd: REPOSITORY,
	});

	console.log(`n8n: ${url}, login ${owner.email}, password ${owner.password}`);
	console.log(`Simulator: ${simulator.url}; the credential "Tencent Desk API" leads to it.`);
	console.log(
		'A saved change is live some seconds later; reload the page for new parameters. Ctrl-C stops all.',
	);
	await compiler.ended;
	await simulator.close();
}

withSandbox(develop).catch((error: Error) => {
	console.error(error.message);
	process.exit(1);
});
