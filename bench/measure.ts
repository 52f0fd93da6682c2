import { setTimeout as wait } from 'node:timers/promises';

import type { LeftMessage } from '../simulator/contract';
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
import type { Command, Contender } from './contenders';
import type { Desk } from './desk';

const RUN_TIMEOUT_MS = 240_000;
const ASK_EVERY_MS = 250;

/** One run of one contender. Times are those of the node alone, as n8n stores them. */
export interface Measurement {
	ms: number;
	/** Items for which the simulator really did what was asked. */
	done: number;
	/** Messages that came after a later one to the same user. */
	outOfOrder: number;
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

/** Sends the command of the contender once for each of these users; one may stand there several times. */
export type Measure = (contender: Contender, desk: Desk, userIds: string[]) => Promise<Measurement>;

/** So many items, to so many users in turn. */
export const numbered = (count: number, users = count): string[] =>
	Array.from({ length: count }, (_, n) => `user-${n % users}`);

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
		const users = userIds.map((userId, number) => ({ userId, text: `Message ${number}` }));
		await postToWebhook(n8n.url, path, { users });
		const execution = await finishedExecution(n8n.rest, await untilDone(n8n, id));
		const { contacts, maxInFlight } = await desk.status();
		const messages = await desk.messages();
		const seen = execution.outputs('End')[0]?.[0]?.json as
			Pick<Measurement, 'cpuMs' | 'peakMiB' | 'decryptions'> | undefined;
		if (seen === undefined)
			throw new Error(`${contender.name}: ${execution.error?.message ?? 'no item came out'}`);
		return {
			ms: execution.milliseconds('Measured'),
			done:
				contender.command === 'get_session_state'
					? await answered(desk, contender.command)
					: { contact_user: contacts, send_msg: messages.length }[contender.command],
			outOfOrder: outOfOrder(messages),
			...seen,
			inFlight: maxInFlight,
		};
	};
}

async function answered(desk: Desk, command: Command): Promise<number> {
	const requests = await desk.requests();
	return requests.filter((one) => one.command === command && one.errorCode === 0).length;
}

/** By the number that each message holds. */
function outOfOrder(messages: LeftMessage[]): number {
	const latest = new Map<string, number>();
	return messages.filter(({ userId, text }) => {
		const number = Number(text.split(' ').at(-1));
		const before = latest.get(userId) ?? -1;
		latest.set(userId, Math.max(before, number));
		return number < before;
	}).length;
}

/** Asks for the status only: reading the data of a run again and again would cost the n8n that is measured. */
async function untilDone({ rest }: Instance, workflowId: string): Promise<string> {
	return await eventually('the run is done', RUN_TIMEOUT_MS, async () => {
		await wait(ASK_EVERY_MS);
		const { id, status } = await newestExecution(rest, workflowId);
		return UNFINISHED.includes(status) ? undefined : id;
	});
}
