import { createHash, randomUUID } from 'node:crypto';
import type { IExecuteFunctions } from 'n8n-workflow';

const CONTEXT_KEY = 'tencentDeskExecution';

/**
 * What tells this run of the node apart from every other one: the same for Retry On Fail and for the Retry button.
 * The Retry button makes a new execution with a new ID (`ExecutionService.retry` in n8n), but takes along the context
 * of the node; so the first ID is kept there. Without it the ID itself still outlives a worker that died.
 */
export function runSeed(context: IExecuteFunctions): string {
	const { id, name } = context.getNode();
	return JSON.stringify([firstExecution(context), id ?? name, runIndexOf(context)]);
}

function firstExecution(context: IExecuteFunctions): string {
	const current = context.getExecutionId() || randomUUID();
	try {
		const store = context.getContext('node');
		const kept: unknown = store[CONTEXT_KEY];
		if (typeof kept === 'string') return kept;
		store[CONTEXT_KEY] = current;
	} catch {
		// A context that cannot be had keeps nothing; the ID stays the same for Retry On Fail.
	}
	return current;
}

/** In a loop, one node runs many times in an execution; n8n counts the runs from 0. */
function runIndexOf(context: IExecuteFunctions): number {
	try {
		return Number(context.getWorkflowDataProxy(0).$runIndex);
	} catch {
		return 0;
	}
}

/** A uint32 that is the same for the same parts. */
export function uint32Of(...parts: Array<string | number>): number {
	return createHash('sha256').update(JSON.stringify(parts)).digest().readUInt32BE(0);
}
