import { strict as assert } from 'node:assert';

import { activate, deactivate, runManually } from '../../n8n/api';
import { readExample } from '../../n8n/examples';
import { parametersOf } from '../../n8n/workflow';
import { eventually } from '../../n8n/waiting';
import type { Case } from '../lab';
import { contactedUsers, importExample, leaving, MANUAL_TRIGGER, moveSession } from './exampleFile';
import { POLLED_OFTEN } from '../trigger';
import { executionsOf } from './webhookExample';

const FILE = 'crm-loop.json';
const POLLED_WITHIN_MS = 60_000;
const TRIGGER = 'When a Session Has Ended';

export const crmLoop: Case[] = [
	{
		name: `example ${FILE}: each deal gets its outcome, and the rating and duration of its session later`,
		run: async (lab) => {
			const { rest } = lab.n8n;
			const workflow = readExample(FILE);
			Object.assign(parametersOf(workflow, TRIGGER), POLLED_OFTEN);
			const id = await importExample(lab, workflow);
			await activate(rest, id);
			const run = await runManually(rest, id, MANUAL_TRIGGER);
			assert.equal(run.status, 'success', run.error?.message);
			assert.equal(run.runs('Write the Contact to the Deal').length, 1, 'once for all outputs');
			const deals = leaving(run, 'Write the Contact to the Deal');
			assert.deepEqual(Object.fromEntries(deals.map((deal) => [deal.dealId, deal.outcome])), {
				'D-1': 'contacted',
				'D-2': 'contacted',
				'D-3': 'contacted',
				'D-4': '',
				'D-5': '',
			});
			assert.equal(contactedUsers(lab).length, 3);

			// A session that no deal knows comes by the same trigger.
			moveSession(lab, 'noa', { move: 'begin' }, { move: 'answer' }, { move: 'end', by: 'agent' });
			const polled = await eventually('the results', POLLED_WITHIN_MS, async () => {
				const all = await executionsOf(lab, id, 2, POLLED_WITHIN_MS);
				const polls = all.filter((each) => each.id !== run.id);
				const given = polls.flatMap((each) => leaving(each, TRIGGER));
				return given.length >= 4 ? polls : undefined;
			});
			await deactivate(rest, id);
			for (const { status, error } of polled) assert.equal(status, 'success', error?.message);
			const came = polled.flatMap((each) => leaving(each, TRIGGER));
			assert.deepEqual(came.map(({ userId }) => userId).sort(), [...contactedUsers(lab), 'noa']);
			const results = polled.flatMap((each) => leaving(each, 'Write the Result to the Deal'));
			assert.deepEqual(
				Object.fromEntries(
					results.map(({ dealId, outcome, rating }) => [dealId, [outcome, rating]]),
				),
				{ 'D-1': ['contacted', 5], 'D-2': ['contacted', 1], 'D-3': ['contacted', null] },
			);
			for (const { endStatus, minutes } of results) {
				assert.ok(String(endStatus).length > 0);
				assert.ok(typeof minutes === 'number' && minutes < 1, String(minutes));
			}
			const unhappy = polled.flatMap((each) => leaving(each, 'Ask What Went Wrong'));
			assert.deepEqual(
				unhappy.map(({ dealId }) => dealId),
				['D-2'],
			);
		},
	},
];
