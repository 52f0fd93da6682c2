import { strict as assert } from 'node:assert';

import { OUTPUTS } from '../n8n/deskNodes';
import { card, NODE_NAME } from './editor';
import type { Case, Lab } from './lab';
import { openWorkflow, usersWorkflow } from './workflows';

/** Three leave by Contacted, two by No Agent Free, two by Config Error, one by Other Outcome. */
const USERS = [
	'mia',
	'noah',
	'olga',
	'answer-141012.1',
	'answer-141013.2',
	'unknown-1',
	'unknown-2',
	'answer-141016.1',
];
const COUNTS = ['3 items', '2 items', '2 items', '1 item'];

export const running: Case[] = [
	{
		name: 'run: every output shows how many items left by it',
		run: async (lab) => {
			await execute(lab);
			for (const [output, name] of OUTPUTS.entries()) {
				const count = lab.page.locator(
					`[data-test-id="edge-label"][data-source-node-name="${NODE_NAME}"][data-target-node-name="${name}"]`,
				);
				// The counts are drawn some time after n8n says that the run is over.
				await count.getByText(COUNTS[output], { exact: true }).waitFor();
			}
		},
	},
	{
		name: 'run: an item tells outcome, message and advice, and the pane hints at Config Error',
		run: async (lab) => {
			const { page } = lab;
			await execute(lab);
			await card(page, NODE_NAME).dblclick();
			const output = page.getByTestId('output-panel');
			await output.getByText(/2 of 8 items left by Config Error/).waitFor();
			await output
				.getByText(/^Config Error\b/)
				.first()
				.click();
			for (const name of ['outcome', 'message', 'advice', 'retryLater']) {
				await output.getByText(name, { exact: true }).first().waitFor();
			}
			await output.getByText('configurationError', { exact: true }).first().waitFor();
			await output
				.getByText(/does not exist/)
				.first()
				.waitFor();
		},
	},
	{
		name: 'canvas: n8n cuts no label of a wired output',
		run: async (lab) => {
			await openWorkflow(lab, await usersWorkflow(lab, USERS));
			const outputs = card(lab.page, NODE_NAME).getByTestId('canvas-node-output-handle');
			await outputs.filter({ hasText: OUTPUTS[3] }).waitFor();
			const shown = await outputs.evaluateAll((handles) =>
				handles.map((handle) => ({
					text: handle.textContent?.trim(),
					isCut: [...handle.querySelectorAll('*')].some(
						(element) =>
							element.ownerDocument.defaultView?.getComputedStyle(element).textOverflow ===
								'ellipsis' && element.scrollWidth > element.clientWidth,
					),
				})),
			);
			assert.deepEqual(
				shown,
				OUTPUTS.map((text) => ({ text, isCut: false })),
			);
		},
	},
	{
		name: 'stopped run: the panel names the user, counts the item as a person does, and says who was contacted',
		run: async (lab) => {
			const { page } = lab;
			const users = ['mia', 'fault-http403', 'noah'];
			await openWorkflow(lab, await usersWorkflow(lab, users, { requestsPerSecond: 1 }));
			await page.getByTestId('execute-workflow-button').click();
			await page
				.getByText(/^Problem in node|\[item 2 of 3\]/)
				.first()
				.waitFor();
			await card(page, NODE_NAME).dblclick();
			const output = page.getByTestId('output-panel');
			const message = output.getByText(/^User fault-http403: .*\[item 2 of 3\]$/).first();
			await message.waitFor();
			await output
				.getByText(/Contacted: 1 user \(mia\)\..*press Retry/)
				.first()
				.waitFor();
		},
	},
	{
		name: 'canvas: the card says whom the node contacts, and by whom',
		run: async (lab) => {
			await openWorkflow(lab, await usersWorkflow(lab, USERS));
			await card(lab.page, NODE_NAME).getByText('User of each item, any agent').waitFor();
		},
	},
];

async function execute(lab: Lab): Promise<void> {
	await openWorkflow(lab, await usersWorkflow(lab, USERS));
	await runToEnd(lab);
}

/** Runs the open workflow by the button of the canvas, to the end of the run. */
export async function runToEnd({ page }: Lab): Promise<void> {
	await page.getByTestId('execute-workflow-button').click();
	await page.getByText('Workflow executed successfully').first().waitFor();
}
