import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';

import type { Simulator } from '../../simulator/contract';
import { activate, callWebhook, createWorkflow, type Execution, type Item } from '../n8n/api';
import type { Instance } from '../n8n/instance';
import type { Case as SuiteCase } from '../n8n/suite';
import { chain, splitOut, webhook, type NodeSketch } from '../n8n/workflow';

/** What every case works with: one real n8n with our package, and one simulator it talks to. */
export interface Lab {
	n8n: Instance;
	simulator: Simulator;
	/** Everything that must never be stored: filled while the cases run. */
	secrets: Set<string>;
}

export type Case = SuiteCase<Lab>;

let workflows = 0;

/** Sends users through a production webhook into the nodes given, and tells what n8n stored of the run. */
export async function runBatch(
	{ n8n }: Lab,
	users: string[],
	nodes: NodeSketch[],
	outputs: string[],
): Promise<Execution> {
	const path = `batch-${++workflows}`;
	const workflow = chain(path, [webhook(path), splitOut('body.users'), ...nodes], outputs);
	const id = await createWorkflow(n8n.rest, workflow);
	await activate(n8n.rest, id);
	return await callWebhook(n8n.rest, n8n.url, id, path, {
		users: users.map((userId) => ({ userId })),
	});
}

/** One field of every item. */
export function fieldOf(items: Item[], field: string): unknown[] {
	return items.map(({ json }) => json[field]);
}

/**
 * Collects every UserSig that a server of this process is sent, as it stood in the URL and decoded.
 * The log of the simulator never holds them.
 */
export function collectSignatures(secrets: Set<string>): void {
	subscribe('http.server.request.start', (message) => {
		const { request } = message as { request: IncomingMessage };
		const signature = /[?&]usersig=([^&]+)/.exec(request.url ?? '')?.[1];
		if (signature === undefined) return;
		secrets.add(signature);
		secrets.add(decodeURIComponent(signature));
	});
}
