import { strict as assert } from 'node:assert';

import { demoWorld } from '../../../simulator/demoWorld';
import { createCredential, createWorkflow, runManually } from '../../n8n/api';
import { CREDENTIAL_TYPE } from '../../n8n/deskNodes';
import { EXAMPLE_FILES, readExample } from '../../n8n/examples';
import type { Workflow } from '../../n8n/workflow';
import type { Case, Lab } from '../lab';
import { credentialTypeOf, leaving, MANUAL_TRIGGER, withCredentials } from './exampleFile';

const CONTACTING = EXAMPLE_FILES.filter((file) => {
	const { nodes } = readExample(file);
	return (
		nodes.some(({ type }) => type === 'n8n-nodes-tencent-desk.contactUser') &&
		nodes.some(({ name }) => name === MANUAL_TRIGGER) &&
		// Such a run ends with the session, and not before.
		!nodes.some(({ parameters }) => parameters.resume === 'webhook')
	);
});

/** Who imports over REST gets what is in the file; what the editor adds by itself is in test/ui/importing.ts. */
export const credentialChoice: Case[] = [
	{
		name: 'examples: run without a credential, they contact nobody and say what is missing',
		run: async ({ n8n, simulator }) => {
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
	{
		name: 'examples: of two credentials, the one that is chosen and saved is used, now and after the next choice',
		run: async (lab) => {
			const { rest } = lab.n8n;
			const [, , , contactingIsOff] = demoWorld().apps;
			const { simulator } = lab;
			// The first has the name that n8n gives by default.
			const good = await choiceOf(lab, 'Tencent Desk account', simulator.credential);
			const refused = await choiceOf(lab, 'Tencent Desk account 2', {
				...simulator.credential,
				sdkAppId: String(contactingIsOff.sdkAppId),
				secretKey: contactingIsOff.secretKey,
			});
			assert.ok(CONTACTING.length >= 5);
			for (const file of CONTACTING) {
				const id = await createWorkflow(rest, readExample(file));
				for (const choice of [refused, good, refused]) {
					await choose(lab, id, choice);
					simulator.reset();
					await runManually(rest, id, MANUAL_TRIGGER);
					assert.ok(simulator.requests.length > 0, file);
					assert.equal(simulator.ledger.length > 0, choice === good, file);
				}
			}
		},
	},
];

interface Choice {
	id: string;
	name: string;
}

async function choiceOf({ n8n }: Lab, name: string, data: object): Promise<Choice> {
	const credential = { name, type: CREDENTIAL_TYPE, data: { ...data } };
	return { id: await createCredential(n8n.rest, credential), name };
}

/** What the panel and Save do, and then a reload: the choice is still there. */
async function choose({ n8n: { rest } }: Lab, workflowId: string, choice: Choice): Promise<void> {
	const path = `/rest/workflows/${workflowId}`;
	const credentials = { [CREDENTIAL_TYPE]: choice };
	const { nodes } = withCredentials(await rest.get<Workflow>(path), credentials);
	const { versionId } = await rest.get<{ versionId: string }>(path);
	await rest.patch(path, { nodes, versionId });
	const reloaded = await rest.get<Workflow>(path);
	const ours = reloaded.nodes.filter((node) => credentialTypeOf(node) === CREDENTIAL_TYPE);
	assert.ok(ours.length > 0);
	for (const node of ours) assert.deepEqual(node.credentials, credentials, node.name);
}
