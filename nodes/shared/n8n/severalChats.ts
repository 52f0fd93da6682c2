import type { IExecuteFunctions } from 'n8n-workflow';

import type { Problem } from '../../../credentials/deskAccount';
import { isRecord } from '../desk/reply';

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
 * Newer agents pair every call with
 * item 0 of what came in, and in a loop with run 0, whatever item it is for (`buildParentOutputData` in n8n-core). So
 * `$('Chat').item` names the right chat only while one item came in, once. Older agents leave no trace of it.
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
