import { strict as assert } from 'node:assert';

import { finishedExecution, type Execution } from '../../n8n/api';
import { eventually } from '../../n8n/waiting';
import type { Lab } from '../lab';

const SERVED_WITHIN_MS = 20_000;
/** Desk waits this long, as far as is known: Tencent's Chat webhooks do. */
const DESK_WAITS_MS = 2000;

type Wish = Omit<Parameters<Lab['simulator']['notify']>[0], 'url'>;

/** Lets Desk call a production webhook of n8n. @returns what it was answered, in time and with status 200 */
export async function sendEvent(
	{ n8n, simulator }: Lab,
	path: string,
	wish: Wish,
): Promise<{ contentType: string; body: string }> {
	const url = `${n8n.url}/webhook/${path}`;
	return await eventually('the webhook is served', SERVED_WITHIN_MS, async () => {
		const notified = await simulator.notify({ ...wish, url, timeoutMs: DESK_WAITS_MS });
		assert.ok('answer' in notified, JSON.stringify(notified));
		const { answer } = notified;
		// Publishing is not finished when the request for it is answered.
		if (answer.delivered && answer.status === 404) return undefined;
		assert.ok(answer.delivered && answer.status === 200, JSON.stringify(answer));
		return answer;
	});
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
