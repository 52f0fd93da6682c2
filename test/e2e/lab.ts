import { activate, callWebhook, createWorkflow, type Execution, type Item } from '../n8n/api';
import type { Instance } from '../n8n/instance';
import type { SimulatedDesk } from '../n8n/simulatedDesk';
import type { Case as SuiteCase } from '../n8n/suite';
import { chain, splitOut, webhook, type NodeSketch, type Workflow } from '../n8n/workflow';

/** What every case works with: one real n8n with our package, and one simulator it talks to. */
export interface Lab extends SimulatedDesk {
	n8n: Instance;
}

export type Case = SuiteCase<Lab>;

let workflows = 0;

/** Sends users through a production webhook into the nodes given, and tells what n8n stored of the run. */
export async function runBatch(
	{ n8n }: Lab,
	users: string[],
	nodes: NodeSketch[],
	outputs: string[],
	rewire: (workflow: Workflow) => void = () => {},
): Promise<Execution> {
	const path = `batch-${++workflows}`;
	const workflow = chain(path, [webhook(path), splitOut('body.users'), ...nodes], outputs);
	rewire(workflow);
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
