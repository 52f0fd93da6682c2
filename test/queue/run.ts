import { createDeskCredential, withSimulatedDesk } from '../n8n/simulatedDesk';
import { runSuite } from '../n8n/suite';
import { startCluster } from './cluster';
import { deskCalls } from './deskCalls';
import { killedWorker } from './killedWorker';
import type { Case, Lab } from './lab';
import { limits } from './limits';
import { retries } from './retries';
import { spread } from './spread';
import { storedSecrets } from './storedSecrets';

const WORKERS = 2;
/** In this order: workers are killed near the end, and the last one searches what all the others left. */
const cases: Case[] = [
	...spread,
	...deskCalls,
	...retries,
	...limits,
	...killedWorker,
	...storedSecrets,
];

async function withLab(work: (lab: Lab) => Promise<void>): Promise<void> {
	await withSimulatedDesk(async (sandbox, desk) => {
		const cluster = await startCluster(sandbox, WORKERS);
		await createDeskCredential(cluster.rest, desk.simulator);
		await work({ ...desk, cluster });
	});
}

void runSuite({ cases, withLab, beforeEach: ({ simulator }) => simulator.reset() });
