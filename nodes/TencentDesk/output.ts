import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';

import type { Failed } from '../shared/delivery/command';
import { withInputFields, stopErrorOf, type AccountWords } from '../shared/n8n/output';
import type { OutputMode } from '../shared/n8n/runItems';
import type { Results, Worked } from './work';

export interface ItemSettings {
	mode: OutputMode;
	/** The item that came in. */
	input: IDataObject;
	/**
	 * Whether n8n can look up the input item. Where it cannot, its error routing throws and sends every input item on as
	 * a success (`handleNodeErrorOutput` in n8n-core), so the lookup is avoided.
	 */
	canPair: boolean;
}

/** What leaves the node for one item. A failure under On Error = Stop Workflow is thrown, and does not come here. */
export function itemsOf(
	{ ended, found, options, about }: Worked,
	itemIndex: number,
	{ mode, input, canPair }: ItemSettings,
): INodeExecutionData[] {
	const pairedItem = { item: itemIndex };
	const keepsInput = options?.includeInputFields === true && mode !== 'tool';
	const withInput = (json: IDataObject): IDataObject =>
		keepsInput ? withInputFields(json, input) : json;
	if (found !== undefined) {
		const results = found.results.map(({ json, raw }) => (options?.raw ? { ...json, raw } : json));
		const leaving = mode === 'tool' ? [toolAnswer(found, results)] : results.map(withInput);
		return leaving.map((json) => ({ json, pairedItem }));
	}
	// The execution was cancelled before: n8n goes no further with what is returned.
	if (ended.kind !== 'failed') return [];
	const { message, ...details } = { ...reportOf(ended), ...about };
	switch (mode) {
		case 'tool':
			return [
				{ json: { message: saidToModel(message, details.mayBeDone), ...details }, pairedItem },
			];
		case 'errorOutput':
			// The only shape that every n8n moves to its Error output; it adds the input's fields itself.
			return [
				{
					json: { error: { message, ...details }, message },
					pairedItem: canPair ? pairedItem : itemIndex,
				},
			];
		case 'stop':
		case 'continue':
			return [{ json: withInput({ error: message, ...details }), pairedItem }];
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

/** A model reads one answer to a call: a list is told as one, since an empty one would be no answer at all. */
function toolAnswer({ says, isList }: Results, results: IDataObject[]): IDataObject {
	return isList ? { message: says, results } : { message: says, ...results[0] };
}

const ACCOUNT: AccountWords = {
	done: 'Done',
	perhapsDone: 'Unclear, perhaps done',
	notDone: 'Not done',
	retry: 'does nothing twice',
	execute: 'does everything again',
};

/** The error that ends the node under On Error = Stop Workflow. Nothing of what was sent is in it. */
export function stopErrorOfOperation(
	node: INode,
	worked: Worked[],
	itemIndex: number,
	isChange: boolean,
): Error {
	const { ended, about = {} } = worked[itemIndex] as Worked;
	const { userId, sessionId } = about;
	const noun = userId !== undefined ? 'user' : sessionId !== undefined ? 'session' : 'agent';
	const items = worked.map((one) => ({
		ended: one.ended,
		name: String(one.about?.userId ?? one.about?.sessionId ?? one.about?.agent ?? ''),
	}));
	return stopErrorOf(node, items, itemIndex, (ended as Failed).finding, {
		noun,
		...(isChange && { account: ACCOUNT }),
	});
}
