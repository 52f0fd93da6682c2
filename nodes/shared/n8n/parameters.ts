import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { Problem } from '../../../credentials/deskAccount';
import { isRecord } from '../desk/values';

/** A parameter as n8n gave it (anything, since expressions may give anything), or why it could not. */
export type ParameterReading =
	| {
			value: unknown;
			/** As the workflow has it, where that holds an expression. */
			stored?: unknown;
	  }
	| { unreadable: string };

/** Reads one parameter of an item. Never throws. */
export function readParameter(
	context: IExecuteFunctions,
	name: string,
	itemIndex: number,
): ParameterReading {
	try {
		return { value: context.getNodeParameter(name, itemIndex, '', { extractValue: true }) };
	} catch (error) {
		return { unreadable: error instanceof Error ? error.message : 'unknown reason' };
	}
}

/**
 * Gives a parameter of every item, asking n8n no more often than needed: what holds no expression is the same for every
 * item, and a mere field of the item is taken from there, once n8n has said the same of the first item. n8n takes 0.34 ms
 * for an expression, two thirds of what a request takes.
 */
export function parameterOfEachItem(
	context: IExecuteFunctions,
	name: string,
): (itemIndex: number) => ParameterReading {
	const stored = context.getNode().parameters[name];
	if (!hasExpression(stored)) {
		const fixed = readParameter(context, name, 0);
		return () => fixed;
	}
	const evaluate = (itemIndex: number) => ({
		...readParameter(context, name, itemIndex),
		stored,
	});
	const first = evaluate(0);

	const items = context.getInputData();
	const fieldOf = itemFieldOf(stored) ?? (() => undefined);
	const firstField = fieldOf(items[0]?.json);
	const isMereField = firstField !== undefined && 'value' in first && first.value === firstField;
	return (itemIndex) => {
		if (itemIndex === 0) return first;
		const value = isMereField ? fieldOf(items[itemIndex]?.json) : undefined;
		return value === undefined ? evaluate(itemIndex) : { value, stored };
	};
}

/** Whether a text in it starts with `=`, as n8n marks an expression. */
function hasExpression(parameter: unknown): boolean {
	return JSON.stringify(parameter)?.includes('"=') ?? false;
}

/**
 * The fields of a collection, each read by itself: n8n gives up the whole collection when the expression of one field
 * fails, and does not say which. Never throws.
 */
export function readCollection(
	context: IExecuteFunctions,
	name: string,
	itemIndex: number,
): Record<string, ParameterReading> {
	const stored = context.getNode().parameters[name];
	const fields = isRecord(stored) ? Object.keys(stored) : [];
	return Object.fromEntries(
		fields.map((field) => [field, readParameter(context, `${name}.${field}`, itemIndex)]),
	);
}

/** Gives the text or number that a field of an item holds; undefined when it is neither, or not there. */
export type ItemField = (json: IDataObject | undefined) => string | number | undefined;

/** What the editor writes when a field is dragged into a parameter, and nothing around it. */
const FIELD_EXPRESSION = /^=\{\{\s*\$json((?:\.[A-Za-z_]\w*)+)\s*\}\}$/;

/**
 * The field that an expression names, when it does nothing but that: `={{ $json.body.userId }}`. n8n evaluates each
 * expression in a virtual machine of its own, which takes as long as the request that follows.
 * @param parameter as the node stores it: the expression, or a drop-down whose value it is
 */
export function itemFieldOf(parameter: unknown): ItemField | undefined {
	const expression = chosenIn(parameter);
	const path = typeof expression === 'string' ? FIELD_EXPRESSION.exec(expression)?.[1] : undefined;
	if (path === undefined) return undefined;
	const names = path.slice(1).split('.');
	return (json) => {
		let value: unknown = json;
		for (const name of names) {
			if (!isRecord(value) || !Object.hasOwn(value, name)) return undefined;
			value = value[name];
		}
		return typeof value === 'string' || typeof value === 'number' ? value : undefined;
	};
}

/** What a drop-down holds; what is none, itself. */
export function chosenIn(parameter: unknown): unknown {
	return isRecord(parameter) ? parameter.value : parameter;
}

/** How an expression reaches another node, as n8n's editor writes it. */
const OTHER_NODE = /\$\(|\$node\b|\$items\b|\$prevNode\b/;

/**
 * Why a tool sends nothing: n8n may give it the value of another chat for one of these parameters.
 * @param meant what the chat is to tell, as it stands in the sentence
 */
export function severalChats(
	context: IExecuteFunctions,
	parameters: string[],
	meant: 'user' | 'chat',
): Problem | undefined {
	if (!mayMeanAnotherChat(context, parameters)) return undefined;
	return {
		message: `The AI Agent got several items or runs in a loop, so n8n cannot tell which ${meant} is meant. Nothing was sent.`,
		advice: 'Run the AI Agent once for each item, in an execution of its own.',
	};
}

/**
 * Newer agents pair every call with item 0 of what came in, and in a loop with run 0, whatever item it is for
 * (`buildParentOutputData` in n8n-core). So `$('Chat').item` names the right chat only while one item came in, once.
 * Older agents leave no trace of it.
 */
function mayMeanAnotherChat(context: IExecuteFunctions, parameters: string[]): boolean {
	const stored = context.getNode().parameters;
	const texts = parameters.map((name) => JSON.stringify(stored[name]) ?? '');
	if (!texts.some((text) => OTHER_NODE.test(text))) return false;
	const from = agentInput(context.getInputData()[0]?.pairedItem);
	if (from === undefined) return false;
	try {
		// In a loop n8n has lost the run, and names the agent's own source.
		if (from.previousNode === context.getInputSourceData().previousNode) return true;
		const items: unknown = context
			.getWorkflowDataProxy(0)
			.$items(from.previousNode, from.previousNodeOutput, from.previousNodeRun);
		return !Array.isArray(items) || items.length !== 1;
	} catch {
		return true;
	}
}

interface Source {
	previousNode: string;
	previousNodeOutput?: number;
	previousNodeRun?: number;
}

/** Where the items of the agent came from, as n8n notes it with the item of a tool. */
function agentInput(pairedItem: unknown): Source | undefined {
	const source = isRecord(pairedItem) ? pairedItem.sourceOverwrite : undefined;
	return isRecord(source) ? (source as unknown as Source) : undefined;
}
