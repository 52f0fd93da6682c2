import { strict as assert } from 'node:assert';

import { card, NODE_NAME } from './editor';
import type { Case, Lab } from './lab';
import { openWorkflow, usersWorkflow } from './workflows';

export const themes: Case[] = [
	{
		name: 'themes: light and dark each have an icon of their own',
		run: async (lab) => {
			await openWorkflow(lab, await usersWorkflow(lab, ['mia']));
			// The editor begins with the theme of the browser, which is light.
			const light = await iconOf(lab);
			await useTheme(lab, 'dark');
			assert.notEqual(light, await iconOf(lab));
		},
	},
];

/** What is read of an img element of the page. */
interface Picture {
	src: string;
	naturalWidth: number;
	decode(): Promise<void>;
}

/** The file of the icon on the card, which the browser has really drawn. */
async function iconOf({ page }: Lab): Promise<string> {
	const icon = card(page, NODE_NAME).locator('img').first();
	await icon.waitFor();
	const { file, width } = await icon.evaluate(async (element) => {
		const image = element as unknown as Picture;
		await image.decode();
		return { file: image.src, width: image.naturalWidth };
	});
	assert.ok(width > 0, 'the icon is drawn');
	return file;
}

/** Sets the theme as the editor keeps it, and loads the page anew. */
export async function useTheme({ page }: Lab, theme: 'light' | 'dark'): Promise<void> {
	await page.evaluate(`localStorage.setItem('N8N_THEME', '${theme}')`);
	await page.reload();
	await page.locator(`body[data-theme="${theme}"]`).waitFor();
	await card(page, NODE_NAME).waitFor();
}
