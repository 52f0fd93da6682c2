import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';

import { CREDENTIAL_TYPE } from '../../shared/api/callDesk';
import { isRecord } from '../../shared/api/reply';
import type { ContactParameters, ParameterReading } from './contactRequest';
import { itemFieldOf } from './itemField';
import { readOptions, type RunOptions } from './options';
import type { OutputMode } from '../output/outputs';
import type { RetryContext } from '../contact/retryMemory';

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
	const userId = readerOf(context, 'userId');
	const customerServiceAccount = readerOf(context, 'customerServiceAccount');
	const agentGroup = readerOf(context, 'agentGroup');
	const agent = readerOf(context, 'agent');
	return (itemIndex) => ({
		userId: userId(itemIndex),
		customerServiceAccount: customerServiceAccount(itemIndex),
		agentGroup: agentGroup(itemIndex),
		agent: agent(itemIndex),
	});
}

/**
 * Reads one parameter, asking n8n no more often than needed: what holds no expression is the same for every item, and
 * a mere field of the item is taken from there, once n8n has said the same of the first item.
 */
function readerOf(
	context: IExecuteFunctions,
	name: keyof ContactParameters,
): (itemIndex: number) => ParameterReading {
	const stored = context.getNode().parameters[name];
	const first = readParameter(context, name, 0);
	if (!hasExpression(stored)) return () => first;

	const items = context.getInputData();
	const fieldOf = itemFieldOf(stored) ?? (() => undefined);
	const firstField = fieldOf(items[0]?.json);
	const isMereField = firstField !== undefined && 'value' in first && first.value === firstField;
	return (itemIndex) => {
		if (itemIndex === 0) return first;
		const value = isMereField ? fieldOf(items[itemIndex].json) : undefined;
		return value === undefined ? readParameter(context, name, itemIndex) : { value };
	};
}

/** Whether a text in it starts with `=`, as n8n marks an expression. */
function hasExpression(parameter: unknown): boolean {
	return JSON.stringify(parameter)?.includes('"=') ?? false;
}

export interface UsableCredential {
	data: ICredentialDataDecryptedObject;
}

/** The credential as it is for this item (its fields may be expressions), or n8n's reason why there is none. */
export async function readCredential(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<UsableCredential | { unreadable: string }> {
	try {
		return { data: await context.getCredentials(CREDENTIAL_TYPE, itemIndex) };
	} catch (error) {
		return { unreadable: textOf(error) };
	}
}

/**
 * Where this run of the node may leave a memory for a retry of the same execution; undefined where there is none.
 * Off for tools: an agent decides itself whether to call again.
 */
export function retryContextOf(
	context: IExecuteFunctions,
	mode: OutputMode,
): RetryContext | undefined {
	if (mode === 'tool') return undefined;
	try {
		// In a loop, one node runs many times in an execution; n8n counts the runs from 0.
		const runIndex = Number(context.getWorkflowDataProxy(0).$runIndex);
		return { store: context.getContext('node'), runIndex };
	} catch {
		return undefined;
	}
}

/** Whether n8n can look up the input item of an output item; the same call as its error routing makes. */
export function canPairInput(context: IExecuteFunctions): (itemIndex: number) => boolean {
	return (itemIndex) => {
		try {
			const source = context.getInputSourceData();
			const found: unknown = context
				.getWorkflowDataProxy(0)
				.$getPairedItem(source.previousNode, source, { item: itemIndex });
			return found === null || (isRecord(found) && isRecord(found.json));
		} catch {
			return false;
		}
	};
}

function readParameter(
	context: IExecuteFunctions,
	name: string,
	itemIndex: number,
): ParameterReading {
	try {
		return { value: context.getNodeParameter(name, itemIndex, '', { extractValue: true }) };
	} catch (error) {
		return { unreadable: textOf(error) };
	}
}

function textOf(error: unknown): string {
	return error instanceof Error ? error.message : 'unknown reason';
}
