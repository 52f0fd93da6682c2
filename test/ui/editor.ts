import type { Locator, Page } from 'playwright-core';

import { createWorkflow } from '../n8n/api';
import { chain } from '../n8n/workflow';
import type { Lab } from './lab';

export const NODE_NAME = 'Contact User';
/** The trigger too: n8n lists a node and its trigger as one. */
export const DESK_NAME = 'Tencent Desk';

/**
 * Goes to a page as the links of the editor do: to load the whole editor anew takes ten times as long. That is only done
 * for the first page, and where a dialog was left open that would stay.
 */
export async function goTo({ n8n, page }: Lab, path: string): Promise<void> {
	const isLoaded = page.url().startsWith(n8n.url);
	if (!isLoaded || (await page.locator('.el-overlay-dialog:visible').count()) > 0) {
		await page.goto(n8n.url + path);
		return;
	}
	await page.evaluate(`
		const state = {
			back: location.pathname,
			current: ${JSON.stringify(path)},
			forward: null,
			replaced: false,
			position: (history.state?.position ?? 0) + 1,
			scroll: null,
		};
		history.pushState(state, '', state.current);
		dispatchEvent(new PopStateEvent('popstate', { state }));
	`);
}

/** A workflow nobody has touched. */
export async function openNewWorkflow(lab: Lab): Promise<void> {
	const id = await createWorkflow(lab.n8n.rest, chain('My workflow', []));
	await goTo(lab, `/workflow/${id}`);
	await lab.page.getByTestId('canvas-add-button').first().waitFor();
}

/** Whether the panel with all nodes is open. */
export async function isNodesPanelOpen(page: Page): Promise<boolean> {
	return await page.getByTestId('node-creator-search-bar').isVisible();
}

/** Opens the panel with all nodes and types into its search field. @returns the names that are shown, best first */
export async function searchNodes(page: Page, text: string, wanted = NODE_NAME): Promise<string[]> {
	const search = page.getByTestId('node-creator-search-bar');
	if (!(await isNodesPanelOpen(page))) await page.getByTestId('node-creator-plus-button').click();
	const names = page.getByTestId('node-creator-item-name');
	const found = names.filter({ hasText: wanted }).first();
	// Results lag behind the typing: once the node is gone, what appears next belongs to this search.
	await search.fill('');
	await found.waitFor({ state: 'hidden' });
	await search.fill(text);
	await found.waitFor();
	return (await names.allTextContents()).map((name) => name.trim());
}

/** From the found node to its details page. */
export async function openDetails(page: Page): Promise<void> {
	await openFound(page, NODE_NAME);
	await page.getByText('Add to workflow').waitFor();
}

/** A new workflow with what an action or a trigger of Tencent Desk adds, whose panel is open. */
export async function addByAction(lab: Lab, section: RegExp, action: string): Promise<void> {
	const { page } = lab;
	await openNewWorkflow(lab);
	await openFound(page, DESK_NAME);
	const entry = page.getByText(action, { exact: true });
	const head = page.getByText(section);
	await head.waitFor();
	if (!(await entry.isVisible())) await head.click();
	await entry.click();
	await page.getByTestId('ndv').waitFor();
}

async function openFound(page: Page, name: string): Promise<void> {
	await searchNodes(page, name, name);
	await page.getByTestId('node-creator-item-name').filter({ hasText: name }).first().click();
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

/** The names of the parameters that the open panel shows, from top to bottom, without those of collections. */
export async function shownFields(page: Page): Promise<string[]> {
	const shown = await page
		.getByTestId('node-parameters')
		.locator('[data-test-id^="parameter-input-"]:visible')
		.evaluateAll((inputs) => inputs.map((input) => input.getAttribute('data-test-id') ?? ''));
	return shown
		.map((id) => id.replace('parameter-input-', ''))
		.filter((name) => name !== 'field' && name !== 'item');
}

/** Opens the drop-down that says "Add option" or "Add filter". @returns what it offers */
export async function openOffers(page: Page, placeholder: string): Promise<Locator> {
	await page.getByPlaceholder(placeholder).filter({ visible: true }).click();
	const options = page.getByTestId('collection-parameter-option').filter({ visible: true });
	await options.first().waitFor();
	return options;
}

export async function offeredBy(page: Page, placeholder: string): Promise<string[]> {
	const options = await openOffers(page, placeholder);
	const names = (await options.allTextContents()).map((option) => option.trim());
	await page.keyboard.press('Escape');
	await options.first().waitFor({ state: 'hidden' });
	return names;
}

export async function closePanel(page: Page): Promise<void> {
	await page.getByTestId('ndv-close-button').click();
	await page.getByTestId('ndv').waitFor({ state: 'hidden' });
}

/** The card of a node on the canvas. */
export function card(page: Page, name: string): Locator {
	return page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
}

/** What stands beside the outputs of Contact User on the canvas, from top to bottom. */
export async function outputLabels(page: Page): Promise<string[]> {
	const labels = await card(page, NODE_NAME)
		.getByTestId('canvas-node-output-handle')
		.allTextContents();
	return labels.map((label) => label.trim());
}
