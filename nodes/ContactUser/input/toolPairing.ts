import type { IExecuteFunctions } from 'n8n-workflow';

import type { Problem } from '../../../credentials/deskAccount';
import { isRecord } from '../../shared/api/reply';

/** How an expression reaches another node, as n8n's editor writes it. */
const OTHER_NODE = /\$\(|\$node\b|\$items\b|\$prevNode\b/;
const OF_THE_CONTACT = ['userId', 'customerServiceAccount', 'agentGroup', 'agent'];

export const SEVERAL_CHATS: Problem = {
	message:
		'The AI Agent was given several items or runs in a loop, and n8n then cannot tell which user is meant, so nothing was sent.',
	advice: 'Run the AI Agent once for each item, in an execution of its own.',
};

/**
 * Whether n8n may give a tool the user of another chat. Newer agents pair every call with item 0 of what came in, and
 * in a loop with run 0, whatever item it is for (`buildParentOutputData` in n8n-core). So `$('Chat').item` names the
 * right user only while one item came in, once. Older agents leave no trace of it.
 */
export function mayNameAnotherUser(context: IExecuteFunctions): boolean {
	const { parameters } = context.getNode();
	const texts = OF_THE_CONTACT.map((name) => JSON.stringify(parameters[name]) ?? '');
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
