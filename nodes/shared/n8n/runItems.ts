import type { IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';
import type { Ended } from '../delivery/command';
import { isCancelled, THIS_PROCESS } from '../delivery/process';
import { openRetryMemory, retryContextOf } from '../delivery/retryMemory';
import { type Item, type RunSettings, forEachItem, openRun } from '../delivery/run';

/**
 * Where what a node has to say goes:
 *  - `stop`, `continue`: On Error = Stop Workflow, Continue
 *  - `errorOutput`: On Error = Continue (using error output)
 *  - `tool`: as a tool of an AI Agent, which only ever reads the first output
 */
export type OutputMode = 'stop' | 'continue' | 'errorOutput' | 'tool';

/** The mode of this run. n8n gives the tool twin of a node a type that ends in `Tool`. */
export function outputModeOf(context: IExecuteFunctions): OutputMode {
	const { type, onError } = context.getNode();
	if (type.endsWith('Tool')) return 'tool';
	if (onError === 'continueErrorOutput') return 'errorOutput';
	return context.continueOnFail() ? 'continue' : 'stop';
}

/**
 * Whether n8n may run the node again although it returned: with Retry On Fail, n8n does so while the first item of the
 * first output carries an error (`checkFailure` in n8n-core's workflow-execute). Which try this is, no node is told.
 */
export function mayRunAgain(
	{ retryOnFail }: Pick<INode, 'retryOnFail'>,
	[first]: INodeExecutionData[][],
): boolean {
	const error: unknown = first?.[0]?.json.error;
	return retryOnFail === true && error !== undefined && error !== null && error !== false;
}

/** What a node makes of its items. `Worked` is the record of one item, which the node fills in. */
export interface NodeWork<Worked> {
	mode: OutputMode;
	settings: RunSettings;
	/** One for each item. */
	records: Worked[];
	work(item: Item, record: Worked): Promise<Ended>;
	/** Whether On Error = Stop Workflow stops for it. */
	isError(ended: Ended): boolean;
	/** The error of a run that has stopped. */
	stopError(itemIndex: number): Error;
	outputs(): INodeExecutionData[][];
}

/**
 * Works through all items of a node, and gives its outputs. What was done is remembered until n8n will not run the node
 * again in this execution.
 * @throws `stopError` under On Error = Stop Workflow; nothing in any other mode, since n8n would then send the untouched
 * inputs on as if all was well
 */
export async function runItems<Worked extends { ended: Ended }>(
	context: IExecuteFunctions,
	node: NodeWork<Worked>,
): Promise<INodeExecutionData[][]> {
	// An agent decides itself whether to call its tool again.
	const retryContext = node.mode === 'tool' ? undefined : retryContextOf(context);
	const memory = openRetryMemory(retryContext, THIS_PROCESS);
	let stoppedAt: number | undefined;
	const run = openRun(context, node.settings, {
		memory,
		onEnded(ended, itemIndex) {
			// What is only left over from an earlier run has stopped that one already.
			const isNews = ended.kind !== 'notTried' && ended.fromEarlierTry !== true;
			if (node.mode !== 'stop' || !isNews || !node.isError(ended)) return;
			stoppedAt ??= itemIndex;
			run.scheduler.halt();
		},
	});
	await forEachItem(run, node.records, node.work);

	let outputs: INodeExecutionData[][] | undefined;
	try {
		// A throw would turn a cancelled execution into a failed one; n8n goes no further with what is returned.
		if (stoppedAt !== undefined && !isCancelled(context)) throw node.stopError(stoppedAt);
		outputs = node.outputs();
		return outputs;
	} finally {
		// A later run must know what was done, whatever made this one fail.
		const { retryOnFail } = context.getNode();
		// Old versions of n8n (1.85) go on with all tries, and hand on the first result, once that carried an error.
		const isOneOfSeveral = retryOnFail === true && !memory.isEmpty;
		const comesBack = outputs === undefined || mayRunAgain(context.getNode(), outputs);
		if (comesBack || isOneOfSeveral) memory.keep();
		else memory.forget();
	}
}
