import { strict as assert } from 'node:assert';

import {
	addContactUser,
	card,
	closePanel,
	field,
	NODE_NAME,
	offeredBy,
	openOffers,
	outputLabels,
	shownFields,
} from './editor';
import type { Case } from './lab';

const FIELDS = ['customerServiceAccount', 'userId', 'agentGroup', 'agent'];
const OPTIONS = [
	...['Concurrent Requests', 'Include Input Fields', 'Include Session Details'],
	...['Request Field Names', 'Requests per Second', 'Retries', 'Simulate Only'],
	...['Simulated Outcome', 'Single Output', 'Stop When Nothing Can Be Sent', 'Timeout'],
];

export const panel: Case[] = [
	{
		name: 'untouched node: its fields stand in the order of the README, options closed; exactly credential, account and user are missing',
		run: async (lab) => {
			const { page } = lab;
			await addContactUser(lab);
			assert.deepEqual((await shownFields(page)).slice(0, FIELDS.length), FIELDS);
			await page.getByText('No properties').waitFor();
			assert.deepEqual(await offeredBy(page, 'Add option'), OPTIONS);

			await closePanel(page);
			await card(page, NODE_NAME).getByTestId('node-issues').hover();
			const issues = page.getByText(/^[-\s]*(Parameter ".*" is required|Credentials for )/);
			await issues.first().waitFor();
			const texts = (await issues.allInnerTexts()).map((text) => text.replace(/^[-\s]+/, ''));
			assert.deepEqual([...new Set(texts)].sort(), [
				'Credentials for Contact User are not set.',
				'Parameter "Customer Service Account" is required.',
				'Parameter "User ID" is required.',
			]);
		},
	},
	{
		name: 'Single Output: turned on in the panel, the node has one output on the canvas',
		run: async (lab) => {
			const { page } = lab;
			await addContactUser(lab);
			const options = await openOffers(page, 'Add option');
			await options.filter({ hasText: 'Single Output' }).click();
			await field(page, 'singleOutput').click();
			await closePanel(page);
			await card(page, NODE_NAME).getByText('All Outcomes').waitFor();
			assert.deepEqual(await outputLabels(page), ['All Outcomes']);
		},
	},
];
