import { strict as assert } from 'node:assert';

import {
	addByAction,
	addContactUser,
	card,
	closePanel,
	DESK_NAME,
	field,
	isNodesPanelOpen,
	NODE_NAME,
	openDetails,
	openNewWorkflow,
	searchNodes,
} from './editor';
import type { Case, Lab } from './lab';

/** What a builder types for each node; both stand under what the second list has. */
const FOR_CONTACT_USER = [
	'contact',
	'human agent',
	'live chat',
	'call customer',
	'handoff',
	'客服',
];
const FOR_BOTH = ['tencent', 'desk', 'live agent', 'customer service'];
/** The trigger is found here, since n8n lists it with Tencent Desk and reads only that node's words. */
const FOR_DESK = [
	...['session', 'session ended', 'conversation', 'transcript', 'rating', 'satisfaction'],
	...['send message', 'agent status', 'queue', '会话', '评价'],
];
/** n8n's list leaves out the word Trigger of a node with actions. */
const EVENT_TRIGGER_NAME = 'Tencent Desk Event';
const FOR_EVENTS = ['tencent', 'desk callback', 'assign agent', 'task flow', 'tencent webhook'];
/** A word that half of n8n's nodes have: found is enough. */
const COMMON_WORD = 'message';
/** The lowest place among the results that a builder would still see at once. */
const LAST_GOOD_RANK = 5;

/** A line of a description takes 16 pixels; of more than two, the list of nodes looks broken. */
const TWO_LINES_PX = 40;

const TRIGGERS = /^Triggers \(1\)/;
const ACTIONS = /^Actions \(17\)/;

export const finding: Case[] = [
	{
		name: 'search: Contact User is found by the words for it',
		run: async (lab) => {
			for (const text of [...FOR_CONTACT_USER, ...FOR_BOTH]) await find(lab, text, NODE_NAME);
		},
	},
	{
		name: 'search: Tencent Desk is found by the words for it and for its trigger',
		run: async (lab) => {
			for (const text of [...FOR_DESK, ...FOR_BOTH]) await find(lab, text, DESK_NAME);
		},
	},
	{
		name: 'search: Tencent Desk Event Trigger is found by the words for it',
		run: async (lab) => {
			for (const text of FOR_EVENTS) await find(lab, text, EVENT_TRIGGER_NAME);
		},
	},
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
				['Contacted', 'No Agent', 'Config Error', 'Other'],
			);
		},
	},
	{
		name: 'details page: "Get session" of Tencent Desk adds a node with that operation',
		run: async (lab) => {
			const { page } = lab;
			await addByAction(lab, ACTIONS, 'Get session');
			assert.equal(await field(page, 'resource').locator('input').inputValue(), 'Session');
			assert.equal(await field(page, 'operation').locator('input').inputValue(), 'Get');
			await closePanel(page);
			await card(page, 'Get session').getByText('Session: Get', { exact: true }).waitFor();
		},
	},
	{
		name: 'details page: "On session ended" of Tencent Desk adds the trigger',
		run: async (lab) => {
			await addByAction(lab, TRIGGERS, 'On session ended');
			await closePanel(lab.page);
			await card(lab.page, 'Tencent Desk Trigger')
				.getByText('Session ended', { exact: true })
				.waitFor();
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
