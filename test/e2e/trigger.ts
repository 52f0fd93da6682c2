import { strict as assert } from 'node:assert';

import { recordOf, type SessionRecord } from '../../simulator/records';
import { activate, createWorkflow, deactivate, finishedExecution, type Item } from '../n8n/api';
import { CREDENTIAL } from '../n8n/deskNodes';
import { eventually } from '../n8n/waiting';
import { chain, type NodeSketch } from '../n8n/workflow';
import { fieldOf, type Lab } from './lab';

const TRIGGER = 'Tencent Desk Trigger';
const HOUR = 3600;
const POLLED_TIMEOUT_MS = 60_000;

/** n8n refuses a cron that ticks more than once a minute, but not twenty that tick once. */
const EVERY_THREE_SECONDS = Array.from({ length: 20 }, (_, n) => ({
	mode: 'custom',
	cronExpression: `${n * 3} * * * * *`,
}));
/** So that what ends now comes at once. */
export const POLLED_OFTEN = { pollTimes: { item: EVERY_THREE_SECONDS }, options: { holdBack: 0 } };

function deskTrigger(): NodeSketch {
	return {
		name: TRIGGER,
		type: 'n8n-nodes-tencent-desk.tencentDeskTrigger',
		typeVersion: 1,
		credentials: CREDENTIAL,
		parameters: POLLED_OFTEN,
	};
}

/** Puts sessions into Desk's list. @returns their ids */
function add(
	{ simulator }: Lab,
	prefix: string,
	count: number,
	said: Partial<SessionRecord> = {},
): string[] {
	const Timestamp = Math.floor(Date.now() / 1000);
	const ids = Array.from({ length: count }, (_, n) => `${prefix}-${n}`);
	const records = ids.map((SessionId) => recordOf({ SessionId, Timestamp, ...said }));
	simulator.world.records.push(...records);
	return ids;
}

const hoursAgo = (hours: number) => ({ Timestamp: Math.floor(Date.now() / 1000) - hours * HOUR });

/** What the trigger gave in all executions that n8n has stored of the workflow. */
async function itemsGiven({ n8n }: Lab, workflowId: string): Promise<Item[]> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	const { results } = await n8n.rest.get<{ results: Array<{ id: string }> }>(
		`/rest/executions?limit=100&filter=${filter}`,
	);
	const executions = await Promise.all(
		results.map(async ({ id }) => await finishedExecution(n8n.rest, id)),
	);
	return executions.flatMap((execution) => execution.outputs(TRIGGER)[0] ?? []);
}

async function untilGiven(lab: Lab, workflowId: string, count: number): Promise<void> {
	await eventually(`${count} sessions are given`, POLLED_TIMEOUT_MS, async () =>
		(await itemsGiven(lab, workflowId)).length >= count ? true : undefined,
	);
}

/** Waits until n8n has asked Desk again, so that what it would give twice is given. */
async function untilPolledAgain({ simulator }: Lab): Promise<void> {
	const before = simulator.requests.length;
	await eventually('the trigger polls twice', POLLED_TIMEOUT_MS, async () =>
		simulator.requests.length >= before + 4 ? true : undefined,
	);
}

/**
 * Publishes the trigger, lets sessions end while it polls, while it is taken down and while it is published anew.
 * @returns what is to be done while n8n is off, and what must be true after it
 */
export async function pollThroughRestart(lab: Lab) {
	const { rest } = lab.n8n;
	add(lab, 'old', 120);
	const id = await createWorkflow(rest, chain('trigger', [deskTrigger()], ['Behind']));
	await activate(rest, id);
	// Publishing is answered before the trigger has looked at what is there.
	await untilPolledAgain(lab);
	const expected = add(lab, 'first', 150);
	await untilGiven(lab, id, expected.length);

	expected.push(...add(lab, 'during', 2));
	lab.simulator.planCommand('describe_im_cdr_list', { delayMs: 2000 });
	const before = lab.simulator.requests.length;
	await eventually('a poll reads', POLLED_TIMEOUT_MS, async () =>
		lab.simulator.requests.length > before ? true : undefined,
	);
	await deactivate(rest, id);
	await activate(rest, id);
	await untilGiven(lab, id, expected.length);

	return {
		whileOff: () => {
			expected.push(...add(lab, 'off', 30), ...add(lab, 'late-and-off', 10, hoursAgo(20)));
		},
		afterwards: async () => {
			expected.push(...add(lab, 'late', 40, hoursAgo(23)));
			await untilGiven(lab, id, expected.length);
			await untilPolledAgain(lab);
			const given = fieldOf(await itemsGiven(lab, id), 'sessionId') as string[];
			assert.deepEqual([...given].sort(), [...expected].sort(), '0 lost, 0 twice');
			await deactivate(rest, id);
		},
	};
}
