import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import type { Locator, Page } from 'playwright-core';

import { recordOf } from '../../simulator/records';
import { CREDENTIAL_TYPE, tencentDesk } from '../../test/n8n/deskNodes';
import { runSuite } from '../../test/n8n/suite';
import { chain, manualTrigger, type NodeSketch } from '../../test/n8n/workflow';
import {
	addConnectedNode,
	dialogOf,
	openNewCredential,
	save,
	typeCredential,
	typeInto,
} from '../../test/ui/credentialDialog';
import { entries, openList } from '../../test/ui/dropDowns';
import {
	addContactUser,
	card,
	field,
	NODE_NAME,
	openNewWorkflow,
	searchNodes,
} from '../../test/ui/editor';
import { withLab, type Case, type Lab } from '../../test/ui/lab';
import { runToEnd } from '../../test/ui/running';
import { useTheme } from '../../test/ui/themes';
import { exampleWorkflow, openWorkflow, savedCredential } from '../../test/ui/workflows';

const IMAGES = join(__dirname, '..', 'images');
const EXAMPLE = 'crm-deal-stage.json';
const LOOP_EXAMPLE = 'crm-loop.json';
const STEP = 'Get session';
const TRIGGER = 'Tencent Desk Trigger';
/** n8n's messages in the corner go away by themselves; a picture need not wait for that. */
const NOTHING_OVER_IT = '.el-notification { display: none !important; }';
/** Buttons of the editor that stand over the canvas. */
const NO_BUTTONS = `
	[class*='nodeButtonsWrapper'], [class*='executionButtons'], .vue-flow__panel { display: none !important; }
`;
/** Below the last thing that a panel shows there is nothing to be seen. */
const PANEL_PX = 600;

/** The pictures of the README, taken anew: each case leaves one file. */
const pictures: Case[] = [
	{
		name: 'search.png: both nodes among the results of a search',
		run: async (lab) => {
			await openNewWorkflow(lab);
			await searchNodes(lab.page, 'live chat');
			await lab.page.waitForLoadState('networkidle');
			await keep(lab.page.getByTestId('node-creator'), 'search.png', { height: 330 });
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
				await lab.page.getByTestId('zoom-to-fit').click();
				// The counts are drawn some time after n8n says that the run is over.
				for (const name of [NODE_NAME, 'All Outcomes']) {
					const last = lab.page.locator(
						`[data-test-id="edge-label"][data-source-node-name="${name}"]`,
					);
					await last
						.getByText(/^\d+ items?$/)
						.last()
						.waitFor();
				}
				await keepCanvas(lab.page, file);
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
			await output.getByText('configurationError', { exact: true }).first().waitFor();
			await showSchema(page);
			await keep(page.getByTestId('ndv'), 'output.png');
		},
	},
	{
		name: 'tencent-desk.png: Session: Get after a run, and what else can be done with a session',
		run: async (lab) => {
			const { page } = lab;
			const session = {
				customerServiceAccount: { __rl: true, mode: 'id', value: '@customer_service_account' },
				userId: 'in-conversation',
			};
			const step = tencentDesk('session', 'get', session, { name: STEP });
			await openPanel(lab, [manualTrigger(), step], STEP);
			await page.getByTestId('node-execute-button').click();
			await page.getByTestId('output-panel').getByText('in-conversation').first().waitFor();
			await showSchema(page);
			await field(page, 'operation').locator('input').click();
			await page.getByRole('option', { name: 'Transfer to Agent' }).waitFor();
			await keep(page.getByTestId('ndv'), 'tencent-desk.png', { height: PANEL_PX });
		},
	},
	{
		name: 'trigger.png: the panel of the trigger, and the newest session',
		run: async (lab) => {
			const { page, simulator } = lab;
			const record = {
				SessionId: 'session-of-maria-lopez',
				Timestamp: Math.floor(Date.now() / 1000) - 600,
				ClientUserId: 'maria-lopez',
				ClientUserNickName: 'Maria',
				Duration: 412,
				SatisfactionSelected: 5,
			};
			simulator.world.records.push(recordOf(record));
			const type = 'n8n-nodes-tencent-desk.tencentDeskTrigger';
			const trigger = { name: TRIGGER, type, typeVersion: 1, parameters: {} };
			await openPanel(lab, [trigger], TRIGGER);
			await page.getByTestId('node-execute-button').click();
			await page.getByTestId('output-panel').getByText('maria-lopez').first().waitFor();
			await showSchema(page);
			await keep(page.getByTestId('ndv'), 'trigger.png', { height: PANEL_PX });
		},
	},
	{
		name: 'crm-loop.png: the contact above, and what came of it below',
		run: async (lab) => {
			// Both halves, one below the other.
			await lab.page.setViewportSize({ width: 1280, height: 1000 });
			await openWorkflow(lab, await exampleWorkflow(lab, LOOP_EXAMPLE));
			await lab.page.getByTestId('zoom-to-fit').click();
			await keepCanvas(lab.page, 'crm-loop.png');
		},
	},
];

/** @param part what to keep of its height, in pixels from its top: all of it when not given; and styles that hide something */
async function keep(
	what: Locator,
	file: string,
	{
		top = 0,
		height = Infinity,
		hidden = '',
	}: { top?: number; height?: number; hidden?: string } = {},
): Promise<void> {
	await mkdir(IMAGES, { recursive: true });
	const box = await what.boundingBox();
	if (box === null) throw new Error(`${file}: there is nothing to be seen`);
	const clip = {
		...box,
		y: box.y + top,
		height: Math.min(height, box.height - top),
	};
	const path = join(IMAGES, file);
	await what.page().mouse.move(0, 0);
	const style = NOTHING_OVER_IT + hidden;
	await what.page().screenshot({ path, clip, style, animations: 'disabled' });
}

/** Without the tabs above and the buttons, which stand over the canvas. */
async function keepCanvas(page: Page, file: string): Promise<void> {
	const canvas = page.getByTestId('canvas-wrapper');
	const { height = 0 } = (await canvas.boundingBox()) ?? {};
	await keep(canvas, file, { top: 20, height: height - 110, hidden: NO_BUTTONS });
}

/** Opens the panel of the last of these nodes, which have a credential that works. */
async function openPanel(lab: Lab, nodes: NodeSketch[], name: string): Promise<void> {
	const credentials = { [CREDENTIAL_TYPE]: await savedCredential(lab) };
	const connected = nodes.map((node) => ({ ...node, credentials }));
	await openWorkflow(lab, chain(name, connected), name);
	await card(lab.page, name).dblclick();
	await lab.page.getByTestId('ndv').waitFor();
}

/** The output of a run as a list of its fields. */
async function showSchema(page: Page): Promise<void> {
	const output = page.getByTestId('output-panel');
	await output.getByText('Schema', { exact: true }).click();
	await output.getByTestId('run-data-schema-item').first().waitFor();
}

void runSuite<Lab>({
	cases: pictures,
	withLab,
	beforeEach: ({ simulator }) => simulator.reset(),
});
