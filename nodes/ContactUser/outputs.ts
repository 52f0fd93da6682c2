import type {
	IDataObject,
	INode,
	INodeExecutionData,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';

import { isRecord } from '../shared/desk/values';
import { withInputFields, stopErrorOf, type StopWords } from '../shared/n8n/output';
import type { OutputMode } from '../shared/n8n/runItems';
import { ON, OUTPUT_NAMES } from './description';
import {
	resultOf,
	toolAnswer,
	type ContactedItem,
	type ContactReport,
	type Outcome,
} from './report';

const OUTPUT_OF: Record<Outcome, (typeof OUTPUT_NAMES)[number]> = {
	contacted: 'Contacted',
	agentUnavailable: 'No Agent',
	configurationError: 'Config Error',
	userUnavailable: 'Other',
	failed: 'Other',
	unconfirmed: 'Other',
};

/**
 * Whether the node has one output: by what its option holds, and not what an expression there gives, as n8n works out
 * the outputs of the canvas without items.
 */
export function hasSingleOutput({ parameters }: Pick<INode, 'parameters'>): boolean {
	const options: unknown = parameters.options;
	return isRecord(options) && ON.test(String(options.singleOutput));
}

export interface OutputSettings {
	mode: OutputMode;
	/** By item, whether n8n's On Error setting decides about it. */
	followOnError: boolean[];
	includeInputFields: boolean;
	singleOutput: boolean;
	/**
	 * Whether n8n can look up the input item of item `index`. Where it cannot, its error routing throws and sends
	 * every input item out of the first output (`handleNodeErrorOutput` in n8n-core), so the lookup is avoided.
	 */
	canPair: (index: number) => boolean;
}

/** Puts each report on its output, in the order of the items. As many items leave as came in. */
export function toOutputs(
	items: INodeExecutionData[],
	reports: ContactReport[],
	settings: OutputSettings,
): INodeExecutionData[][] {
	const leaving = reports.map((report, index) => ({
		output: OUTPUT_OF[report.outcome],
		item: itemOf(report, items[index], index, settings),
	}));
	if (settings.mode === 'tool' || settings.singleOutput) return [leaving.map(({ item }) => item)];
	return OUTPUT_NAMES.map((name) =>
		leaving.filter(({ output }) => output === name).map(({ item }) => item),
	);
}

function itemOf(
	report: ContactReport,
	input: INodeExecutionData | undefined,
	index: number,
	{ mode, followOnError, includeInputFields, canPair }: OutputSettings,
): INodeExecutionData {
	const binary = includeInputFields && input?.binary ? { binary: input.binary } : {};
	if (mode === 'errorOutput' && followOnError[index]) {
		// The only shape that every n8n moves to its Error output; it adds the input's fields itself.
		const json = { error: { ...report }, message: report.message };
		return { json, ...binary, pairedItem: canPair(index) ? { item: index } : index };
	}
	const fields: IDataObject = { ...(mode === 'tool' ? toolAnswer(report) : report) };
	const json = includeInputFields ? withInputFields(fields, input?.json) : fields;
	return { json, ...binary, pairedItem: { item: index } };
}

const WORDS: StopWords = {
	noun: 'user',
	account: {
		done: 'Contacted',
		perhapsDone: 'Unclear, perhaps contacted',
		notDone: 'Not contacted',
		retry: 'contacts nobody twice',
		execute: 'contacts users again',
	},
};

interface EndedContact extends Pick<ContactedItem, 'ended' | 'sameAs'> {
	request: Pick<ContactedItem['request'], 'userId'>;
}

/** The error that ends the node under On Error = Stop Workflow. */
export function stopErrorOfContacts(
	node: INode,
	contacts: EndedContact[],
	itemIndex: number,
): NodeApiError | NodeOperationError {
	const items = contacts.map(({ ended, request }) => ({ ended, name: request.userId }));
	const { ended, sameAs } = contacts[itemIndex] as EndedContact;
	return stopErrorOf(node, items, itemIndex, resultOf(ended, sameAs), WORDS);
}
