import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import type { Locator, Page } from 'playwright-core';

import { runSuite } from '../n8n/suite';
import {
	addConnectedNode,
	dialogOf,
	openNewCredential,
	save,
	typeCredential,
	typeInto,
} from './credentialDialog';
import { entries, openList } from './dropDowns';
import { addContactUser, card, field, NODE_NAME, openNewWorkflow, searchNodes } from './editor';
import { withLab, type Case, type Lab } from './lab';
import { runToEnd } from './running';
import { useTheme } from './themes';
import { exampleWorkflow, openWorkflow } from './workflows';

const IMAGES = join(__dirname, '..', '..', 'docs', 'images');
const EXAMPLE = 'crm-deal-stage.json';

/** The pictures of the README, taken anew: each case leaves one file. */
const pictures: Case[] = [
	{
		name: 'search.png: the node among the results of a search',
		run: async (lab) => {
			await openNewWorkflow(lab);
			await searchNodes(lab.page, 'live chat');
			await lab.page.waitForLoadState('networkidle');
			await keep(lab.page.getByTestId('node-creator'), 'search.png', { height: 280 });
		},
	},
	{
		name: 'credential.png: what a wrong secret key looks like',
		run: async (lab) => {
			const { page } = lab;
			await addContactUser(lab);
			await openNewCredential(page);
			await typeCredential(lab, 'a-key-of-another-application');
			await save(page);
			await dialogOf(page).getByText('More details').click();
			await dialogOf(page)
				.getByText(/Copy the SDKAppID and the secret key/)
				.waitFor();
			await keep(dialogOf(page), 'credential.png');
			// The pictures after this one need a credential that works.
			await typeInto(page, 'secretKey', lab.simulator.credential.secretKey);
			await save(page);
			await dialogOf(page).waitFor({ state: 'hidden' });
		},
	},
	{
		name: 'parameters.png: the panel of the node, choosing an account',
		run: async (lab) => {
			const { page } = lab;
			await addConnectedNode(lab);
			await field(page, 'userId').locator('input').fill('crm-4711');
			await openList(page, 'customerServiceAccount');
			await entries(page).filter({ hasText: 'Sales Desk' }).waitFor();
			await keep(page.getByTestId('ndv'), 'parameters.png');
		},
	},
	{
		name: 'canvas.png, canvas-dark.png: a run, and how many items left by each output',
		run: async (lab) => {
			await openWorkflow(lab, await exampleWorkflow(lab, EXAMPLE));
			for (const [theme, file] of [
				['dark', 'canvas-dark.png'],
				['light', 'canvas.png'],
			] as const) {
				await useTheme(lab, theme);
				lab.simulator.reset();
				await runToEnd(lab);
				await withoutToasts(lab.page);
				await lab.page.getByTestId('zoom-to-fit').click();
				// Without the tabs above, which stand over the canvas.
				await keep(lab.page.getByTestId('canvas-wrapper'), file, { top: 20 });
			}
		},
	},
	{
		name: 'output.png: an item on Config Error, and the hint',
		run: async (lab) => {
			const { page } = lab;
			// High enough for all that the caption names.
			await page.setViewportSize({ width: 1280, height: 1000 });
			await openWorkflow(lab, await exampleWorkflow(lab, EXAMPLE));
			await runToEnd(lab);
			await card(page, NODE_NAME).dblclick();
			const output = page.getByTestId('output-panel');
			await output
				.getByText(/^Config Error\b/)
				.first()
				.click();
			await output.getByText('Schema', { exact: true }).click();
			await output.getByText('configurationError', { exact: true }).first().waitFor();
			await withoutToasts(page);
			await keep(page.getByTestId('ndv'), 'output.png');
		},
	},
];

/** @param part what to keep of its height, in pixels from its top: all of it when not given */
async function keep(
	what: Locator,
	file: string,
	{ top = 0, height = Infinity }: { top?: number; height?: number } = {},
): Promise<void> {
	await mkdir(IMAGES, { recursive: true });
	const box = await what.boundingBox();
	if (box === null) throw new Error(`${file}: there is nothing to be seen`);
	const clip = {
		...box,
		y: box.y + top,
		height: Math.min(height, box.height - top),
	};
	await what.page().screenshot({ path: join(IMAGES, file), clip, animations: 'disabled' });
}

/** n8n's messages in the corner go away by themselves; a picture need not wait for that. */
async function withoutToasts(page: Page): Promise<void> {
	await page.addStyleTag({ content: '.el-notification { display: none !important; }' });
}

void runSuite<Lab>({
	cases: pictures,
	withLab,
	beforeEach: ({ simulator }) => simulator.reset(),
});
