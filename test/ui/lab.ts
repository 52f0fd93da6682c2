import { chromium, selectors, type BrowserContext, type Page } from 'playwright-core';

import { startN8n, type Instance } from '../n8n/instance';
import { withSimulatedDesk, type SimulatedDesk } from '../n8n/simulatedDesk';
import type { Case as SuiteCase } from '../n8n/suite';
import { ensureBrowser } from './browser';

/** A busy machine with two cores has needed 12 s for the first page. */
const PATIENCE_MS = 30_000;
/**
 * The editor asks servers of its makers and the npm registry; nobody but this machine is spoken to here. Not by
 * `context.route`: that turns the browser's cache off, and each page of the editor then takes seconds longer.
 */
const THIS_MACHINE_ONLY =
	'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost';

/** An n8n without any credential, the editor of its owner in a browser, and a Desk to type into it. */
export interface Lab extends SimulatedDesk {
	n8n: Instance;
	page: Page;
}

export type Case = SuiteCase<Lab>;

/** Opens all of it for the length of `work`. */
export async function withLab(work: (lab: Lab) => Promise<void>): Promise<void> {
	await withSimulatedDesk(async (sandbox, desk) => {
		const executablePath = await ensureBrowser();
		const n8n = await startN8n(sandbox);
		selectors.setTestIdAttribute('data-test-id');
		// Chromium's own sandbox refuses to run as root, as in a container.
		const browser = await chromium.launch({
			executablePath,
			chromiumSandbox: false,
			args: [THIS_MACHINE_ONLY],
		});
		try {
			const context = await browser.newContext({
				viewport: { width: 1280, height: 800 },
				reducedMotion: 'reduce',
				locale: 'en-US',
			});
			await work({ ...desk, n8n, page: await openEditor(context, n8n) });
		} finally {
			await browser.close();
		}
	});
}

async function openEditor(context: BrowserContext, { url, owner }: Instance): Promise<Page> {
	context.setDefaultTimeout(PATIENCE_MS);
	const login = await context.request.post(`${url}/rest/login`, {
		data: { emailOrLdapLoginId: owner.email, password: owner.password },
	});
	if (!login.ok()) throw new Error(`the login answered ${login.status()}`);
	const page = await context.newPage();
	// What an earlier case left unsaved must not hold the next one up.
	page.on('dialog', (dialog) => void dialog.accept());
	return page;
}
