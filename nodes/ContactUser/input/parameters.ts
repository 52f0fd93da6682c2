import type { IExecuteFunctions } from 'n8n-workflow';

import { outputModeOf } from '../../shared/n8n/output';
import {
	readCollection,
	parameterOfEachItem,
	type ParameterReading,
} from '../../shared/n8n/parameters';
import type { ContactParameters } from './contactRequest';
import { readOptions, type OptionsReading } from './options';

/**
 * The options are the run's: read once, with the first item. What cannot be read is a problem of every item. A tool
 * keeps no input fields: they are what n8n hands to the agent, not an answer.
 */
export function readRunOptions(context: IExecuteFunctions): OptionsReading {
	const { options, problem } = readOptions(readCollection(context, 'options', 0));
	const includeInputFields = options.includeInputFields && outputModeOf(context) !== 'tool';
	return { options: { ...options, includeInputFields }, problem };
}

/** What models give where they mean no group in particular. */
const NO_GROUP = /^\s*(0+|null|none|undefined|nil|any|n\/a)\s*$/i;

/** Gives the parameters of an item. */
export function parameterReader(
	context: IExecuteFunctions,
): (itemIndex: number) => ContactParameters {
	const userId = parameterOfEachItem(context, 'userId');
	const customerServiceAccount = parameterOfEachItem(context, 'customerServiceAccount');
	const agentGroup = parameterOfEachItem(context, 'agentGroup');
	const agent = parameterOfEachItem(context, 'agent');
	const isTool = outputModeOf(context) === 'tool';
	return (itemIndex) => ({
		userId: userId(itemIndex),
		customerServiceAccount: customerServiceAccount(itemIndex),
		agentGroup: isTool ? groupOfModel(agentGroup(itemIndex)) : agentGroup(itemIndex),
		agent: agent(itemIndex),
	});
}

/** Tencent has no group 0, and to refuse it would cost the user the agent over a word. */
function groupOfModel(reading: ParameterReading): ParameterReading {
	const value = 'value' in reading ? reading.value : undefined;
	const isWord = typeof value === 'string' || typeof value === 'number';
	return isWord && NO_GROUP.test(String(value)) ? { value: null } : reading;
}
