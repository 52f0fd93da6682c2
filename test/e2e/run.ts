import { OTHER_MODULES } from '../n8n/environment';
import { startN8n } from '../n8n/instance';
import { createDeskCredential, withSimulatedDesk } from '../n8n/simulatedDesk';
import { runSuite } from '../n8n/suite';
import { aiAgent } from './aiAgent';
import { credentialTests } from './credentialTests';
import { eventTrigger } from './eventTrigger';
import { examples } from './examples';
import { httpRequestNode } from './httpRequestNode';
import type { Case, Lab } from './lab';
import { longRuns } from './longRuns';
import { n8nAgents } from './n8nAgents';
import { neverTwice } from './neverTwice';
import { outputs } from './outputs';
import { overRestart } from './overRestart';
import { singleOutput } from './singleOutput';
import { storedSecrets } from './storedSecrets';
import { tencentDeskCases } from './tencentDesk';

/** In this order: the last one stops n8n and searches all that the others made it store. */
const cases: Case[] = [
	...credentialTests,
	...outputs,
	...singleOutput,
	...neverTwice,
	...longRuns,
	...httpRequestNode,
	...examples,
	...aiAgent,
	...n8nAgents,
	...tencentDeskCases,
	...overRestart,
	...eventTrigger,
	...storedSecrets,
];

async function withLab(work: (lab: Lab) => Promise<void>): Promise<void> {
	await withSimulatedDesk(async (sandbox, desk) => {
		const env = { N8N_LOG_LEVEL: 'debug', N8N_DISABLED_MODULES: OTHER_MODULES };
		const n8n = await startN8n(sandbox, { env });
		await createDeskCredential(n8n.rest, desk.simulator);
		await work({ ...desk, n8n });
	});
}

void runSuite({ cases, withLab, beforeEach: ({ simulator }) => simulator.reset() });
