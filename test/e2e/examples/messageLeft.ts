import { strict as assert } from 'node:assert';

import type { Case } from '../lab';
import { withServer } from '../localServer';
import { changeSettings, leaving, runExample } from './exampleFile';
import { endsOf, FILE, quickExample, SAMPLE } from './retryExample';

/** The message at the end of the retries, where it cannot be left. */
export const messageLeft: Case[] = [
	{
		name: `example ${FILE}: a message that Desk refuses is not taken for left`,
		run: async (lab) => {
			lab.simulator.world.users = ['maria-lopez', 'answer-141012-once.tom', 'priya-nair'];
			const execution = await runExample(lab, quickExample(lab));
			const [refused] = leaving(execution, 'Message Not Confirmed');
			assert.equal(refused.userId, 'answer-141012.chen');
			assert.match(String(refused.note), /To_Account does not exist/);
			assert.deepEqual(endsOf(execution)['Message Left'], { 'priya-nair': 3 });
			assert.deepEqual(
				lab.simulator.messages.map(({ userId }) => userId),
				['priya-nair'],
			);
		},
	},
	{
		name: `example ${FILE}: with the host of another data center, no message is left and the note says why`,
		run: async (lab) => {
			const seen: string[] = [];
			await withServer(
				(request, response) => {
					seen.push(request.url ?? '');
					response.end('{"ErrorCode":0}');
				},
				async (deskUrl) => {
					const workflow = quickExample(lab);
					changeSettings(workflow, { deskUrl });
					const execution = await runExample(lab, workflow);
					assert.deepEqual(endsOf(execution)['Message Not Confirmed'], SAMPLE['Message Left']);
					const notes = leaving(execution, 'Message Not Confirmed').map(({ note }) => note);
					for (const note of notes) assert.match(String(note), /signs requests to .* only/);
				},
			);
			assert.deepEqual(seen, []);
		},
	},
];
