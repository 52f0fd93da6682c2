import type { WorkflowNode } from '../n8n/workflow';

const REMOVED_TYPES = ['itemLists', 'function', 'functionItem'].map(
	(type) => `n8n-nodes-base.${type}`,
);
const FIRST_AGENT_THAT_STAYS = 2;

/** Whether n8n 3.0 removes what this node is: n8n's page "v3.0 breaking changes" */
export function isRemovedIn3({ type, typeVersion, parameters }: WorkflowNode): boolean {
	if (REMOVED_TYPES.includes(type)) return true;
	if (type === 'n8n-nodes-base.executeWorkflow') return parameters.mode === 'each';
	return type === '@n8n/n8n-nodes-langchain.agent' && typeVersion < FIRST_AGENT_THAT_STAYS;
}
