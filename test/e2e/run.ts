import { startSimulator } from '../../simulator/server';
import { createCredential } from '../n8n/api';
import { buildPackage } from '../n8n/buildPackage';
import { ensureHost } from '../n8n/host';
import { startN8n } from '../n8n/instance';
import type { Sandbox } from '../n8n/sandbox';
import { withSandbox } from '../n8n/withSandbox';
import { credentialTests } from './credentialTests';
import { httpRequestNode } from './httpRequestNode';
import { CREDENTIAL, CREDENTIAL_TYPE, collectSignatures, type Case, type Lab } from './lab';
import { neverTwice } from './neverTwice';
import { nodeTypes } from './nodeTypes';
import { onErrorModes } from './onErrorModes';
import { outputs } from './outputs';
import { storedSecrets } from './storedSecrets';

/** In this order: the last one stops n8n and searches all that the others made it store. */
const CASES: Case[] = [
	...nodeTypes,
	...credentialTests,
	...outputs,
	...onErrorModes,
	...neverTwice,
	...httpRequestNode,
	...storedSecrets,
];

/** `npm run test:e2e -- <text>` runs only the cases whose name holds the text. */
const [wanted = ''] = process.argv.slice(2);

const tally = { passed: 0, failed: 0 };

async function openLab(sandbox: Sandbox): Promise<Lab> {
	await ensureHost(sandbox, console.log);
	await buildPackage(sandbox);
	const simulator = await startSimulator();
	const secrets = new Set([simulator.credential.secretKey]);
	collectSignatures(secrets);
	const n8n = await startN8n(sandbox, { env: { N8N_LOG_LEVEL: 'debug' } });
	await createCredential(n8n.rest, {
		name: CREDENTIAL[CREDENTIAL_TYPE].name,
		type: CREDENTIAL_TYPE,
		data: simulator.credential,
	});
	return { n8n, simulator, secrets };
}

async function runCase(lab: Lab, { name, run }: Case): Promise<void> {
	lab.simulator.reset();
	const startedAt = Date.now();
	let complaint = '';
	try {
		await run(lab);
		tally.passed += 1;
	} catch (error) {
		complaint = `\n    ${String((error as Error).stack).replaceAll('\n', '\n    ')}`;
		tally.failed += 1;
	}
	console.log(`${complaint ? 'FAIL' : 'ok  '} ${name} (${Date.now() - startedAt} ms)${complaint}`);
}

async function main(): Promise<void> {
	try {
		await withSandbox(async (sandbox) => {
			const lab = await openLab(sandbox);
			try {
				const chosen = CASES.filter(({ name }) => name.includes(wanted));
				for (const eachCase of chosen) await runCase(lab, eachCase);
			} finally {
				await lab.simulator.close();
			}
		});
	} catch (error) {
		console.error(error);
		tally.failed += 1;
	}
	console.log(`${tally.passed} passed, ${tally.failed} failed`);
	process.exitCode = tally.failed === 0 && tally.passed > 0 ? 0 : 1;
}

void main();
