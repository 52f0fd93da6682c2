import { strict as assert } from 'node:assert';

import { finishedExecution, type Execution } from '../../n8n/api';
import { eventually } from '../../n8n/waiting';
import type { Workflow } from '../../n8n/workflow';
import type { Lab } from '../lab';

const EVENT_TRIGGER = 'n8n-nodes-tencent-desk.tencentDeskEventTrigger';

const SERVED_WITHIN_MS = 20_000;
/** Desk waits this long, as far as is known: Tencent's Chat webhooks do. */
const DESK_WAITS_MS = 2000;

export type Wish = Omit<Parameters<Lab['simulator']['notify']>[0], 'url'>;

/** What Desk was answered, and what it had sent. */
export interface Answer {
	status: number;
	json: Record<string, unknown>;
	ms: number;
	sent: { url: string; body: object };
}

/**
 * Lets Desk call a webhook of n8n, when it is served.
 * @param path behind the address of n8n
 * @throws when it is not answered in time, or without JSON
 */
export async function callDeskWebhook(
	{ n8n, simulator }: Lab,
	path: string,
	wish: Wish,
): Promise<Answer> {
	const url = `${n8n.url}/${path}`;
	const notified = await eventually('the webhook is served', SERVED_WITHIN_MS, async () => {
		const result = await simulator.notify({ timeoutMs: DESK_WAITS_MS, ...wish, url });
		const isMissing = 'answer' in result && result.answer.delivered && result.answer.status === 404;
		// Publishing is not finished when the request for it is answered.
		return isMissing ? undefined : result;
	});
	assert.ok('answer' in notified && notified.answer.delivered, JSON.stringify(notified));
	const { answer, sent } = notified;
	assert.match(answer.contentType, /^application\/json/, answer.body);
	const json = JSON.parse(answer.body) as Answer['json'];
	return { status: answer.status, json, ms: answer.ms, sent };
}

/** Where the workflow of an example is called. */
export async function eventPathOf({ n8n }: Lab, workflowId: string): Promise<string> {
	const { nodes } = await n8n.rest.get<Workflow>(`/rest/workflows/${workflowId}`);
	const trigger = nodes.find(({ type }) => type === EVENT_TRIGGER);
	return `webhook/${trigger?.webhookId}/webhook`;
}

/** The first executions of a published workflow, in the order they began, when `count` have ended. */
export async function executionsOf(
	{ n8n: { rest } }: Lab,
	workflowId: string,
	count: number,
	timeoutMs = SERVED_WITHIN_MS,
): Promise<Execution[]> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	const ids = await eventually(`${count} executions`, timeoutMs, async () => {
		const { results } = await rest.get<{
			results: Array<{ id: string; stoppedAt: string | null }>;
		}>(`/rest/executions?limit=100&filter=${filter}`);
		const ended = results.filter(({ stoppedAt }) => stoppedAt !== null).map(({ id }) => id);
		return ended.length >= count ? ended : undefined;
	});
	const inOrder = ids.sort((a, b) => Number(a) - Number(b));
	return await Promise.all(inOrder.map(async (id) => await finishedExecution(rest, id)));
}
