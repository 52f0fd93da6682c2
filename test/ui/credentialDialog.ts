import type { Locator, Page } from 'playwright-core';

import { addContactUser, field } from './editor';
import type { Lab } from './lab';

export function dialogOf(page: Page): Locator {
	return page.getByTestId('editCredential-modal');
}

/** Opens the dialog for a first credential from the panel of the node. */
export async function openNewCredential(page: Page): Promise<void> {
	await page.getByTestId('node-credentials-empty-state').getByRole('button').first().click();
	await dialogOf(page).waitFor();
}

/** Types what a builder types; the administrator keeps its default. */
export async function typeCredential({ page, simulator }: Lab, secretKey: string): Promise<void> {
	const { baseUrl, sdkAppId } = simulator.credential;
	await field(page, 'dataCenter').click();
	await page.getByRole('option', { name: 'Custom' }).click();
	await typeInto(page, 'baseUrl', baseUrl);
	await typeInto(page, 'sdkAppId', sdkAppId);
	await typeInto(page, 'secretKey', secretKey);
}

export async function typeInto(page: Page, name: string, value: string): Promise<void> {
	await field(page, name).locator('input').fill(value);
}

export async function save(page: Page): Promise<void> {
	await page.getByTestId('credential-save-button').click();
}

/** Opens the saved credential; n8n tests it at once. */
export async function openSavedCredential(page: Page): Promise<void> {
	await page.getByTestId('credential-edit-button').click();
	await dialogOf(page).waitFor();
}

/** An untouched node whose credential works: the one made before, which n8n chooses by itself, or a new one. */
export async function addConnectedNode(lab: Lab): Promise<void> {
	const { page } = lab;
	await addContactUser(lab);
	const chosen = page.getByTestId('credential-edit-button');
	const none = page.getByTestId('node-credentials-empty-state');
	await chosen.or(none).first().waitFor();
	if (await chosen.isVisible()) return;
	await openNewCredential(page);
	await typeCredential(lab, lab.simulator.credential.secretKey);
	await save(page);
	// n8n closes the dialog when its test of a credential made from a node succeeds.
	await dialogOf(page).waitFor({ state: 'hidden' });
}
