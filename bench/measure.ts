import { setTimeout as wait } from 'node:timers/promises';

import {
	activate,
	createWorkflow,
	finishedExecution,
	newestExecution,
	postToWebhook,
	UNFINISHED,
} from '../test/n8n/api';
import type { Instance } from '../test/n8n/instance';
import { eventually } from '../test/n8n/waiting';
import { chain, splitOut, webhook, type NodeSketch } from '../test/n8n/workflow';
import type { Contender } from './contenders';
import type { Desk } from './desk';

const RUN_TIMEOUT_MS = 240_000;
const ASK_EVERY_MS = 250;

/** One run of one contender. Times are those of the node alone, as n8n stores them. */
export interface Measurement {
	ms: number;
	/** Users the simulator really contacted. */
	contacts: number;
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

/** Contacts these users once. */
export type Measure = (contender: Contender, desk: Desk, userIds: string[]) => Promise<Measurement>;

export const numbered = (count: number): string[] =>
	Array.from({ length: count }, (_, n) => `user-${n}`);

/** Keeps one workflow for each contender and simulator. */
export function createMeasuring(n8n: Instance): Measure {
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

	return async (contender, desk, userIds) => {
		const { id, path } = await workflowFor(contender, desk);
		await desk.reset();
		const users = userIds.map((userId) => ({ userId }));
		await postToWebhook(n8n.url, path, { users });
		const execution = await finishedExecution(n8n.rest, await untilDone(n8n, id));
		const { contacts, maxInFlight } = await desk.status();
		const seen = execution.outputs('End')[0]?.[0]?.json as
			Pick<Measurement, 'cpuMs' | 'peakMiB' | 'decryptions'> | undefined;
		if (seen === undefined)
			throw new Error(`${contender.name}: ${execution.error?.message ?? 'no item came out'}`);
		return {
			ms: execution.milliseconds('Measured'),
			contacts,
			...seen,
			inFlight: maxInFlight,
		};
	};
}

/** Asks for the status only: reading the data of a run again and again would cost the n8n that is measured. */
async function untilDone({ rest }: Instance, workflowId: string): Promise<string> {
	return await eventually('the run is done', RUN_TIMEOUT_MS, async () => {
		await wait(ASK_EVERY_MS);
		const { id, status } = await newestExecution(rest, workflowId);
		return UNFINISHED.includes(status) ? undefined : id;
	});
}
