import { strict as assert } from 'node:assert';

import { createWorkflow } from '../../n8n/api';
import { EXAMPLE_FILES, readExample } from '../../n8n/examples';
import type { Workflow, WorkflowNode } from '../../n8n/workflow';
import type { Case, Lab } from '../lab';

/** What they must keep without being run is in test/package/examples.test.ts. */
export const everyExample: Case[] = EXAMPLE_FILES.map((file) => ({
	name: `example ${file}: n8n imports it as it is, and knows every node in it`,
	run: async (lab) => {
		const workflow = readExample(file);
		const id = await createWorkflow(lab.n8n.rest, workflow);
		const imported = await lab.n8n.rest.get<Workflow>(`/rest/workflows/${id}`);
		assert.deepEqual(imported.nodes.map(asDrawn), workflow.nodes.map(asDrawn));
		assert.deepEqual(imported.connections, workflow.connections);
		assert.deepEqual(await unknownNodes(lab, workflow), []);
	},
}));

/** A node without what n8n adds to it: the id of the credential it found by name, an id for webhooks. */
function asDrawn({ name, type, typeVersion, position, parameters }: WorkflowNode) {
	return { name, type, typeVersion, position, parameters };
}

async function unknownNodes({ n8n }: Lab, { nodes }: Workflow): Promise<string[]> {
	const types =
		await n8n.rest.get<Array<{ name: string; version: number | number[] }>>('/types/nodes.json');
	const known = new Set(
		types.flatMap(({ name, version }) => [version].flat().map((each) => `${name} ${each}`)),
	);
	return nodes
		.map(({ type, typeVersion }) => `${type} ${typeVersion}`)
		.filter((node) => !known.has(node));
}
