import { strict as assert } from 'node:assert';

import { createWorkflow, runManually } from '../../n8n/api';
import { EXAMPLE_FILES, readExample } from '../../n8n/examples';
import type { Workflow, WorkflowNode } from '../../n8n/workflow';
import type { Case } from '../lab';
import { leaving, MANUAL_TRIGGER } from './exampleFile';

const CONTACTING = EXAMPLE_FILES.filter((file) => {
	const { nodes } = readExample(file);
	return (
		nodes.some(({ type }) => type === 'n8n-nodes-tencent-desk.contactUser') &&
		nodes.some(({ name }) => name === MANUAL_TRIGGER) &&
		// Such a run ends with the session, and not before.
		!nodes.some(({ parameters }) => parameters.resume === 'webhook')
	);
});

/** What they must keep without being run is in test/package/examples.test.ts. */
export const everyExample: Case[] = [
	{
		name: 'examples: n8n imports each as it is, and knows every node in it',
		run: async ({ n8n: { rest } }) => {
			const types =
				await rest.get<Array<{ name: string; version: number | number[] }>>('/types/nodes.json');
			const known = new Set(
				types.flatMap(({ name, version }) => [version].flat().map((each) => `${name} ${each}`)),
			);
			for (const file of EXAMPLE_FILES) {
				const workflow = readExample(file);
				const id = await createWorkflow(rest, workflow);
				const imported = await rest.get<Workflow>(`/rest/workflows/${id}`);
				assert.deepEqual(imported.nodes.map(asDrawn), workflow.nodes.map(asDrawn));
				assert.deepEqual(imported.connections, workflow.connections);
				const nodes = workflow.nodes.map(({ type, typeVersion }) => `${type} ${typeVersion}`);
				const unknown = nodes.filter((node) => !known.has(node));
				assert.deepEqual(unknown, [], file);
			}
		},
	},
	{
		name: 'examples: run without a credential, they contact nobody and say what is missing',
		run: async ({ n8n, simulator }) => {
			assert.ok(CONTACTING.length >= 5);
			for (const file of CONTACTING) {
				const id = await createWorkflow(n8n.rest, readExample(file));
				const run = await runManually(n8n.rest, id, MANUAL_TRIGGER);
				// By the Error output, the report is under `error`.
				const reports = leaving(run, 'Contact User').map((item) => ({
					...item,
					...(item.error as object | undefined),
				})) as Array<Record<string, unknown>>;
				for (const { outcome } of reports) assert.equal(outcome, 'configurationError', file);
				const said = [run.error?.message, ...reports.map(({ message }) => message)].join(' ');
				assert.match(said, /credential/i, file);
			}
			assert.deepEqual(simulator.requests, []);
		},
	},
];

/** A node without what n8n adds to it: the id of the credential it found by name, an id for webhooks. */
function asDrawn({ name, type, typeVersion, position, parameters }: WorkflowNode) {
	return { name, type, typeVersion, position, parameters };
}
