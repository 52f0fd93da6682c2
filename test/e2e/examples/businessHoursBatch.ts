import { strict as assert } from 'node:assert';

import {
	activate,
	deactivate,
	finishedExecution,
	newestExecution,
	type Execution,
} from '../../n8n/api';
import { readExample } from '../../n8n/examples';
import { parametersOf, type Workflow } from '../../n8n/workflow';
import { eventually } from '../../n8n/waiting';
import type { Case, Lab } from '../lab';
import {
	changeSettings,
	contactedUsers,
	importExample,
	leaving,
	runExample,
	triesOf,
} from './exampleFile';
import { weekdayIn, zoneWhereItIs } from './zones';

const FILE = 'business-hours-batch.json';
const TRIGGER = 'Every Day at 10:00';
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

interface Row {
	row_number: number;
	Outcome: string;
	'Try Again': boolean | string;
}

export const businessHoursBatch: Case[] = [
	{
		name: `example ${FILE}: in business hours, every open row is contacted and gets its outcome; the next day tries again only where no agent was free, or something was to be corrected`,
		run: async (lab) => {
			const workflow = readExample(FILE);
			const firstDay = await runAt(lab, workflow, 12);
			assert.deepEqual(outcomesOf(firstDay), {
				2: ['contacted', false],
				4: ['contacted', false],
				5: ['agentUnavailable', true],
				6: ['configurationError', true],
				7: ['userUnavailable', false],
				8: ['contacted', false],
			});
			assert.deepEqual(contactedUsers(lab), ['amira-haddad', 'maria-lopez', 'tom-baker']);

			writeBack(workflow, firstDay);
			lab.simulator.requests.length = 0;
			const nextDay = await runAt(lab, workflow, 12);
			assert.deepEqual(outcomesOf(nextDay), {
				5: ['agentUnavailable', true],
				6: ['configurationError', true],
			});
			assert.deepEqual(triesOf(lab), { 'priya-nair': 1, 'unknown-visitor': 1 });
		},
	},
	{
		name: `example ${FILE}: a day with a wrong secret key closes no row`,
		run: async (lab) => {
			const workflow = readExample(FILE);
			const [app] = lab.simulator.world.apps;
			const { secretKey } = app;
			app.secretKey = 'changed-in-the-console';
			const firstDay = await runAt(lab, workflow, 12);
			const outcomes = Object.values(outcomesOf(firstDay));
			assert.deepEqual(outcomes, Array(6).fill(['configurationError', true]));
			writeBack(workflow, firstDay);
			app.secretKey = secretKey;

			const nextDay = await runAt(lab, workflow, 12);
			assert.equal(Object.keys(outcomesOf(nextDay)).length, 6);
			assert.deepEqual(contactedUsers(lab), ['amira-haddad', 'maria-lopez', 'tom-baker']);
		},
	},
	{
		name: `example ${FILE}: a user in two rows is contacted once, and both rows get an outcome`,
		run: async (lab) => {
			const workflow = readExample(FILE);
			const sheet = parametersOf(workflow, 'Rows of the Sheet');
			const { rows } = JSON.parse(sheet.jsonOutput as string) as { rows: Row[] };
			rows.push({ ...rows[0], row_number: 9 });
			sheet.jsonOutput = JSON.stringify({ rows });
			const outcomes = outcomesOf(await runAt(lab, workflow, 12));
			assert.deepEqual(outcomes[2], ['contacted', false]);
			assert.deepEqual(outcomes[9], ['contacted', false]);
			assert.equal(contactedUsers(lab).filter((userId) => userId === 'maria-lopez').length, 1);
		},
	},
	{
		name: `example ${FILE}: no more users a day than the agents can take, and a row whose agents stay away does not keep the others from their turn`,
		run: async (lab) => {
			const workflow = readExample(FILE);
			changeSettings(workflow, { contactsPerRun: 3 });
			const days: string[][] = [];
			for (let day = 0; day < 3; day++) {
				const execution = await runAt(lab, workflow, 12);
				writeBack(workflow, execution);
				days.push(Object.keys(outcomesOf(execution)));
			}
			assert.deepEqual(days, [
				['2', '5', '6'],
				['4', '7', '8'],
				['5', '6'],
			]);
		},
	},
	{
		name: `example ${FILE}: on a day that is no workday, nobody is contacted`,
		run: async (lab) => {
			const today = weekdayIn(zoneWhereItIs(12));
			const workdays = EVERY_DAY.filter((day) => day !== today);
			assertClosed(lab, await runAt(lab, readExample(FILE), 12, { workdays }));
		},
	},
	{
		name: `example ${FILE}: the test switch runs it at night, but only by hand`,
		run: async (lab) => {
			const byHand = await runAt(lab, readExample(FILE), 0, { testNow: true });
			assert.equal(Object.keys(outcomesOf(byHand)).length, 6);

			lab.simulator.reset();
			const workflow = atHour(readExample(FILE), 0, { testNow: true });
			const everySecond = { interval: [{ field: 'seconds', secondsInterval: 1 }] };
			parametersOf(workflow, TRIGGER).rule = everySecond;
			const { rest } = lab.n8n;
			const id = await importExample(lab, workflow);
			await activate(rest, id);
			const { id: executionId } = await eventually('the schedule runs it', 20_000, () =>
				newestExecution(rest, id),
			);
			await deactivate(rest, id);
			assertClosed(lab, await finishedExecution(rest, executionId));
		},
	},
];

interface Different {
	workdays?: number[];
	contactsPerRun?: number;
	testNow?: boolean;
}

/** Runs it with opening hours from 9 to 15, where it is `hour` o'clock now. */
async function runAt(
	lab: Lab,
	workflow: Workflow,
	hour: number,
	different: Different = {},
): Promise<Execution> {
	const execution = await runExample(lab, atHour(workflow, hour, different), TRIGGER);
	assert.equal(execution.status, 'success', execution.error?.message);
	return execution;
}

function atHour(
	workflow: Workflow,
	hour: number,
	{ workdays = EVERY_DAY, ...settings }: Different,
): Workflow {
	changeSettings(workflow, {
		timeZone: zoneWhereItIs(hour),
		opensAt: 9,
		closesAt: 15,
		workdays: JSON.stringify(workdays),
		...settings,
	});
	return workflow;
}

function updatesOf(execution: Execution): Row[] {
	return leaving(execution, 'Update Row in the Sheet') as unknown as Row[];
}

/** Outcome and Try Again by the number of the row; a row that is updated twice is complained about. */
function outcomesOf(execution: Execution): Record<number, [string, unknown]> {
	const updates = updatesOf(execution);
	const outcomes = Object.fromEntries(
		updates.map((row) => [row.row_number, [row.Outcome, row['Try Again']] as [string, unknown]]),
	);
	assert.equal(Object.keys(outcomes).length, updates.length, 'each row once');
	return outcomes;
}

/** Does what the sheet node would do: puts the columns of the updates into the rows of the sample. */
function writeBack(workflow: Workflow, execution: Execution): void {
	const sheet = parametersOf(workflow, 'Rows of the Sheet');
	const { rows } = JSON.parse(sheet.jsonOutput as string) as { rows: Row[] };
	const updated = rows.map((row) => ({
		...row,
		...updatesOf(execution).find(({ row_number }) => row_number === row.row_number),
	}));
	sheet.jsonOutput = JSON.stringify({ rows: updated });
}

function assertClosed({ simulator }: Lab, execution: Execution): void {
	assert.equal(leaving(execution, 'Closed: Do Nothing').length, 1);
	assert.deepEqual(updatesOf(execution), []);
	assert.deepEqual(simulator.requests, []);
}
