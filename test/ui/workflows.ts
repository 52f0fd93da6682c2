import { createWorkflow } from '../n8n/api';
import { contactUser, CREDENTIAL_TYPE, OUTPUTS } from '../n8n/deskNodes';
import { readExample } from '../n8n/examples';
import { chain, manualTrigger, splitOut, type NodeSketch, type Workflow } from '../n8n/workflow';
import { addConnectedNode } from './credentialDialog';
import { card, goTo, NODE_NAME } from './editor';
import type { Lab } from './lab';

/** The credential made in the browser, by its id: workflows made by REST name it so. */
export async function savedCredential(lab: Lab): Promise<{ id: string; name: string }> {
	const find = async () => {
		const all =
			await lab.n8n.rest.get<Array<{ id: string; name: string; type: string }>>(
				'/rest/credentials',
			);
		return all.find(({ type }) => type === CREDENTIAL_TYPE);
	};
	if ((await find()) === undefined) await addConnectedNode(lab);
	const saved = await find();
	if (saved === undefined) throw new Error('the editor has saved no credential');
	return { id: saved.id, name: saved.name };
}

/** A manual trigger whose users, rows of a table, go to Contact User; each output leads to a node named after it. */
export async function usersWorkflow(
	lab: Lab,
	users: string[],
	options: object = {},
): Promise<Workflow> {
	const nodes = [
		manualTrigger(),
		usersNode(users.map((userId, index) => ({ row: index + 1, userId }))),
		splitOut('users'),
		contactUser({
			credentials: { [CREDENTIAL_TYPE]: await savedCredential(lab) },
			parameters: { options },
		}),
	];
	const workflow = chain('Contacts', nodes, OUTPUTS);
	workflow.nodes.forEach((node, index) => {
		const output = index - nodes.length;
		node.position = output < 0 ? [index * 220, 0] : [nodes.length * 220 + 120, output * 180 - 270];
	});
	return workflow;
}

/** An example as a builder has it who imported it and chose the credential. */
export async function exampleWorkflow(lab: Lab, file: string): Promise<Workflow> {
	const workflow = readExample(file);
	const saved = await savedCredential(lab);
	for (const node of workflow.nodes) {
		if (node.type.startsWith('n8n-nodes-tencent-desk.')) {
			node.credentials = { [CREDENTIAL_TYPE]: saved };
		}
	}
	return workflow;
}

/** Stores a workflow and opens it in the editor. */
export async function openWorkflow(
	lab: Lab,
	workflow: Workflow,
	nodeToSee = NODE_NAME,
): Promise<void> {
	const id = await createWorkflow(lab.n8n.rest, workflow);
	await goTo(lab, `/workflow/${id}`);
	await card(lab.page, nodeToSee).waitFor();
}

function usersNode(users: object[]): NodeSketch {
	return {
		name: 'Users',
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: { mode: 'raw', jsonOutput: JSON.stringify({ users }), options: {} },
	};
}
