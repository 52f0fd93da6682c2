import { NodeConnectionTypes, type INodeTypeDescription } from 'n8n-workflow';

/** The outputs of the node. Connections are stored by position: append only. */
export const OUTPUT_NAMES = [
	'Contacted',
	'No Agent Free',
	'Config Error',
	'Other Outcome',
] as const;

/** What turns the option Single Output on. */
export const ON = /^\s*(true|1)\s*$/i;

const outputsNamed = (...names: string[]) =>
	JSON.stringify(names.map((displayName) => ({ type: NodeConnectionTypes.Main, displayName })));

/**
 * One output when Single Output is on, else the four. Of `$rawParameter`, as `hasSingleOutput` reads it: n8n works the
 * outputs out without items, and an expression that fails there would leave the node without any.
 */
export const OUTPUTS: INodeTypeDescription['outputs'] = `={{ ${ON}.test(String($rawParameter.options?.singleOutput))
	? ${outputsNamed('All Outcomes')}
	: ${outputsNamed(...OUTPUT_NAMES)} }}`;
