import type { Simulator } from '../../simulator/contract';
import { activate, createWorkflow, newestExecution, postToWebhook } from '../n8n/api';
import { contactUser } from '../n8n/deskNodes';
import type { SimulatedDesk } from '../n8n/simulatedDesk';
import type { Case as SuiteCase } from '../n8n/suite';
import { chain, splitOut, webhook, type NodeSketch } from '../n8n/workflow';
import type { Cluster, Worker } from './cluster';

/** What every case works with: n8n in queue mode with two workers, and one simulator they talk to. */
export interface Lab extends SimulatedDesk {
	cluster: Cluster;
}

export type Case = SuiteCase<Lab>;

let workflows = 0;

export interface Served {
	workflowId: string;
	path: string;
}

/** A published workflow behind a webhook that takes `{ users: [...] }`; its answer comes at once. */
export async function serveBatches(
	{ cluster }: Lab,
	node: Partial<NodeSketch> = {},
	lastOutputs: string[] = [],
): Promise<Served> {
	const path = `queue-${++workflows}`;
	const nodes = [webhook(path, 'onReceived'), splitOut('body.users'), contactUser(node)];
	const workflowId = await createWorkflow(cluster.rest, chain(path, nodes, lastOutputs));
	await activate(cluster.rest, workflowId);
	return { workflowId, path };
}

/** @returns the id of the execution that works through the users */
export async function startBatch(
	{ cluster }: Lab,
	{ workflowId, path }: Served,
	users: string[],
): Promise<string> {
	await postToWebhook(cluster.url, path, { users: users.map((userId) => ({ userId })) });
	return (await newestExecution(cluster.rest, workflowId)).id;
}

export function numbered(count: number, prefix: string): string[] {
	return Array.from({ length: count }, (_, n) => `${prefix}-${n}`);
}

/** The worker that took an execution; undefined while none has. */
export async function workerOf({ cluster }: Lab, executionId: string): Promise<Worker | undefined> {
	for (const worker of cluster.workers) {
		if ((await worker.executions()).includes(executionId)) return worker;
	}
	return undefined;
}

/** Who was contacted, in order of the names; somebody who was contacted twice stands there twice. */
export function contacted(simulator: Simulator): string[] {
	return simulator.ledger.map(({ userId }) => userId).sort();
}
