import { strict as assert } from 'node:assert';

import type { Page } from 'playwright-core';

import { tencentDesk } from '../n8n/deskNodes';
import { chain, manualTrigger } from '../n8n/workflow';
import { choose } from './dropDowns';
import { card, field, shownFields } from './editor';
import type { Case, Lab } from './lab';
import { openWorkflow, savedCredential } from './workflows';

const NAME = 'Step';

/** By the words of the card, and as they are stored. */
const OPERATIONS: Record<string, [resource: string, operation: string]> = {
	'Agent: Get Many': ['agent', 'getMany'],
	'Agent: Get Status': ['agent', 'getStatus'],
	'Agent: Set Status': ['agent', 'setStatus'],
	'Agent Group: Get Many': ['agentGroup', 'getMany'],
	'Service Account: Get Many': ['customerServiceAccount', 'getMany'],
	'Event: Answer': ['event', 'answer'],
	'Message: Send': ['message', 'send'],
	'Reception: Get': ['reception', 'get'],
	'Session: End': ['session', 'end'],
	'Session: Get': ['session', 'get'],
	'Session: Get Many': ['session', 'getMany'],
	'Session: Get Mark': ['session', 'getMark'],
	'Session: Get Messages': ['session', 'getMessages'],
	'Session: Leave Queue': ['session', 'leaveQueue'],
	'Session: Reassign': ['session', 'reassign'],
	'Session: Set Mark': ['session', 'setMark'],
	'Session: Transfer to Agent': ['session', 'transfer'],
};

/** Which fields an operation has is told in test/package/names.test.ts. */
export const operations: Case[] = [
	{
		name: 'Tencent Desk: what a choice makes needless goes, what it needs comes, and lists are loaded',
		run: async (lab) => {
			const { page } = lab;
			await openStep(lab, 'message', 'send');
			const fields = async () => (await shownFields(page)).slice(2);
			const unchanging = ['messageType', 'text'];
			assert.deepEqual(await fields(), [
				...['target', 'customerServiceAccount', 'userId', ...unchanging],
			]);
			await choose(page, 'customerServiceAccount', 'sales', 'Sales Desk');
			await pick(page, 'target', 'Session ID');
			assert.deepEqual(await fields(), ['target', 'sessionId', ...unchanging]);
			await pick(page, 'resource', 'Agent');
			await pick(page, 'operation', 'Set Status');
			await choose(page, 'agent', 'ben', 'ben@example.com');
			await pick(page, 'status', 'On a Break');
			assert.deepEqual(await fields(), ['agent', 'status', 'restReason']);
			await pick(page, 'operation', 'Get Many');
			await choose(page, 'agentGroup', 'supp', 'Support (1002)');
			assert.deepEqual(await fields(), ['agentGroup', 'includeStatus', 'returnAll', 'limit']);
			await field(page, 'returnAll').click();
			await field(page, 'limit').waitFor({ state: 'hidden' });
			assert.deepEqual(await fields(), ['agentGroup', 'includeStatus', 'returnAll']);
		},
	},
	{
		name: 'Tencent Desk: the card says each operation in words that n8n does not cut, and before a first run the next node is offered its fields',
		run: async (lab) => {
			const { page } = lab;
			const words = Object.keys(OPERATIONS);
			const steps = words.map((each) => {
				const [resource, operation] = OPERATIONS[each];
				return tencentDesk(resource, operation, {}, { name: nameOf(each) });
			});
			const all = chain('All', [manualTrigger(), ...steps], ['End']);
			await openWorkflow(lab, all, nameOf(words[0]));
			for (const each of words) {
				const subtitle = card(page, nameOf(each)).getByText(each, { exact: true });
				await subtitle.waitFor();
				const isCut = await subtitle.evaluate((shown) => shown.scrollWidth > shown.clientWidth);
				assert.equal(isCut, false, each);
			}

			await card(page, 'End').dblclick();
			const input = page.getByTestId('ndv-input-panel');
			for (const name of ['sessionId', 'agent', 'isInQueue']) {
				await input.getByText(name, { exact: true }).first().waitFor();
			}
			const previews = input.getByText('Preview', { exact: true });
			await previews.nth(words.length - 1).waitFor();
			assert.equal(await previews.count(), words.length);
		},
	},
];

/** A workflow with one Tencent Desk node, whose panel is open. */
async function openStep(lab: Lab, resource: string, operation: string): Promise<void> {
	const credentials = { tencentDeskApi: await savedCredential(lab) };
	const step = tencentDesk(resource, operation, {}, { name: NAME, credentials });
	await openWorkflow(lab, chain('Step', [manualTrigger(), step]), NAME);
	await card(lab.page, NAME).dblclick();
	await field(lab.page, 'operation').waitFor();
}

/** No name says what the subtitle says. */
function nameOf(words: string): string {
	return `Node ${Object.keys(OPERATIONS).indexOf(words) + 1}`;
}

/** Chooses in a drop-down by its words. */
async function pick(page: Page, name: string, words: string): Promise<void> {
	const input = field(page, name).locator('input');
	if ((await input.inputValue()) === words) return;
	await input.click();
	const option = page.getByRole('option').filter({ visible: true });
	await option.getByText(words, { exact: true }).click();
	await option.first().waitFor({ state: 'hidden' });
}
