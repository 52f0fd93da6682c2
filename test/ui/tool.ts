import { strict as assert } from 'node:assert';

import { TOOL_DESCRIPTION } from '../../nodes/ContactUser/description';
import { card, field, NODE_NAME } from './editor';
import type { Case } from './lab';
import { exampleWorkflow, openWorkflow } from './workflows';

const EXAMPLE = 'ai-agent-hand-over.json';
/** Of the node's options, those that are of use for a tool. */
const OPTIONS = [
	...['Include Session Details', 'Request Field Names', 'Retries', 'Simulate Only'],
	...['Simulated Outcome', 'Timeout'],
];

export const tool: Case[] = [
	{
		name: 'tool of an AI Agent: the panel shows what a model is told, and only options of use for a tool',
		run: async (lab) => {
			const { page } = lab;
			await openWorkflow(lab, await exampleWorkflow(lab, EXAMPLE));
			await card(page, NODE_NAME).dblclick();
			const described = field(page, 'toolDescription').locator('textarea');
			assert.equal(await described.inputValue(), TOOL_DESCRIPTION);
			await page
				.getByText(/Do not let the AI fill in User ID: a user could persuade it to contact/)
				.waitFor();

			await page.getByTestId('collection-parameter-add').click();
			const options = page.getByTestId('collection-parameter-option');
			await options.first().waitFor();
			const names = (await options.allTextContents()).map((option) => option.trim());
			assert.deepEqual(names, OPTIONS);
		},
	},
];
