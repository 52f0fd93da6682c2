import type { IExecuteFunctions } from 'n8n-workflow';

import { parameterOfEachItem, readParameter } from '../../shared/n8n/parameters';
import type { ContactParameters } from './contactRequest';
import { readOptions, type RunOptions } from './options';

/**
 * Where reports go:
 *  - `stop`, `continue`: On Error = Stop Workflow, Continue
 *  - `errorOutput`: On Error = Continue (using error output)
 *  - `tool`: as a tool of an AI Agent, which only ever reads the first output
 */
export type OutputMode = 'stop' | 'continue' | 'errorOutput' | 'tool';

/** Where reports of this run go. n8n gives the tool twin of a node a type that ends in `Tool`. */
export function outputModeOf(context: IExecuteFunctions): OutputMode {
	const { type, onError } = context.getNode();
	if (type.endsWith('Tool')) return 'tool';
	if (onError === 'continueErrorOutput') return 'errorOutput';
	return context.continueOnFail() ? 'continue' : 'stop';
}

/** The options are the run's: read once, with the first item. An expression that fails leaves the defaults. */
export function readRunOptions(context: IExecuteFunctions): RunOptions {
	const options = readParameter(context, 'options', 0);
	return readOptions('value' in options ? options.value : {});
}

/** Gives the parameters of an item. */
export function parameterReader(
	context: IExecuteFunctions,
): (itemIndex: number) => ContactParameters {
	const userId = parameterOfEachItem(context, 'userId');
	const customerServiceAccount = parameterOfEachItem(context, 'customerServiceAccount');
	const agentGroup = parameterOfEachItem(context, 'agentGroup');
	const agent = parameterOfEachItem(context, 'agent');
	return (itemIndex) => ({
		userId: userId(itemIndex),
		customerServiceAccount: customerServiceAccount(itemIndex),
		agentGroup: agentGroup(itemIndex),
		agent: agent(itemIndex),
	});
}
