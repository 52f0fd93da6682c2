import {
	activate,
	createWorkflow,
	finishedExecution,
	newestExecution,
	postToWebhook,
} from '../n8n/api';
import type { Instance } from '../n8n/instance';
import { chain, splitOut, webhook, type NodeSketch } from '../n8n/workflow';
import type { Contender } from './contenders';
import type { Desk } from './desk';

/** One run of one contender. Times are those of the node alone, as n8n stores them. */
export interface Measurement {
	ms: number;
	/** Users the simulator really contacted. */
	contacts: number;
	/** Items the node reports as accepted, whatever that means to it. */
	accepted: number;
	itemsOut: number;
	cpuMs: number;
	peakMiB: number | null;
	decryptions: number;
	inFlight: number;
}

const meter = (name: string, end: boolean): NodeSketch => ({
	name,
	type: 'n8n-nodes-bench-probes.meter',
	typeVersion: 1,
	parameters: { end },
});

/** Keeps one workflow for each contender and simulator. */
export function createMeasuring(n8n: Instance) {
	const workflows = new Map<string, { id: string; path: string }>();

	async function workflowFor(contender: Contender, desk: Desk) {
		const key = `${contender.name} ${desk.name}`;
		const known = workflows.get(key);
		if (known) return known;
		const path = `bench-${workflows.size}`;
		const nodes = [webhook(path, 'onReceived'), splitOut('body.users'), meter('Begin', false)];
		const measured = [contender.node(desk), meter('End', true)];
		const id = await createWorkflow(n8n.rest, chain(path, [...nodes, ...measured]));
		await activate(n8n.rest, id);
		workflows.set(key, { id, path });
		return { id, path };
	}

	return async (contender: Contender, desk: Desk, count: number): Promise<Measurement> => {
		const { id, path } = await workflowFor(contender, desk);
		await desk.reset();
		const users = Array.from({ length: count }, (_, n) => ({ userId: `user-${n}` }));
		await postToWebhook(n8n.url, path, { users });
		const execution = await finishedExecution(n8n.rest, await newestExecution(n8n.rest, id));
		const { contacts, maxInFlight } = await desk.status();
		const seen = execution.outputs('End')[0]?.[0]?.json as
			| {
					items: number;
					accepted: number;
					cpuMs: number;
					peakMiB: number | null;
					decryptions: number;
			  }
			| undefined;
		if (seen === undefined)
			throw new Error(`${contender.name}: ${execution.error?.message ?? 'no item came out'}`);
		return {
			ms: execution.milliseconds('Measured'),
			contacts,
			accepted: seen.accepted,
			itemsOut: execution.outputs('Measured').flat().length,
			cpuMs: seen.cpuMs,
			peakMiB: seen.peakMiB,
			decryptions: seen.decryptions,
			inFlight: maxInFlight,
		};
	};
}
