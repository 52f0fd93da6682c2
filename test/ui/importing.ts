import { strict as assert } from 'node:assert';
import { join } from 'node:path';

import type { Locator, Page } from 'playwright-core';

import { createCredential } from '../n8n/api';
import { CREDENTIAL_TYPE } from '../n8n/deskNodes';
import { eventually } from '../n8n/waiting';
import type { Workflow } from '../n8n/workflow';
import { addConnectedNode } from './credentialDialog';
import { card, closePanel, NODE_NAME, openNewWorkflow } from './editor';
import type { Case, Lab } from './lab';

const EXAMPLES = join(__dirname, '..', '..', 'examples');
/** Two nodes with our credential. */
const FILE = 'retry-then-message.json';
const MESSAGE_NODE = 'Leave a Message';
const SAVED_WITHIN_MS = 20_000;

/** Before there is any credential. */
export const importingWithout: Case[] = [
	{
		name: 'import without a credential: the canvas marks the nodes that need one',
		run: async (lab) => {
			await importFile(lab, FILE);
			for (const name of [NODE_NAME, MESSAGE_NODE]) await markOf(lab.page, name).waitFor();
		},
	},
];

/** Leaves a second credential behind, so after all others. */
export const importing: Case[] = [
	{
		name: 'import with one credential: n8n chooses it for every node',
		run: async (lab) => {
			await addConnectedNode(lab);
			await importFile(lab, FILE);
			const all = await lab.n8n.rest.get<Array<{ name: string }>>('/rest/credentials');
			assert.equal(all.length, 1);
			const [{ name: only }] = all;
			assert.deepEqual(await chosenIn(lab), [only, only]);
			for (const name of [NODE_NAME, MESSAGE_NODE]) {
				assert.equal(await markOf(lab.page, name).count(), 0, name);
			}
		},
	},
	{
		name: 'import with two credentials: the one that is chosen in the panel is there after a reload, and is used',
		run: async (lab) => {
			const { n8n, page, simulator } = lab;
			const name = 'Another Desk account';
			const data = { ...simulator.credential };
			await createCredential(n8n.rest, { name, type: CREDENTIAL_TYPE, data });
			await importFile(lab, FILE);
			for (const node of [NODE_NAME, MESSAGE_NODE]) await chooseCredential(page, node, name);
			await eventually('both choices are saved', SAVED_WITHIN_MS, async () =>
				(await chosenIn(lab)).every((chosen) => chosen === name) ? true : undefined,
			);
			await page.reload();
			await card(page, NODE_NAME).dblclick();
			await eventually('the panel shows the choice', SAVED_WITHIN_MS, async () =>
				(await selectOf(page).locator('input').first().inputValue()) === name ? true : undefined,
			);
			await closePanel(page);
			await page.getByTestId('execute-workflow-button').click();
			await eventually('somebody is contacted', SAVED_WITHIN_MS, async () => simulator.ledger[0]);
			assert.deepEqual(await chosenIn(lab), [name, name]);
		},
	},
];

/** Imports an example into a new workflow, as by the menu, and saves it. */
async function importFile(lab: Lab, file: string): Promise<void> {
	const { page } = lab;
	await openNewWorkflow(lab);
	await page.getByTestId('workflow-import-input').setInputFiles(join(EXAMPLES, file));
	await card(page, NODE_NAME).waitFor();
	await page.keyboard.press('Control+s');
	// The address has the id before the workflow is stored.
	await eventually('the import is saved', SAVED_WITHIN_MS, async () => await chosenIn(lab));
}

/** The names of the credentials that are stored for our nodes of the open workflow. */
async function chosenIn({ n8n, page }: Lab): Promise<Array<string | undefined>> {
	const [, id] = /\/workflow\/(\w+)/.exec(page.url()) ?? [];
	const { nodes } = await n8n.rest.get<Workflow>(`/rest/workflows/${id}`);
	return nodes
		.filter(({ type }) => type.startsWith('n8n-nodes-tencent-desk.'))
		.map(({ credentials }) => credentials?.[CREDENTIAL_TYPE]?.name);
}

async function chooseCredential(page: Page, node: string, name: string): Promise<void> {
	await card(page, node).dblclick();
	await selectOf(page).click();
	await page
		.getByRole('option', { name })
		.or(page.locator(`[data-test-id^="node-credentials-select-item-"]`, { hasText: name }))
		.first()
		.click();
	await closePanel(page);
}

function selectOf(page: Page): Locator {
	return page.getByTestId('node-credentials-select').first();
}

/** The red mark of a node that cannot run as it is. */
function markOf(page: Page, name: string): Locator {
	return card(page, name).getByTestId('node-issues');
}
