import { strict as assert } from 'node:assert';

import { contactUser, OUTPUTS } from '../n8n/deskNodes';
import { fieldOf, runBatch, type Case } from './lab';

/** Users the simulator sends a certain way, and the output they must leave by. */
const WAYS: Array<[userId: (n: number) => string, output: number]> = [
	[(n) => `customer-${n}`, 0],
	[(n) => `answer-141012.${n}`, 1],
	[(n) => `unknown-${n}`, 2],
	[(n) => `answer-141016.${n}`, 3],
	[() => '', 2],
	[(n) => `fault-http403.${n}`, 3],
];

export const outputs: Case[] = [
	{
		name: 'production webhook: every contact leaves by the output that tells the truth, in order',
		run: async (lab) => {
			const batch = Array.from({ length: 60 }, (_, n) => WAYS[n % WAYS.length][0](n));
			const node = contactUser({ onError: 'continueRegularOutput' });
			const execution = await runBatch(lab, batch, [node], OUTPUTS);

			assert.equal(execution.status, 'success');
			const left = execution.outputs('Contact User');
			assert.equal(left.flat().length, batch.length, 'items in = items out');
			const expected = OUTPUTS.map((_, output) =>
				batch.filter((_user, n) => WAYS[n % WAYS.length][1] === output),
			);
			assert.deepEqual(
				left.map((items) => fieldOf(items, 'userId')),
				expected,
			);
			OUTPUTS.forEach((name, output) => {
				assert.equal(execution.outputs(name)[0]?.length, expected[output].length, `behind ${name}`);
			});

			const contacted = lab.simulator.ledger.map(({ userId }) => userId).sort();
			assert.deepEqual(contacted, [...expected[0]].sort(), 'the ledger of the simulator');
		},
	},
];
