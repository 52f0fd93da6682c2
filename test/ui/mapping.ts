import { card, NODE_NAME } from './editor';
import type { Case } from './lab';
import { openWorkflow, usersWorkflow } from './workflows';

export const mapping: Case[] = [
	{
		name: 'mapping: before a first run, the next node is offered the fields of a report',
		run: async (lab) => {
			const { page } = lab;
			await openWorkflow(lab, await usersWorkflow(lab, ['mia']));
			await card(page, 'Contacted').dblclick();
			const input = page.getByTestId('ndv-input-panel');
			await input.getByText(NODE_NAME, { exact: true }).first().waitFor();
			for (const name of ['outcome', 'message', 'advice', 'retryLater', 'assignedAgent']) {
				await input.getByText(name, { exact: true }).first().waitFor();
			}
		},
	},
];
