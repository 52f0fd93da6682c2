import {
	type IDataObject,
	type INodeExecutionData,
	NodeApiError,
	NodeOperationError,
	type INode,
} from 'n8n-workflow';

import type { OutputMode } from '../../shared/n8n/output';
import type { Done, Failure, Result } from '../run/done';

type Finished = Exclude<Done, { kind: 'stopped' }>;

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
	done: Finished,
	itemIndex: number,
	settings: ItemSettings,
): INodeExecutionData[] {
	const pairedItem = { item: itemIndex };
	if (done.kind === 'results') {
		const results = done.results.map((result) => jsonOf(result, settings));
		const isTool = settings.mode === 'tool';
		const leaving = isTool ? [toolAnswer(done, results)] : results;
		return leaving.map((json) => ({ json, pairedItem }));
	}
	const { message, ...details } = reportOf(done.failure);
	switch (settings.mode) {
		case 'tool':
			return [{ json: { message: saidToModel(done.failure), ...details }, pairedItem }];
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
function reportOf(failure: Failure) {
	const { message, advice, errorCode, errorInfo, retryLater, mayBeDone } = failure;
	return { message, advice, errorCode, errorInfo, retryLater, mayBeDone };
}

/** A cause alone would not tell a model that nothing came of it. */
function saidToModel({ message, mayBeDone }: Failure): string {
	return mayBeDone ? message : `Not done: ${message}`;
}

function jsonOf({ json, raw }: Result, { includeRaw }: ItemSettings): IDataObject {
	return includeRaw ? { ...json, raw } : json;
}

/** A model reads one answer to a call: a list is told as one, since an empty one would be no answer at all. */
function toolAnswer(
	{ says, isList }: Extract<Finished, { kind: 'results' }>,
	results: IDataObject[],
): IDataObject {
	return isList ? { message: says, results } : { message: says, ...results[0] };
}

/**
 * The error that ends the node under On Error = Stop Workflow. Nothing of what was sent is in it. The editor adds
 * `itemIndex` to the message.
 */
export function stopError(node: INode, failure: Failure, itemIndex: number): Error {
	const { message } = failure;
	const said = failure.errorInfo === '' ? '' : ` Desk said: ${failure.errorInfo}`;
	const description = `${failure.advice}${said}`.trim();
	if (failure.errorCode === null) {
		return new NodeOperationError(node, message, { itemIndex, description });
	}
	const httpCode = String(failure.errorCode);
	return new NodeApiError(node, { message }, { message, description, httpCode, itemIndex });
}
