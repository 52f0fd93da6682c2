import { NodeConnectionTypes, type INodeTypeDescription } from 'n8n-workflow';

import { ON, OUTPUT_NAMES } from '../output/outputs';

const outputsNamed = (...names: string[]) =>
	JSON.stringify(names.map((displayName) => ({ type: NodeConnectionTypes.Main, displayName })));

/**
 * One output when Single Output is on, else the four. Of `$rawParameter`, as `hasSingleOutput` reads it: n8n works the
 * outputs out without items, and an expression that fails there would leave the node without any.
 */
export const OUTPUTS: INodeTypeDescription['outputs'] = `={{ ${ON}.test(String($rawParameter.options?.singleOutput))
	? ${outputsNamed('All Outcomes')}
	: ${outputsNamed(...OUTPUT_NAMES)} }}`;
