import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { OutputMode } from '../input/parameters';
import type { Outcome } from '../contact/results';
import type { ContactReport } from './report';
import { toolAnswer } from './toolAnswer';

/** The outputs of the node. Connections are stored by position: append only. */
export const OUTPUT_NAMES = [
	'Contacted',
	'Agent Unavailable',
	'Configuration Error',
	'Other Outcome',
] as const;

const OUTPUT_OF: Record<Outcome, (typeof OUTPUT_NAMES)[number]> = {
	contacted: 'Contacted',
	agentUnavailable: 'Agent Unavailable',
	configurationError: 'Configuration Error',
	userUnavailable: 'Other Outcome',
	failed: 'Other Outcome',
	unconfirmed: 'Other Outcome',
};

/** Whether n8n's On Error setting decides about this outcome. */
export function isErrorOutcome(outcome: Outcome): boolean {
	return outcome === 'failed' || outcome === 'unconfirmed';
}

export interface OutputSettings {
	mode: OutputMode;
	includeInputFields: boolean;
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
	if (settings.mode === 'tool') return [leaving.map(({ item }) => item)];
	return OUTPUT_NAMES.map((name) =>
		leaving.filter(({ output }) => output === name).map(({ item }) => item),
	);
}

function itemOf(
	report: ContactReport,
	input: INodeExecutionData,
	index: number,
	{ mode, includeInputFields, canPair }: OutputSettings,
): INodeExecutionData {
	if (mode === 'errorOutput' && isErrorOutcome(report.outcome)) {
		// The only shape that every n8n moves to its Error output; it adds the input's fields itself.
		const json = { error: { ...report }, message: report.message };
		return { json, pairedItem: canPair(index) ? { item: index } : index };
	}
	const inputFields = includeInputFields ? withoutError(input.json) : {};
	const fields = mode === 'tool' ? toolAnswer(report) : report;
	return { json: { ...inputFields, ...fields }, pairedItem: { item: index } };
}

/** n8n takes an `error` key for a failure of the item. Some nodes hand on items without fields. */
function withoutError(json: IDataObject | undefined): IDataObject {
	return Object.fromEntries(Object.entries(json ?? {}).filter(([key]) => key !== 'error'));
}
