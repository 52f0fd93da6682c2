import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { ContactReport, Outcome } from './report';

/** The outputs of the node. Connections are stored by position: append only. */
export const OUTPUT_NAMES = [
	'Contacted',
	'Agent Unavailable',
	'Configuration Error',
	'Other Outcome',
] as const;

const OUTPUT_OF: Record<Outcome, number> = {
	contacted: 0,
	agentUnavailable: 1,
	configurationError: 2,
	userUnavailable: 3,
	failed: 3,
	unconfirmed: 3,
};

/**
 * Where reports go:
 *  - `stop`, `continue`: On Error = Stop Workflow, Continue
 *  - `errorOutput`: On Error = Continue (using error output)
 *  - `tool`: as a tool of an AI Agent, which only ever reads the first output
 */
export type OutputMode = 'stop' | 'continue' | 'errorOutput' | 'tool';

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
	const { mode, includeInputFields } = settings;
	const outputs: INodeExecutionData[][] = OUTPUT_NAMES.map(() => []);
	reports.forEach((report, index) => {
		const toErrorOutput = mode === 'errorOutput' && isErrorOutcome(report.outcome);
		const json = toErrorOutput
			? errorItem(report)
			: { ...(includeInputFields ? withoutError(items[index].json) : {}), ...report };
		const pairedItem = toErrorOutput && !settings.canPair(index) ? index : { item: index };
		outputs[OUTPUT_OF[report.outcome]].push({ json: json as IDataObject, pairedItem });
	});
	if (mode !== 'tool') return outputs;
	return [outputs.flat().sort((a, b) => indexOf(a) - indexOf(b))];
}

/** The only shape that n8n moves to its Error output; it adds the input's fields itself. */
function errorItem(report: ContactReport) {
	return { error: report.message, message: report.message, details: { ...report } };
}

/** n8n takes an `error` key for a failure of the item. */
function withoutError(json: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(json).filter(([key]) => key !== 'error'));
}

function indexOf({ pairedItem }: INodeExecutionData): number {
	return (pairedItem as { item: number }).item;
}
