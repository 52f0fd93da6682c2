import { strict as assert } from 'node:assert';

import {
	addByAction,
	card,
	closePanel,
	DESK_NAME,
	field,
	isNodesPanelOpen,
	NODE_NAME,
	openDetails,
	openNewWorkflow,
	outputLabels,
	searchNodes,
} from './editor';
import type { Case, Lab } from './lab';

/** n8n's list leaves out the word Trigger of a node with actions. */
const EVENT_TRIGGER_NAME = 'Tencent Desk Event';
const FOR_BOTH = ['tencent', 'desk', 'live agent', 'customer service'];
/** What a builder types for each node. That each word stands in its node is told in test/package/loading.test.ts. */
const WORDS: Record<string, string[]> = {
	[NODE_NAME]: ['contact', 'human agent', 'live chat', 'call customer', '客服', ...FOR_BOTH],
	// The trigger is found here, since n8n lists it with Tencent Desk and reads only that node's words.
	[DESK_NAME]: [
		...['session ended', 'conversation', 'transcript', 'rating', 'send message', 'queue', '评价'],
		...['who is free', ...FOR_BOTH],
	],
	[EVENT_TRIGGER_NAME]: ['desk callback', 'assign agent', 'task flow', 'tencent webhook'],
};
/** A word that half of n8n's nodes have: found is enough. */
const COMMON_WORD = 'message';
/** The lowest place among the results that a builder would still see at once. */
const LAST_GOOD_RANK = 5;

/** A line of a description takes 16 pixels; of more than two, the list of nodes looks broken. */
const TWO_LINES_PX = 40;

const TRIGGERS = /^Triggers \(1\)/;
const ACTIONS = /^Actions \(17\)/;

export const finding: Case[] = [
	...Object.entries(WORDS).map(([name, words]): Case => ({
		name: `search: ${name} is found by the words for it`,
		run: async (lab) => {
			for (const text of words) await find(lab, text, name);
		},
	})),
	{
		name: `search: "${COMMON_WORD}" finds both, and their descriptions fit two lines`,
		run: async (lab) => {
			const { page } = lab;
			for (const name of [NODE_NAME, DESK_NAME]) {
				await find(lab, COMMON_WORD, name, Infinity);
				const row = page.getByTestId('node-creator-item-name').filter({ hasText: name });
				const description = row.locator('xpath=../../p');
				const height = (await description.boundingBox())?.height ?? 0;
				assert.ok(height > 0 && height < TWO_LINES_PX, `${name}: ${height} pixels high`);
			}
		},
	},
	{
		name: 'details page: it says what the node does, and puts it on the canvas with its four outputs',
		run: async (lab) => {
			const { page } = lab;
			await openNewWorkflow(lab);
			await openDetails(page);
			const text = 'Let a live agent of Tencent Cloud Desk contact a user';
			// The list slides out while the page slides in, and shows the same words.
			await page.getByText(text).last().waitFor();
			await page.getByText('Installed', { exact: true }).waitFor();
			await page.getByText('Add to workflow').click();
			await page.getByTestId('parameter-input-userId').waitFor();
			await closePanel(page);
			const labels = await outputLabels(page);
			assert.deepEqual(labels, ['Contacted', 'No Agent', 'Config Error', 'Other']);
		},
	},
	{
		name: 'details page: "Get session" of Tencent Desk adds a node with that operation, "On session ended" the trigger',
		run: async (lab) => {
			const { page } = lab;
			await addByAction(lab, ACTIONS, 'Get session');
			assert.equal(await field(page, 'resource').locator('input').inputValue(), 'Session');
			assert.equal(await field(page, 'operation').locator('input').inputValue(), 'Get');
			await closePanel(page);
			await card(page, 'Get session').getByText('Session: Get', { exact: true }).waitFor();

			await addByAction(lab, TRIGGERS, 'On session ended');
			await closePanel(page);
			const added = card(page, 'Tencent Desk Trigger');
			await added.getByText('Session ended', { exact: true }).waitFor();
		},
	},
];

async function find(lab: Lab, text: string, name: string, last = LAST_GOOD_RANK): Promise<void> {
	// One page for all searches.
	if (!(await isNodesPanelOpen(lab.page))) await openNewWorkflow(lab);
	const names = await searchNodes(lab.page, text, name);
	const rank = names.indexOf(name) + 1;
	console.log(`     "${text}": ${name} is ${rank} of ${names.length}`);
	assert.ok(rank >= 1 && rank <= last, `"${text}": rank ${rank} among ${names.join(', ')}`);
}
