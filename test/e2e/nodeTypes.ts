import { strict as assert } from 'node:assert';

import { OUTPUTS } from '../n8n/deskNodes';
import type { Case, Lab } from './lab';

interface NodeType {
	name: string;
	displayName: string;
	/** As an expression: Single Output decides about them. */
	outputs: string | unknown[];
}

export const nodeTypes: Case[] = [
	{
		name: 'n8n lists Contact User with its four outputs, in their order',
		run: async (lab) => {
			const { displayName, outputs } = await nodeType(lab, 'contactUser');
			assert.equal(displayName, 'Contact User');
			const names = [...JSON.stringify(outputs).matchAll(/displayName\W+(\w[\w ]*)/g)];
			assert.deepEqual(
				names.map(([, name]) => name).filter((name) => name !== 'All Outcomes'),
				OUTPUTS,
			);
		},
	},
	{
		name: 'n8n offers Contact User as a tool of an AI Agent',
		run: async (lab) => {
			const { outputs } = await nodeType(lab, 'contactUserTool');
			assert.match(JSON.stringify(outputs), /ai_tool/);
		},
	},
];

async function nodeType({ n8n }: Lab, name: string): Promise<NodeType> {
	const types = await n8n.rest.get<NodeType[]>('/types/nodes.json');
	const found = types.find((type) => type.name === `n8n-nodes-tencent-desk.${name}`);
	assert.ok(found, `${name} is not listed among ${types.length} types`);
	return found;
}
