import type { IExecuteFunctions } from 'n8n-workflow';

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
