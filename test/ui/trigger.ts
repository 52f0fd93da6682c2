import { strict as assert } from 'node:assert';

import { recordOf } from '../../simulator/records';
import { CREDENTIAL_TYPE } from '../n8n/deskNodes';
import { chain } from '../n8n/workflow';
import { choose } from './dropDowns';
import { card, offeredBy, openOffers, shownFields } from './editor';
import type { Case, Lab } from './lab';
import { openWorkflow, savedCredential } from './workflows';

const NAME = 'Tencent Desk Trigger';
const FILTERS = ['Agent', 'Agent Group', 'Only Rated', 'User ID'];
const OPTIONS = ['Hold Back (Minutes)', 'Look Back (Hours)', 'Sessions Ended While Off', 'Timeout'];

const minutesAgo = (minutes: number) => Math.floor(Date.now() / 1000) - minutes * 60;

export const trigger: Case[] = [
	{
		name: 'trigger: the panel asks for nothing but when to poll and the event; a test without any session says what to do',
		run: async (lab) => {
			const { page } = lab;
			await openTrigger(lab);
			assert.deepEqual(
				(await shownFields(page)).filter((name) => name !== 'mode'),
				['event'],
				"beside the mode of n8n's own poll times",
			);
			assert.deepEqual(await offeredBy(page, 'Add filter'), FILTERS);
			assert.deepEqual(await offeredBy(page, 'Add option'), OPTIONS);

			await page.getByTestId('node-execute-button').click();
			const output = page.getByTestId('output-panel');
			for (const text of [
				/has ended in the last 30 days, so there is nothing to show/,
				/End a session in Desk, (or remove filters, )?then test again/,
			]) {
				await output.getByText(text).first().waitFor();
			}
		},
	},
	{
		name: 'trigger: a test event is the newest session, and a filter by agent is chosen from the list',
		run: async (lab) => {
			const { page, simulator } = lab;
			const ended = (ClientUserId: string, minutes: number, more: object = {}) =>
				recordOf({
					SessionId: ClientUserId,
					Timestamp: minutesAgo(minutes),
					ClientUserId,
					...more,
				});
			simulator.world.records.push(
				...[ended('noah', 20), ended('mia', 10), ended('olga', 30, { AgentId: 'ben@example.com' })],
			);
			await openTrigger(lab);
			const output = page.getByTestId('output-panel');
			await page.getByTestId('node-execute-button').click();
			await output.getByText('mia', { exact: true }).first().waitFor();

			const filters = await openOffers(page, 'Add filter');
			await filters.getByText('Agent', { exact: true }).click();
			await choose(page, 'agent', 'ben', 'ben@example.com');
			await page.getByTestId('node-execute-button').click();
			await output.getByText('olga', { exact: true }).first().waitFor();
			assert.equal(await output.getByText('mia', { exact: true }).count(), 0);
		},
	},
];

/** A workflow that the trigger starts, whose panel is open. */
async function openTrigger(lab: Lab): Promise<void> {
	const node = {
		name: NAME,
		type: 'n8n-nodes-tencent-desk.tencentDeskTrigger',
		typeVersion: 1,
		parameters: {},
		credentials: { [CREDENTIAL_TYPE]: await savedCredential(lab) },
	};
	await openWorkflow(lab, chain('Sessions', [node], ['End']), NAME);
	await card(lab.page, NAME).dblclick();
	await lab.page.getByTestId('ndv').waitFor();
}
