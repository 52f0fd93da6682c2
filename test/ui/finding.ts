import { strict as assert } from 'node:assert';

import {
	addContactUser,
	card,
	closePanel,
	isNodesPanelOpen,
	NODE_NAME,
	openDetails,
	openNewWorkflow,
	searchNodes,
} from './editor';
import type { Case } from './lab';

/** What a builder types, and the lowest place among the results that they would still see at once. */
const SEARCHES = [
	...['contact', 'tencent', 'desk', 'human agent', 'live chat', 'call customer', '客服'],
];
/** A word that half of n8n's nodes have: found is enough. */
const COMMON_WORD = 'message';
const LAST_GOOD_RANK = 5;

/** A line of a description takes 16 pixels; of more than two, the list of nodes looks broken. */
const TWO_LINES_PX = 40;

export const finding: Case[] = [
	...SEARCHES.map((text): Case => ({
		name: `search: "${text}" finds the node`,
		run: async (lab) => {
			// One page for all searches: loading the editor takes longer than all of them.
			if (!(await isNodesPanelOpen(lab.page))) await openNewWorkflow(lab);
			const names = await searchNodes(lab.page, text);
			const rank = names.indexOf(NODE_NAME) + 1;
			console.log(`     rank ${rank} of ${names.length}: ${names.slice(0, 3).join(', ')}`);
			assert.ok(rank >= 1 && rank <= LAST_GOOD_RANK, `rank ${rank} among ${names.join(', ')}`);
		},
	})),
	{
		name: `search: "${COMMON_WORD}" finds the node too, and its description fits two lines`,
		run: async (lab) => {
			if (!(await isNodesPanelOpen(lab.page))) await openNewWorkflow(lab);
			const names = await searchNodes(lab.page, COMMON_WORD);
			console.log(`     rank ${names.indexOf(NODE_NAME) + 1} of ${names.length}`);
			const description = lab.page.getByText(
				'Let a live agent of Tencent Cloud Desk contact a user',
			);
			const box = await description.first().boundingBox();
			const height = box?.height ?? 0;
			assert.ok(height > 0 && height < TWO_LINES_PX, `the description is ${height} pixels high`);
		},
	},
	{
		name: 'details page: it says what the node does',
		run: async (lab) => {
			await openNewWorkflow(lab);
			await openDetails(lab.page);
			const text = 'Let a live agent of Tencent Cloud Desk contact a user';
			// The list slides out while the page slides in, and shows the same words.
			await lab.page.getByText(text).last().waitFor();
			await lab.page.getByText('Installed', { exact: true }).waitFor();
		},
	},
	{
		name: 'details page: "Add to workflow" puts the node on the canvas with its four outputs',
		run: async (lab) => {
			await addContactUser(lab);
			await closePanel(lab.page);
			const outputs = card(lab.page, NODE_NAME).getByTestId('canvas-node-output-handle');
			const labels = await outputs.allTextContents();
			assert.deepEqual(
				labels.map((label) => label.trim()),
				['Contacted', 'No Agent Free', 'Config Error', 'Other Outcome'],
			);
		},
	},
];
