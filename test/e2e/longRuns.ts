import { strict as assert } from 'node:assert';
import { readFile } from 'node:fs/promises';

import { activate, createWorkflow, newestExecution, postToWebhook, UNFINISHED } from '../n8n/api';
import { contactUser } from '../n8n/deskNodes';
import { eventually } from '../n8n/waiting';
import { chain, splitOut, webhook } from '../n8n/workflow';
import type { Case, Lab } from './lab';

/** At 20 requests a second, this many users take half a minute. */
const USERS = Array.from({ length: 600 }, (_, n) => ({ userId: `long-${n}` }));
const LONG_ENOUGH = 130;

interface Stored {
	status: string;
	customData?: Record<string, string>;
}

export const longRuns: Case[] = [
	{
		name: 'a long run tells how far it is in the log, and after Stop in the custom data of its execution',
		run: async (lab) => {
			const { n8n, simulator } = lab;
			const executionId = await startLongRun(lab);
			await eventually('the run has lasted for some seconds', 30_000, () =>
				Promise.resolve(simulator.ledger.length > LONG_ENOUGH ? true : undefined),
			);
			await n8n.rest.post(`/rest/executions/${executionId}/stop`, {});
			const stored = await eventually('n8n has stored the stopped run', 20_000, async () => {
				const execution = await n8n.rest.get<Stored>(`/rest/executions/${executionId}`);
				const isStored = !UNFINISHED.includes(execution.status) && execution.customData;
				return isStored ? execution : undefined;
			});

			assert.equal(stored.status, 'canceled');
			const [, done, contacted] =
				/^(\d+) of 600 items done, (\d+) contacted$/.exec(stored.customData?.Contact_User ?? '') ??
				[];
			assert.ok(Number(done) > 100, JSON.stringify(stored.customData));
			const reallyContacted = simulator.ledger.length;
			assert.ok(
				Number(contacted) <= reallyContacted && Number(contacted) >= reallyContacted - 50,
				`${contacted} told, ${reallyContacted} contacted`,
			);
			const log = await readFile(n8n.logFile, 'utf8');
			assert.match(log, /Contact User: \d+ of 600 items done, \d+ contacted/);
		},
	},
];

/** @returns the id of the execution, which is under way */
async function startLongRun({ n8n }: Lab): Promise<string> {
	const path = 'long-run';
	const node = contactUser({ parameters: { options: { requestsPerSecond: 20 } } });
	const flow = chain(path, [webhook(path, 'onReceived'), splitOut('body.users'), node]);
	const workflowId = await createWorkflow(n8n.rest, flow);
	await activate(n8n.rest, workflowId);
	await postToWebhook(n8n.url, path, { users: USERS });
	return await eventually('the run has begun', 20_000, async () => {
		const execution = await newestExecution(n8n.rest, workflowId);
		return execution?.id;
	});
}
