import type { Locator, Page } from 'playwright-core';

import type { Lab } from './lab';

export const NODE_NAME = 'Contact User';

/** A workflow nobody has touched. */
export async function openNewWorkflow({ n8n, page }: Lab): Promise<void> {
	await page.goto(`${n8n.url}/workflow/new`);
	await page.getByTestId('canvas-add-button').first().waitFor();
}

/** Whether the panel with all nodes is open. */
export async function isNodesPanelOpen(page: Page): Promise<boolean> {
	return await page.getByTestId('node-creator-search-bar').isVisible();
}

/** Opens the panel with all nodes and types into its search field. @returns the names that are shown, best first */
export async function searchNodes(page: Page, text: string): Promise<string[]> {
	const search = page.getByTestId('node-creator-search-bar');
	if (!(await isNodesPanelOpen(page))) await page.getByTestId('node-creator-plus-button').click();
	const names = page.getByTestId('node-creator-item-name');
	const found = names.filter({ hasText: NODE_NAME }).first();
	// Results lag behind the typing: once our node is gone, what appears next belongs to this search.
	await search.fill('');
	await found.waitFor({ state: 'hidden' });
	await search.fill(text);
	await found.waitFor();
	return (await names.allTextContents()).map((name) => name.trim());
}

/** From the found node to its details page. */
export async function openDetails(page: Page): Promise<void> {
	await searchNodes(page, NODE_NAME);
	await page.getByTestId('node-creator-item-name').filter({ hasText: NODE_NAME }).first().click();
	await page.getByText('Add to workflow').waitFor();
}

/** A new workflow with an untouched Contact User, whose panel is open. */
export async function addContactUser(lab: Lab): Promise<void> {
	await openNewWorkflow(lab);
	await openDetails(lab.page);
	await lab.page.getByText('Add to workflow').click();
	await lab.page.getByTestId('parameter-input-userId').waitFor();
}

/** The field of a parameter, or of the credential when its dialog is open. */
export function field(page: Page, name: string): Locator {
	return page.getByTestId(`parameter-input-${name}`).last();
}

export async function closePanel(page: Page): Promise<void> {
	await page.getByTestId('ndv-close-button').click();
	await page.getByTestId('ndv').waitFor({ state: 'hidden' });
}

/** The card of a node on the canvas. */
export function card(page: Page, name: string): Locator {
	return page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
}
