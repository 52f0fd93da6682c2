import { strict as assert } from 'node:assert';

import { eventually } from '../../n8n/waiting';
import type { Case } from '../lab';
import { changeSettings, contactedUsers, fieldsOf, runExample, triesOf } from './exampleFile';
import { endsOf, FILE, quickExample, SAMPLE } from './retryExample';

export const retryThenMessage: Case[] = [
	{
		name: `example ${FILE}: only who found no agent goes round, three times at most, and then gets one message`,
		run: async (lab) => {
			const workflow = quickExample(lab);
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
			const running = runExample(lab, quickExample(lab, { waitSeconds: 2 }));
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
			const workflow = quickExample(lab);
			changeSettings(workflow, { maxTries: 1 });
			await runExample(lab, workflow);
			assert.deepEqual(new Set(Object.values(triesOf(lab))), new Set([1]));
			await runExample(lab, workflow);
			const toChen = lab.simulator.messages.filter(({ userId }) => userId === 'answer-141012.chen');
			assert.equal(toChen.length, 2);
		},
	},
];
