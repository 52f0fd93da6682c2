import { startSimulator } from '../../simulator/server';
import { createCredential } from '../n8n/api';
import { buildPackage } from '../n8n/buildPackage';
import { CREDENTIAL, CREDENTIAL_TYPE } from '../n8n/deskNodes';
import { ensureHost } from '../n8n/host';
import { collectSignatures } from '../n8n/signatures';
import { runSuite } from '../n8n/suite';
import { withSandbox } from '../n8n/withSandbox';
import { startCluster } from './cluster';
import { killedWorker } from './killedWorker';
import type { Case, Lab } from './lab';
import { limits } from './limits';
import { retries } from './retries';
import { spread } from './spread';
import { storedSecrets } from './storedSecrets';

const WORKERS = 2;
/** In this order: workers are killed near the end, and the last one searches what all the others left. */
const cases: Case[] = [...spread, ...retries, ...limits, ...killedWorker, ...storedSecrets];

async function withLab(work: (lab: Lab) => Promise<void>): Promise<void> {
	await withSandbox(async (sandbox) => {
		await ensureHost(sandbox, console.log);
		await buildPackage(sandbox);
		const simulator = await startSimulator();
		try {
			const secrets = new Set([simulator.credential.secretKey]);
			collectSignatures(secrets);
			const cluster = await startCluster(sandbox, WORKERS);
			await createCredential(cluster.rest, {
				name: CREDENTIAL[CREDENTIAL_TYPE].name,
				type: CREDENTIAL_TYPE,
				data: simulator.credential,
			});
			await work({ cluster, simulator, secrets });
		} finally {
			await simulator.close();
		}
	});
}

void runSuite({ cases, withLab, beforeEach: ({ simulator }) => simulator.reset() });
