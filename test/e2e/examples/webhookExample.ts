import { finishedExecution, type Execution } from '../../n8n/api';
import { eventually } from '../../n8n/waiting';
import type { Workflow } from '../../n8n/workflow';
import type { Lab } from '../lab';

const EVENT_TRIGGER = 'n8n-nodes-tencent-desk.tencentDeskEventTrigger';
const SERVED_WITHIN_MS = 20_000;

/** Where the workflow of an example is called. */
export async function eventUrlOf({ n8n }: Lab, workflowId: string): Promise<string> {
	const { nodes } = await n8n.rest.get<Workflow>(`/rest/workflows/${workflowId}`);
	const trigger = nodes.find(({ type }) => type === EVENT_TRIGGER);
	return `${n8n.url}/webhook/${trigger?.webhookId}/webhook`;
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
