import { startSimulator } from '../../simulator/server';
import { createCredential } from '../n8n/api';
import { buildPackage } from '../n8n/buildPackage';
import { CREDENTIAL, CREDENTIAL_TYPE } from '../n8n/deskNodes';
import { ensureHost } from '../n8n/host';
import { startN8n } from '../n8n/instance';
import { collectSignatures } from '../n8n/signatures';
import { runSuite } from '../n8n/suite';
import { withSandbox } from '../n8n/withSandbox';
import { credentialTests } from './credentialTests';
import { httpRequestNode } from './httpRequestNode';
import type { Case, Lab } from './lab';
import { neverTwice } from './neverTwice';
import { nodeTypes } from './nodeTypes';
import { onErrorModes } from './onErrorModes';
import { outputs } from './outputs';
import { storedSecrets } from './storedSecrets';

/** In this order: the last one stops n8n and searches all that the others made it store. */
const cases: Case[] = [
	...nodeTypes,
	...credentialTests,
	...outputs,
	...onErrorModes,
	...neverTwice,
	...httpRequestNode,
	...storedSecrets,
];

async function withLab(work: (lab: Lab) => Promise<void>): Promise<void> {
	await withSandbox(async (sandbox) => {
		await ensureHost(sandbox, console.log);
		await buildPackage(sandbox);
		const simulator = await startSimulator();
		try {
			const secrets = new Set([simulator.credential.secretKey]);
			collectSignatures(secrets);
			const n8n = await startN8n(sandbox, { env: { N8N_LOG_LEVEL: 'debug' } });
			await createCredential(n8n.rest, {
				name: CREDENTIAL[CREDENTIAL_TYPE].name,
				type: CREDENTIAL_TYPE,
				data: simulator.credential,
			});
			await work({ n8n, simulator, secrets });
		} finally {
			await simulator.close();
		}
	});
}

void runSuite({ cases, withLab, beforeEach: ({ simulator }) => simulator.reset() });
