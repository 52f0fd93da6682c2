import { strict as assert } from 'node:assert';

import { eventually } from '../../n8n/waiting';
import type { Case } from '../lab';
import { parametersOf } from '../../n8n/workflow';
import {
	changeSettings,
	contactedUsers,
	fieldsOf,
	leaving,
	runExample,
	triesOf,
} from './exampleFile';
import { endsOf, FILE, quickExample, SAMPLE } from './retryExample';

export const retryThenMessage: Case[] = [
	{
		name: `example ${FILE}: only who found no agent goes round, three times at most, and then gets one message`,
		run: async (lab) => {
			const workflow = quickExample();
			const execution = await runExample(lab, workflow);
			assert.deepEqual(endsOf(execution), SAMPLE);
			assert.deepEqual(triesOf(lab), Object.assign({}, ...Object.values(SAMPLE)));
			assert.deepEqual(contactedUsers(lab), ['answer-141012-once.tom', 'maria-lopez']);

			const text = fieldsOf(workflow, 'Settings').find(({ name }) => name === 'messageText')?.value;
			const left = lab.simulator.messages.map((message) => [message.userId, message.text]);
			assert.deepEqual(left.sort(), [
				['answer-141012.chen', text],
				['priya-nair', text],
			]);
		},
	},
	{
		name: `example ${FILE}: an agent who comes back between two tries contacts the user, who gets no message`,
		run: async (lab) => {
			const running = runExample(lab, quickExample({ waitSeconds: 2 }));
			await eventually('the first try', 20_000, async () => triesOf(lab)['priya-nair']);
			const dana = lab.simulator.world.agents.find(({ mail }) => mail === 'dana@example.com');
			assert.ok(dana);
			dana.status = 'free';

			assert.deepEqual(endsOf(await running), {
				...SAMPLE,
				Contacted: { ...SAMPLE.Contacted, 'priya-nair': 2 },
				'Message Left': { 'answer-141012.chen': 3 },
			});
			assert.deepEqual(
				lab.simulator.messages.map(({ userId }) => userId),
				['answer-141012.chen'],
			);
		},
	},
	{
		name: `example ${FILE}: the number of tries is set in one place, and each run leaves its own message`,
		run: async (lab) => {
			const workflow = quickExample();
			changeSettings(workflow, { maxTries: 1 });
			await runExample(lab, workflow);
			assert.deepEqual(new Set(Object.values(triesOf(lab))), new Set([1]));
			await runExample(lab, workflow);
			const toChen = lab.simulator.messages.filter(({ userId }) => userId === 'answer-141012.chen');
			assert.equal(toChen.length, 2);
		},
	},
	{
		name: `example ${FILE}: with Contact User deactivated, no note says that a user was contacted`,
		run: async (lab) => {
			const workflow = quickExample();
			for (const node of workflow.nodes) if (node.name === 'Contact User') node.disabled = true;
			const execution = await runExample(lab, workflow);
			const notes = leaving(execution, 'Contacted').map(({ note }) => note);
			assert.deepEqual(notes, Array(notes.length).fill('Nobody was contacted.'));
			assert.ok(notes.length > 0);
		},
	},
	{
		name: `example ${FILE}: whatever field the customer stands in, it is still there on the second way round`,
		run: async (lab) => {
			const workflow = quickExample();
			const users = [
				{ contactId: 'answer-141012-once.tom', deal: 7 },
				{ contactId: 'answer-141012.chen', deal: 8 },
			];
			parametersOf(workflow, 'Users to Contact').jsonOutput = JSON.stringify({ users });
			parametersOf(workflow, 'Each User Once').fieldsToCompare = 'contactId';
			parametersOf(workflow, 'Contact User').userId = '={{ $json.contactId }}';
			const execution = await runExample(lab, workflow);
			assert.deepEqual(endsOf(execution), {
				...NOBODY,
				Contacted: { 'answer-141012-once.tom': 2 },
				'Message Left': { 'answer-141012.chen': 3 },
			});
			const counted = leaving(execution, 'Count the Try').map(({ deal }) => deal);
			assert.deepEqual(counted, [7, 8, 8, 8]);
		},
	},
];

const NOBODY = Object.fromEntries(Object.keys(SAMPLE).map((end) => [end, {}]));
