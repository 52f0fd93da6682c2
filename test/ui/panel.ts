import { strict as assert } from 'node:assert';

import {
	addContactUser,
	card,
	closePanel,
	field,
	NODE_NAME,
	offeredBy,
	shownFields,
} from './editor';
import type { Case } from './lab';

const FIELDS = ['customerServiceAccount', 'userId', 'agentGroup', 'agent'];
const OPTIONS = [
	'Concurrent Requests',
	'Include Input Fields',
	'Include Session Details',
	'Request Field Names',
	'Requests per Second',
	'Retries',
	'Simulate Only',
	'Simulated Outcome',
	'Single Output',
	'Stop When Nothing Can Be Sent',
	'Timeout',
];

export const panel: Case[] = [
	{
		name: 'untouched node: its fields stand in the order of the README, options closed',
		run: async (lab) => {
			await addContactUser(lab);
			assert.deepEqual((await shownFields(lab.page)).slice(0, FIELDS.length), FIELDS);
			await lab.page.getByText('No properties').waitFor();
			assert.deepEqual(await offeredBy(lab.page, 'Add option'), OPTIONS);
		},
	},
	{
		name: 'Single Output: turned on in the panel, the node has one output on the canvas',
		run: async (lab) => {
			const { page } = lab;
			await addContactUser(lab);
			await page.getByTestId('collection-parameter-add').click();
			const option = page.getByTestId('collection-parameter-option');
			await option.filter({ hasText: 'Single Output' }).click();
			await field(page, 'singleOutput').click();
			await closePanel(page);
			const outputs = card(page, NODE_NAME).getByTestId('canvas-node-output-handle');
			await outputs.filter({ hasText: 'All Outcomes' }).waitFor();
			const labels = await outputs.allTextContents();
			assert.deepEqual(
				labels.map((label) => label.trim()),
				['All Outcomes'],
			);
		},
	},
	{
		name: 'untouched node: exactly credential, account and user are missing',
		run: async (lab) => {
			await addContactUser(lab);
			await closePanel(lab.page);
			await card(lab.page, NODE_NAME).getByTestId('node-issues').hover();
			const issues = lab.page.getByText(/^[-\s]*(Parameter ".*" is required|Credentials for )/);
			await issues.first().waitFor();
			const texts = (await issues.allInnerTexts()).map((text) => text.replace(/^[-\s]+/, ''));
			assert.deepEqual([...new Set(texts)].sort(), [
				'Credentials for Contact User are not set.',
				'Parameter "Customer Service Account" is required.',
				'Parameter "User ID" is required.',
			]);
		},
	},
];
