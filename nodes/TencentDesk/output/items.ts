import {
	type IDataObject,
	type INodeExecutionData,
	NodeApiError,
	NodeOperationError,
	type INode,
} from 'n8n-workflow';

import type { OutputMode } from '../../shared/n8n/output';
import type { Failed } from '../../shared/delivery/command';
import type { Result, Results, Worked } from '../run/work';

export interface ItemSettings {
	mode: OutputMode;
	includeRaw: boolean;
	/**
	 * Whether n8n can look up the input item. Where it cannot, its error routing throws and sends every input item on as
	 * a success (`handleNodeErrorOutput` in n8n-core), so the lookup is avoided.
	 */
	canPair: boolean;
}

/** What leaves the node for one item. A failure under On Error = Stop Workflow is thrown, and does not come here. */
export function itemsOf(
	{ ended, found }: Worked,
	itemIndex: number,
	settings: ItemSettings,
): INodeExecutionData[] {
	const pairedItem = { item: itemIndex };
	if (found !== undefined) {
		const results = found.results.map((result) => jsonOf(result, settings));
		const isTool = settings.mode === 'tool';
		const leaving = isTool ? [toolAnswer(found, results)] : results;
		return leaving.map((json) => ({ json, pairedItem }));
	}
	// The execution was cancelled before: n8n goes no further with what is returned.
	if (ended.kind !== 'failed') return [];
	const { message, ...details } = reportOf(ended);
	switch (settings.mode) {
		case 'tool':
			return [{ json: { message: saidToModel(message, details.mayBeDone), ...details }, pairedItem }];
		case 'errorOutput':
			// The only shape that every n8n moves to its Error output; it adds the input's fields itself.
			return [
				{
					json: { error: { message, ...details }, message },
					pairedItem: settings.canPair ? pairedItem : itemIndex,
				},
			];
		case 'stop':
		case 'continue':
			return [{ json: { error: message, ...details }, pairedItem }];
	}
}

/** The failure as a builder reads it. */
function reportOf({ finding, mayBeDone }: Failed) {
	const { message, advice, errorCode, errorInfo, retryLater } = finding;
	return { message, advice, errorCode, errorInfo, retryLater, mayBeDone };
}

/** A cause alone would not tell a model that nothing came of it. */
function saidToModel(message: string, mayBeDone: boolean): string {
	return mayBeDone ? message : `Not done: ${message}`;
}

function jsonOf({ json, raw }: Result, { includeRaw }: ItemSettings): IDataObject {
	return includeRaw ? { ...json, raw } : json;
}

/** A model reads one answer to a call: a list is told as one, since an empty one would be no answer at all. */
function toolAnswer(
	{ says, isList }: Results,
	results: IDataObject[],
): IDataObject {
	return isList ? { message: says, results } : { message: says, ...results[0] };
}

/**
 * The error that ends the node under On Error = Stop Workflow. Nothing of what was sent is in it. The editor adds
 * `itemIndex` to the message.
 */
export function stopError(node: INode, worked: Worked[], itemIndex: number): Error {
	const { ended } = worked[itemIndex] as Worked;
	if (ended.kind !== 'failed') throw new Error('The item that stops the node has failed');
	const { message, advice, errorCode, errorInfo } = ended.finding;
	const said = errorInfo === '' ? '' : ` Desk said: ${errorInfo}`;
	const description = `${advice}${said}`.trim();
	if (errorCode === null) {
		return new NodeOperationError(node, message, { itemIndex, description });
	}
	const httpCode = String(errorCode);
	return new NodeApiError(node, { message }, { message, description, httpCode, itemIndex });
}
