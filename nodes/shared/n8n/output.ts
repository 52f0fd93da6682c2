import type {
	IDataObject,
	IExecuteFunctions,
	INode,
	INodeExecutionData,
	NodeExecutionHint,
} from 'n8n-workflow';

import { isRecord } from '../desk/reply';

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

/**
 * Whether n8n can look up the input item of an output item, as its error routing does. Up to n8n 2 by the very call
 * that it makes; n8n 3 has taken that one away from nodes, so there by the lookup that expressions use.
 */
export function canPairInput(context: IExecuteFunctions): (itemIndex: number) => boolean {
	return (itemIndex) => {
		try {
			const source = context.getInputSourceData();
			const proxy = context.getWorkflowDataProxy(0);
			const found: unknown =
				proxy.$getPairedItem === undefined
					? proxy.$(source.previousNode).pairedItem(itemIndex)
					: proxy.$getPairedItem(source.previousNode, source, { item: itemIndex });
			return found === null || (isRecord(found) && isRecord(found.json));
		} catch {
			return false;
		}
	};
}

/** Fields of the node together with those of the input item. Ours twice: they stand first, where the editor shows them, and they win. */
export function withInputFields(ours: IDataObject, input: IDataObject | undefined): IDataObject {
	// n8n takes an `error` key for a failure of the item. Some nodes hand on items without fields.
	const kept = Object.entries(input ?? {}).filter(([key]) => key !== 'error');
	const fields = Object.fromEntries(kept) as IDataObject;
	return { ...ours, ...fields, ...ours };
}

/** The one box that n8n shows beside the output of a run, line by line; none without lines. */
export function hintOf(lines: string[], type: 'info' | 'warning'): NodeExecutionHint[] {
	if (lines.length === 0) return [];
	return [{ type, location: 'outputPane', message: lines.map(forHtml).join('<br>') }];
}

/** The editor takes hints for HTML. */
function forHtml(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
