import { strict as assert } from 'node:assert';

import { runManually } from '../../n8n/api';
import { readExample } from '../../n8n/examples';
import type { Case } from '../lab';
import { contactedUsers, importExample, leaving, MANUAL_TRIGGER, runExample } from './exampleFile';

const FILE = 'configuration-alert.json';
const EMPTY_USER = 'User ID is empty, so nothing was sent.';

export const configurationAlert: Case[] = [
	{
		name: `example ${FILE}: one alert for each cause, with what happened, what to do and who is concerned`,
		run: async (lab) => {
			const execution = await runExample(lab, readExample(FILE));
			assert.equal(execution.status, 'success', execution.error?.message);
			const alerts = leaving(execution, 'Send the Alert');
			assert.deepEqual(
				alerts.map(({ cause, users }) => [cause, users]),
				[
					['141015', 2],
					[EMPTY_USER, 1],
					['141018', 1],
				],
			);
			const [unknown, empty, group] = alerts.map(({ text }) => String(text));
			assert.match(unknown, /could not contact 2 users\.\n.*does not exist/);
			assert.match(unknown, /What to do: .{20}/);
			assert.match(unknown, /Users: unknown-visitor, unknown-guest$/);
			assert.match(empty, /could not contact 1 user\.\nUser ID is empty/);
			assert.match(empty, /Users: \(empty\)$/);
			assert.match(group, /Users: kenji-sato$/);
			assert.deepEqual(contactedUsers(lab), ['maria-lopez']);
		},
	},
	{
		name: `example ${FILE}: when Desk refuses the application, one request and one alert tell of all users`,
		run: async (lab) => {
			lab.simulator.world.apps[0].contactUser = false;
			const execution = await runExample(lab, readExample(FILE));
			const alerts = leaving(execution, 'Send the Alert');
			assert.deepEqual(alerts.map(({ cause, users }) => [cause, users]).sort(), [
				['141014', 6],
				[EMPTY_USER, 1],
			]);
			assert.equal(lab.simulator.requests.length, 1);
		},
	},
	{
		name: `example ${FILE}: the same cause alerts once a day, however often the workflow runs`,
		run: async (lab) => {
			const { n8n } = lab;
			const id = await importExample(lab, readExample(FILE));
			const alerts: number[] = [];
			let hour: number;
			// At midnight, wherever n8n thinks it is, the second run is the first of its day; the third is not.
			do {
				hour = new Date().getUTCHours();
				const execution = await runManually(n8n.rest, id, MANUAL_TRIGGER);
				alerts.push(leaving(execution, 'Send the Alert').length);
			} while (alerts.length < 2 || hour !== new Date().getUTCHours());
			assert.deepEqual([alerts[0], alerts.at(-1)], [3, 0]);
		},
	},
];
