import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Ended } from '../delivery/command';
import { isCancelled } from '../delivery/process';
import { openRetryMemory, retryContextOf, THIS_PROCESS } from '../delivery/retryMemory';
import { forEachItem, openRun, type Item, type RunSettings } from '../delivery/run';
import { mayRunAgain, type OutputMode } from './output';

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
