import type { Simulator } from '../../simulator/contract';
import { startSimulator } from '../../simulator/server';
import { createCredential } from './api';
import { buildPackage } from './buildPackage';
import { CREDENTIAL, CREDENTIAL_TYPE } from './deskNodes';
import { ensureHost } from './host';
import type { Rest } from './rest';
import type { Sandbox } from './sandbox';
import { collectSignatures } from './signatures';
import { withSandbox } from './withSandbox';

/** What every suite in a real n8n works with, whatever kind of n8n it starts. */
export interface SimulatedDesk {
	simulator: Simulator;
	/** Everything that must never be stored: filled while the cases run. */
	secrets: Set<string>;
}

/** Installs n8n, builds our package, and keeps a simulator for the length of `work`. */
export async function withSimulatedDesk(
	work: (sandbox: Sandbox, desk: SimulatedDesk) => Promise<void>,
): Promise<void> {
	await withSandbox(async (sandbox) => {
		await ensureHost(sandbox, console.log);
		await buildPackage(sandbox);
		const simulator = await startSimulator();
		try {
			const secrets = new Set([simulator.credential.secretKey]);
			collectSignatures(secrets);
			await work(sandbox, { simulator, secrets });
		} finally {
			await simulator.close();
		}
	});
}

/** Saves the credential that `contactUser` nodes name, and that leads to this simulator. */
export async function createDeskCredential(rest: Rest, simulator: Simulator): Promise<void> {
	const { name } = CREDENTIAL[CREDENTIAL_TYPE];
	await createCredential(rest, { name, type: CREDENTIAL_TYPE, data: simulator.credential });
}
