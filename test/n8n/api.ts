import { createRequire } from 'node:module';

import { N8N_PROGRAM } from './host';
import type { Rest } from './rest';
import { eventually } from './waiting';
import type { Workflow } from './workflow';

const RUN_TIMEOUT_MS = 120_000;
const WEBHOOK_READY_TIMEOUT_MS = 20_000;
export const UNFINISHED = ['new', 'running', 'waiting'];

export interface Credential {
	name: string;
	type: string;
	data: Record<string, unknown>;
}

export interface CredentialTestResult {
	status: 'OK' | 'Error';
	message: string;
}

export interface Item {
	json: Record<string, unknown>;
	pairedItem?: unknown;
}

/** One finished execution, as far as tests read it. */
export interface Execution {
	id: string;
	status: string;
	/** Items by output of the last run of a node; an empty list when it did not run. */
	outputs(nodeName: string): Item[][];
	/** Items by output of every run of a node: several in a loop, or behind several outputs. */
	runs(nodeName: string): Item[][][];
	/** How long the last run of a node took. */
	milliseconds(nodeName: string): number;
	/** Hints a node left for the builder. */
	hints(nodeName: string): string[];
	/** What ended the execution; undefined when nothing did. */
	error?: { message: string; description?: string };
}

interface RunData {
	[nodeName: string]: Array<{
		data?: { main?: Array<Item[] | null> };
		hints?: Array<{ message: string }>;
		executionTime: number;
	}>;
}

export async function createCredential(rest: Rest, credential: Credential): Promise<string> {
	return (await rest.post<{ id: string }>('/rest/credentials', credential)).id;
}

/** What n8n says of a credential, as when it tests one that is saved. */
export async function testCredential(
	rest: Rest,
	credential: Credential,
): Promise<CredentialTestResult> {
	return await rest.post('/rest/credentials/test', { credentials: { id: '', ...credential } });
}

export async function createWorkflow(rest: Rest, workflow: Workflow): Promise<string> {
	return (await rest.post<{ id: string }>('/rest/workflows', workflow)).id;
}

/** Publishes a workflow, so that its production webhook is served. */
export async function activate(rest: Rest, workflowId: string): Promise<void> {
	const { versionId } = await rest.get<{ versionId: string }>(`/rest/workflows/${workflowId}`);
	await rest.post(`/rest/workflows/${workflowId}/activate`, { versionId });
}

/** Takes a published workflow back: its triggers and production webhooks end. */
export async function deactivate(rest: Rest, workflowId: string): Promise<void> {
	await rest.post(`/rest/workflows/${workflowId}/deactivate`, {});
}

/** Runs a workflow from its manual trigger, as the button of the editor does, to its end. */
export async function runManually(
	rest: Rest,
	workflowId: string,
	triggerName: string,
): Promise<Execution> {
	const workflowData = await rest.get(`/rest/workflows/${workflowId}`);
	const { executionId } = await rest.post<{ executionId: string }>(
		`/rest/workflows/${workflowId}/run`,
		{
			workflowData,
			triggerToStartFrom: { name: triggerName },
		},
	);
	return await finishedExecution(rest, executionId);
}

/**
 * Calls a production webhook that answers when its last node has run.
 * @returns the execution it caused, whatever the webhook itself answered
 */
export async function callWebhook(
	rest: Rest,
	n8nUrl: string,
	workflowId: string,
	path: string,
	body: object,
): Promise<Execution> {
	await postToWebhook(n8nUrl, path, body);
	const { id } = await newestExecution(rest, workflowId);
	return await finishedExecution(rest, id);
}

/** Calls a production webhook. @returns what it answered */
export async function postToWebhook(n8nUrl: string, path: string, body: object): Promise<string> {
	return await eventually('the webhook is served', WEBHOOK_READY_TIMEOUT_MS, async () => {
		const response = await fetch(`${n8nUrl}/webhook/${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
		const answer = await response.text();
		// Activation is not finished when the request for it is answered.
		return response.status === 404 ? undefined : answer;
	});
}

/** The execution of a workflow that was started last, without its data: cheap to ask again and again. */
export async function newestExecution(
	rest: Rest,
	workflowId: string,
): Promise<{ id: string; status: string }> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	const { results } = await rest.get<{ results: Array<{ id: string; status: string }> }>(
		`/rest/executions?limit=1&filter=${filter}`,
	);
	return results[0];
}

/** The Retry button of a stopped execution. @returns the execution that the retry is */
export async function retryExecution(rest: Rest, executionId: string): Promise<Execution> {
	const retry = await rest.post<{ id: string }>(`/rest/executions/${executionId}/retry`, {
		loadWorkflow: false,
	});
	return await finishedExecution(rest, retry.id);
}

/** Waits for the end of an execution, and reads what n8n stored of it. */
export async function finishedExecution(rest: Rest, id: string): Promise<Execution> {
	const stored = await eventually('the execution is finished', RUN_TIMEOUT_MS, async () => {
		const execution = await rest.get<{ status: string; data: string }>(`/rest/executions/${id}`);
		return UNFINISHED.includes(execution.status) ? undefined : execution;
	});
	const { parse } = createRequire(N8N_PROGRAM)('flatted') as { parse: (text: string) => unknown };
	const { resultData } = parse(stored.data) as {
		resultData: { runData: RunData; error?: Execution['error'] };
	};
	const allRuns = (nodeName: string) => resultData.runData[nodeName] ?? [];
	const lastRun = (nodeName: string) => allRuns(nodeName).at(-1);
	const itemsOf = (run?: RunData[string][number]) =>
		(run?.data?.main ?? []).map((items) => items ?? []);
	return {
		id,
		status: stored.status,
		outputs: (nodeName) => itemsOf(lastRun(nodeName)),
		runs: (nodeName) => allRuns(nodeName).map(itemsOf),
		milliseconds: (nodeName) => lastRun(nodeName)?.executionTime ?? NaN,
		hints: (nodeName) => (lastRun(nodeName)?.hints ?? []).map(({ message }) => message),
		error: resultData.error,
	};
}
