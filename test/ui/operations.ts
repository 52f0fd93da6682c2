import { strict as assert } from 'node:assert';

import type { Page } from 'playwright-core';

import { tencentDesk } from '../n8n/deskNodes';
import { chain, manualTrigger } from '../n8n/workflow';
import { choose, entries, openList, untilAny, untilListed } from './dropDowns';
import { card, field, shownFields } from './editor';
import type { Case, Lab } from './lab';
import { openWorkflow, savedCredential } from './workflows';

const NAME = 'Step';

/** What the panel asks for, by the words of the drop-downs. What is required stands before what is not. */
const PANELS: Array<[resource: string, operation: string, fields: string[]]> = [
	['Agent', 'Get Many', ['agentGroup', 'includeStatus', 'returnAll', 'limit']],
	['Agent', 'Get Status', ['agent']],
	['Agent', 'Set Status', ['agent', 'status']],
	['Agent Group', 'Get Many', ['returnAll', 'limit']],
	['Customer Service Account', 'Get Many', ['returnAll', 'limit']],
	['Event', 'Answer', ['answerTo', 'agent', 'agentGroup']],
	['Message', 'Send', ['target', 'customerServiceAccount', 'userId', 'messageType', 'text']],
	['Reception', 'Get', []],
	['Session', 'End', ['sessionId']],
	['Session', 'Get', ['target', 'customerServiceAccount', 'userId']],
	['Session', 'Get Many', ['from', 'to', 'userId', 'returnAll', 'limit']],
	['Session', 'Get Mark', ['sessionId']],
	['Session', 'Get Messages', ['sessionId', 'combine', 'order', 'returnAll', 'limit']],
	['Session', 'Leave Queue', ['sessionId']],
	['Session', 'Reassign', ['sessionId', 'agentGroup', 'agent']],
	['Session', 'Set Mark', ['sessionId']],
	['Session', 'Transfer to Agent', ['sessionId', 'agentGroup', 'agent', 'tellUser']],
];

/** The same as they are stored. */
const STORED = [
	...['agent getMany', 'agent getStatus', 'agent setStatus', 'agentGroup getMany'],
	...['customerServiceAccount getMany', 'event answer', 'message send', 'reception get'],
	...['session end', 'session get', 'session getMany', 'session getMark', 'session getMessages'],
	...['session leaveQueue', 'session reassign', 'session setMark', 'session transfer'],
];

export const operations: Case[] = [
	{
		name: 'Tencent Desk: every operation can be chosen, and its panel shows only what it needs',
		run: async (lab) => {
			const { page } = lab;
			await openStep(lab, 'reception', 'get');
			for (const [resource, operation, fields] of PANELS) {
				await pick(page, 'resource', resource);
				await pick(page, 'operation', operation);
				const shown = await shownFields(page);
				assert.deepEqual(shown, ['resource', 'operation', ...fields], `${resource}: ${operation}`);
			}
		},
	},
	{
		name: 'Tencent Desk: what a choice makes needless goes, and what it needs comes',
		run: async (lab) => {
			const { page } = lab;
			await openStep(lab, 'message', 'send');
			await pick(page, 'target', 'Session ID');
			assert.deepEqual((await shownFields(page)).slice(2), [
				...['target', 'sessionId', 'messageType', 'text'],
			]);
			await pick(page, 'resource', 'Agent');
			await pick(page, 'operation', 'Set Status');
			await pick(page, 'status', 'On a Break');
			assert.deepEqual((await shownFields(page)).slice(2), ['agent', 'status', 'restReason']);
			await pick(page, 'operation', 'Get Many');
			await field(page, 'returnAll').click();
			await field(page, 'limit').waitFor({ state: 'hidden' });
			assert.deepEqual((await shownFields(page)).slice(2), [
				'agentGroup',
				'includeStatus',
				'returnAll',
			]);
		},
	},
	{
		name: 'Tencent Desk: account, agent and group are found by typing, and the last two can be taken back to any',
		run: async (lab) => {
			const { page } = lab;
			await openStep(lab, 'session', 'get');
			await choose(page, 'customerServiceAccount', 'sales', 'Sales Desk');
			await pick(page, 'operation', 'Transfer to Agent');
			await choose(page, 'agentGroup', 'supp', 'Support (1002)');
			const members = lab.simulator.world.agents.filter(({ groups }) => groups.includes(1002));
			await untilListed(page, 'agent', ['Any agent', ...members.map(({ nick }) => nick)]);
			await entries(page).filter({ hasText: 'Ben' }).click();
			for (const [name, any] of [
				['agent', 'Any agent'],
				['agentGroup', 'Any group'],
			]) {
				await openList(page, name);
				await entries(page).filter({ hasText: any }).click();
				await untilAny(page, name, any);
			}
		},
	},
	{
		name: 'Tencent Desk: the card says resource and operation in words, and n8n cuts none of them',
		run: async (lab) => {
			await openAllOperations(lab);
			for (const [i, [resource, operation]] of PANELS.entries()) {
				const words = `${resource.replace('Customer Service', 'Service')}: ${operation}`;
				const subtitle = card(lab.page, nameOf(i)).getByText(words, { exact: true });
				await subtitle.waitFor();
				const isCut = await subtitle.evaluate((shown) => shown.scrollWidth > shown.clientWidth);
				assert.equal(isCut, false, words);
			}
		},
	},
	{
		name: 'Tencent Desk: before a first run, the next node is offered the fields of every operation',
		run: async (lab) => {
			const { page } = lab;
			await openAllOperations(lab);
			await card(page, 'End').dblclick();
			const input = page.getByTestId('ndv-input-panel');
			for (const name of ['sessionId', 'agent', 'isInQueue']) {
				await input.getByText(name, { exact: true }).first().waitFor();
			}
			const previews = input.getByText('Preview', { exact: true });
			await previews.nth(PANELS.length - 1).waitFor();
			assert.equal(await previews.count(), PANELS.length);
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

/** A workflow with all operations one behind the other. */
async function openAllOperations(lab: Lab): Promise<void> {
	const steps = STORED.map((words, i) => {
		const [resource, operation] = words.split(' ');
		return tencentDesk(resource, operation, {}, { name: nameOf(i) });
	});
	await openWorkflow(lab, chain('All', [manualTrigger(), ...steps], ['End']), nameOf(0));
}

/** No name says what the subtitle says. */
function nameOf(index: number): string {
	return `Node ${index + 1}`;
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
