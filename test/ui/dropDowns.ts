import { strict as assert } from 'node:assert';

import type { Locator, Page } from 'playwright-core';

import { bigWorld } from '../../simulator/bigWorld';
import { createCredential } from '../n8n/api';
import { contactUser, CREDENTIAL_TYPE } from '../n8n/deskNodes';
import { eventually } from '../n8n/waiting';
import { chain, manualTrigger } from '../n8n/workflow';
import { addConnectedNode } from './credentialDialog';
import { card, closePanel, field, NODE_NAME } from './editor';
import type { Case } from './lab';
import { openWorkflow } from './workflows';

export const dropDowns: Case[] = [
	{
		name: 'drop-downs: account and group are found by typing, the agents are those of the group, and what is chosen stays or is taken back to any',
		run: async (lab) => {
			const { page, simulator } = lab;
			await addConnectedNode(lab);
			const { agents } = simulator.world;
			const members = agents.filter(({ groups }) => groups.includes(1002));
			const wanted = [
				['customerServiceAccount', 'sales', 'Sales Desk'],
				['agentGroup', 'supp', 'Support (1002)'],
			];
			for (const [name, typed, entry] of wanted) await choose(page, name, typed, entry);
			await untilListed(page, 'agent', ['Any agent', ...members.map(({ nick }) => nick)]);
			await entries(page).filter({ hasText: 'ben@' }).click();
			await closePanel(page);
			await card(page, NODE_NAME).dblclick();
			for (const [name, , entry] of wanted) await untilChosen(page, name, entry);
			await untilChosen(page, 'agent', 'ben@example.com');

			for (const [name, any] of [
				['agent', 'Any agent'],
				['agentGroup', 'Any group'],
			]) {
				await openList(page, name);
				await entries(page).filter({ hasText: any }).click();
				await untilAny(page, name, any);
			}
			await untilListed(page, 'agent', ['Any agent', ...agents.map(({ nick }) => nick)]);
			await page.keyboard.press('Escape');
			await closePanel(page);
			await card(page, NODE_NAME).getByText('any agent').waitFor();
		},
	},
	{
		name: 'drop-downs: a list goes on with the second page',
		run: async (lab) => {
			Object.assign(lab.simulator.world, bigWorld({ groups: 130, agents: 130 }));
			await addConnectedNode(lab);
			await openList(lab.page, 'agentGroup');
			const last = entries(lab.page).filter({ hasText: /Group 130/ });
			await scrollUntil(lab.page, last);
			await last.click();
			await untilChosen(lab.page, 'agentGroup', '130');
			const asked = lab.simulator.requests.map(({ command }) => command);
			const pages = asked.filter((command) => command === 'get_member_group_list');
			// No document says whether pages of groups count from 0 or 1: two more requests find out.
			assert.equal(pages.length, 4, 'Desk gives a hundred at once, so there are two pages');
		},
	},
	{
		name: 'drop-downs: an application without accounts shows an empty list, not an endless wait; a list that cannot be loaded says why',
		run: async (lab) => {
			const { page, simulator } = lab;
			simulator.world.accounts.length = 0;
			await addConnectedNode(lab);
			await openList(page, 'customerServiceAccount');
			await visible(page, /No results/).waitFor();
			await page.keyboard.press('Escape');

			simulator.world.apps[0].secretKey = 'changed-in-the-console';
			await openList(page, 'agent');
			await visible(page, /The list could not be loaded|Could not load list/).waitFor();
			await visible(
				page,
				/The secret key does not belong to this SDKAppID.*Copy the SDKAppID and the secret/s,
			).waitFor();
		},
	},
	{
		name: 'drop-downs: a credential with an expression says that the list needs fixed values',
		run: async (lab) => {
			const { page, simulator, n8n } = lab;
			await addConnectedNode(lab);
			const credential = {
				name: 'Application of the item',
				type: CREDENTIAL_TYPE,
				data: { ...simulator.credential, sdkAppId: '={{ $json.app }}' },
			};
			const id = await createCredential(n8n.rest, credential);
			try {
				const credentials = { [CREDENTIAL_TYPE]: { id, name: credential.name } };
				await openWorkflow(lab, chain('Lists', [manualTrigger(), contactUser({ credentials })]));
				await card(page, NODE_NAME).dblclick();
				await openList(page, 'agent');
				const says = /is an expression, which only a run can read.*fixed values.*choose By ID/;
				await visible(page, says).waitFor();
			} finally {
				// The cases after this one look for the only credential there is.
				await n8n.rest.delete(`/rest/credentials/${id}`);
			}
		},
	},
	{
		name: 'drop-downs: an account may be typed by its ID, or come from an expression',
		run: async (lab) => {
			const { page } = lab;
			await addConnectedNode(lab);
			const account = field(page, 'customerServiceAccount');
			await account.getByTestId('rlc-mode-selector').click();
			await page.getByTestId('mode-id').filter({ visible: true }).click();
			const input = account.locator('input').last();
			assert.equal(await input.getAttribute('placeholder'), 'e.g. @customer_service_account');
			await input.fill('@customer_service_account');
			// n8n takes over what was typed a moment later, and then undoes a choice that came before.
			await eventually('the field is an expression', 20_000, async () => {
				await account.hover();
				await page
					.getByTestId('customerServiceAccount-parameter-input-options-container')
					.getByTestId('radio-button-expression')
					.click();
				const editor = account.getByTestId('inline-expression-editor-input');
				return (await editor.isVisible()) ? true : undefined;
			});
			assert.match(await account.innerText(), /@customer_service_account/);
		},
	},
];

function visible(page: Page, text: RegExp): Locator {
	return page.getByText(text).filter({ visible: true }).first();
}

export async function openList(page: Page, name: string): Promise<void> {
	await page.getByTestId(`resource-locator-${name}`).getByTestId('rlc-input').click();
	await page.getByTestId('rlc-search').filter({ visible: true }).waitFor();
}

export function entries(page: Page): Locator {
	return page.getByTestId('rlc-item').filter({ visible: true });
}

export async function choose(
	page: Page,
	name: string,
	typed: string,
	wanted: string,
): Promise<void> {
	await openList(page, name);
	const all = await settledCount(page);
	const search = page.getByTestId('rlc-search').filter({ visible: true });
	await search.locator('input').or(search).last().fill(typed);
	const found = entries(page).filter({ hasText: wanted });
	await found.waitFor();
	await eventually('the list is shorter', 10_000, async () =>
		(await entries(page).count()) < all ? true : undefined,
	);
	await found.click();
	await untilChosen(page, name, wanted);
}

async function settledCount(page: Page): Promise<number> {
	await entries(page).first().waitFor();
	return await entries(page).count();
}

async function scrollUntil(page: Page, wanted: Locator): Promise<void> {
	await entries(page).first().waitFor();
	for (let step = 0; step < 20 && (await wanted.count()) === 0; step++) {
		await entries(page).last().scrollIntoViewIfNeeded();
		await wanted.waitFor({ timeout: 1_500 }).catch(() => {});
	}
	await wanted.scrollIntoViewIfNeeded();
}

/** Opens the list of a field and waits for exactly these, by the start of their names. */
async function untilListed(page: Page, name: string, wanted: string[]): Promise<void> {
	await openList(page, name);
	await eventually(`${name} lists ${wanted.join(', ')}`, 10_000, async () => {
		const shown = (await entries(page).allInnerTexts()).map((text) => text.trim());
		const isAsWanted =
			shown.length === wanted.length && wanted.every((start, i) => shown[i].startsWith(start));
		return isAsWanted ? true : undefined;
	});
}

/** Nothing is chosen, and the field says what that means. */
async function untilAny(page: Page, name: string, any: string): Promise<void> {
	const input = page.getByTestId(`resource-locator-${name}`).locator('input').last();
	await eventually(`${name} shows ${any}`, 5_000, async () => {
		const isEmpty = (await input.inputValue()) === '';
		return isEmpty && (await input.getAttribute('placeholder')) === any ? true : undefined;
	});
}

async function untilChosen(page: Page, name: string, wanted: string): Promise<void> {
	const input = page.getByTestId(`resource-locator-${name}`).locator('input').last();
	await eventually(`${name} shows ${wanted}`, 5_000, async () =>
		(await input.inputValue()).includes(wanted) ? true : undefined,
	);
}
