import { strict as assert } from 'node:assert';

import { OUTPUTS } from '../n8n/deskNodes';
import { card, NODE_NAME } from './editor';
import type { Case, Lab } from './lab';
import { openWorkflow, usersWorkflow } from './workflows';

/** Three leave by Contacted, two by No Agent, four by Config Error, one by Other. */
const USERS = [
	...['mia', 'noah', 'olga', 'answer-141012.1', 'answer-141013.2'],
	...['unknown-1', '', '', 'unknown-2', 'answer-141016.1'],
];
const COUNTS = ['3 items', '2 items', '4 items', '1 item'];

export const running: Case[] = [
	{
		name: 'canvas: n8n cuts no label of a wired output, the card says whom the node contacts, and the next node is offered the fields of a report',
		run: async (lab) => {
			const { page } = lab;
			await openWorkflow(lab, await usersWorkflow(lab, USERS));
			const outputs = card(page, NODE_NAME).getByTestId('canvas-node-output-handle');
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
			await card(page, NODE_NAME).getByText('User of each item, any agent').waitFor();

			await card(page, 'Contacted').dblclick();
			const input = page.getByTestId('ndv-input-panel');
			await input.getByText(NODE_NAME, { exact: true }).first().waitFor();
			for (const name of ['outcome', 'message', 'advice', 'retryLater', 'assignedAgent']) {
				await input.getByText(name, { exact: true }).first().waitFor();
			}
		},
	},
	{
		name: 'run: every output shows how many items left by it, one box counts what to look at, and an item tells user, outcome and message first, in every view',
		run: async (lab) => {
			const { page } = lab;
			await openWorkflow(lab, await usersWorkflow(lab, USERS));
			await runToEnd(lab);
			for (const [output, name] of OUTPUTS.entries()) {
				const count = page.locator(
					`[data-test-id="edge-label"][data-source-node-name="${NODE_NAME}"][data-target-node-name="${name}"]`,
				);
				// The counts are drawn some time after n8n says that the run is over.
				await count.getByText(COUNTS[output], { exact: true }).waitFor();
			}

			await card(page, NODE_NAME).dblclick();
			const output = page.getByTestId('output-panel');
			const boxes = output.getByText(/left by Config Error/);
			await boxes.first().waitFor();
			assert.equal(await boxes.count(), 1);
			const hint = await boxes.first().innerText();
			assert.match(
				hint,
				/2 items left by Config Error without a User ID: check the name of the field in User ID\./,
			);
			assert.match(
				hint,
				/2 items left by Config Error \(unknown-1, unknown-2\): The user account does not exist/,
			);

			for (const view of ['Schema', 'Table']) {
				await output.getByText(view, { exact: true }).click();
				const names = output
					.getByTestId(view === 'Table' ? 'run-data-table-header' : 'run-data-schema-item')
					.or(output.locator('th'));
				await names.first().waitFor();
				const shown = (await names.allInnerTexts()).map((text) => text.split('\n')[0].trim());
				const first = /^userId\s*outcome\s*message\s*advice/;
				assert.match(shown.filter((text) => text !== '').join(' '), first, view);
			}
			await output.getByText('JSON', { exact: true }).click();
			await output
				.getByText(/^\s*\[\s*\{\s*"userId":\s*"mia",\s*"outcome":/)
				.first()
				.waitFor();
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
];

/** Runs the open workflow by the button of the canvas, to the end of the run. */
export async function runToEnd({ page }: Lab): Promise<void> {
	await page.getByTestId('execute-workflow-button').click();
	await page.getByText('Workflow executed successfully').first().waitFor();
}
