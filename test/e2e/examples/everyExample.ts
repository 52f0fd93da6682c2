import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { check, resolveConfig } from 'prettier';

import { createWorkflow } from '../../n8n/api';
import { CREDENTIAL_TYPE, OUTPUTS } from '../../n8n/deskNodes';
import type { Workflow, WorkflowNode } from '../../n8n/workflow';
import type { Case, Lab } from '../lab';
import { EXAMPLE_FILES, pathOf, readExample } from './exampleFile';
import { isNote, layoutFaults, noteOf } from './layout';

/** All that may stand in an example: no id of an instance, no owner, no pinned data, no tags. */
const KEYS = ['connections', 'name', 'nodes', 'pinData', 'settings'];

export const everyExample: Case[] = EXAMPLE_FILES.flatMap((file) => [
	{
		name: `example ${file}: n8n imports it as it is, and knows every node in it`,
		run: async (lab) => {
			const workflow = readExample(file);
			const id = await createWorkflow(lab.n8n.rest, workflow);
			const imported = await lab.n8n.rest.get<Workflow>(`/rest/workflows/${id}`);
			assert.deepEqual(imported.nodes.map(asDrawn), workflow.nodes.map(asDrawn));
			assert.deepEqual(imported.connections, workflow.connections);
			assert.deepEqual(await unknownNodes(lab, workflow), []);
		},
	},
	{
		name: `example ${file}: notes explain it, nothing overlaps, and every end is wired`,
		run: async () => {
			const workflow = readExample(file);
			const notes = workflow.nodes.filter(isNote);
			assert.ok(notes.length >= 2, 'it has notes');
			assert.ok(
				notes.every((note) => noteOf(note).content.length > 50),
				'that say something',
			);
			assert.deepEqual(layoutFaults(workflow), []);
			assert.deepEqual(wiringFaults(workflow), []);
			assert.deepEqual(workflow.nodes.map(({ name }) => name).filter(isNotTitleCase), []);
		},
	},
	{
		name: `example ${file}: it names its credential, and holds no id and no secret`,
		run: async (lab) => {
			const workflow = readExample(file);
			assert.deepEqual(
				Object.keys(workflow).filter((key) => !KEYS.includes(key)),
				[],
			);
			const credentials = workflow.nodes.flatMap((node) => Object.entries(node.credentials ?? {}));
			assert.ok(
				credentials.some(([type]) => type === CREDENTIAL_TYPE),
				'it has one',
			);
			for (const [type, { id, name }] of credentials) {
				assert.equal(id, null, `${type} has an id`);
				assert.equal(name, type === CREDENTIAL_TYPE ? 'Tencent Desk API' : name);
			}
			const text = readFileSync(pathOf(file), 'utf8');
			for (const secret of lab.secrets) assert.ok(!text.includes(secret), 'it holds a secret');
			assert.doesNotMatch(text, /usersig|secretKey|127\.0\.0\.1|localhost/i);
		},
	},
	{
		name: `example ${file}: it is formatted like the rest of the repository`,
		run: async () => {
			const options = { ...(await resolveConfig(pathOf(file))), filepath: pathOf(file) };
			assert.ok(await check(readFileSync(pathOf(file), 'utf8'), options));
		},
	},
]);

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

/** Nodes that nothing leads to, and outputs of Contact User that lead nowhere. */
function wiringFaults({ nodes, connections }: Workflow): string[] {
	const links = Object.entries(connections);
	const reached = new Set(
		links.flatMap(([from, kinds]) =>
			Object.entries(kinds).flatMap(([kind, outputs]) =>
				// What serves an AI Agent (a model, a tool) is linked from the servant to the agent.
				kind === 'main' ? outputs.flat().map(({ node }) => node) : [from],
			),
		),
	);
	const alone = nodes.filter(
		(node) => !isNote(node) && !isTrigger(node) && !reached.has(node.name),
	);
	const contacting = nodes.filter(({ type }) => type === 'n8n-nodes-tencent-desk.contactUser');
	const open = contacting.flatMap(({ name }) =>
		OUTPUTS.filter((_, output) => !connections[name]?.main?.[output]?.length).map(
			(output) => `${output} of ${name} leads nowhere`,
		),
	);
	return [...alone.map(({ name }) => `nothing leads to ${name}`), ...open];
}

function isTrigger({ type }: WorkflowNode): boolean {
	return /trigger$/i.test(type) || type === 'n8n-nodes-base.webhook';
}

/** Every word but the small ones begins with a capital; what is quoted is n8n's own. */
function isNotTitleCase(name: string): boolean {
	const words = name.replace(/'[^']*'/g, '').split(/[\s:,]+/);
	const small = /^(a|an|and|as|at|by|for|in|of|on|or|per|than|the|to|with|when|clicking)$/;
	return words.some((word) => /^[a-z]/.test(word) && !small.test(word));
}
