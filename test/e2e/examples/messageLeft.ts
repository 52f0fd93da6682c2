import { strict as assert } from 'node:assert';

import { createCredential } from '../../n8n/api';
import { CREDENTIAL_TYPE } from '../../n8n/deskNodes';
import { parametersOf } from '../../n8n/workflow';
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
	{
		name: `example ${FILE}: an answer that is no answer of Desk drops nobody`,
		run: async (lab) => {
			const odd = ['[]', '', 'null', '"OK"', '<html></html>'];
			const answer = (url: string) =>
				url.includes('/contact_user') ? '{"ActionStatus":"FAIL","ErrorCode":141012}' : odd.shift();
			await withServer(
				(request, response) => {
					response.setHeader('Content-Type', 'application/json');
					response.end(answer(request.url ?? ''));
				},
				async (baseUrl) => {
					const users = odd.map((_, n) => ({ userId: `user-${n}` }));
					const workflow = quickExample(lab);
					changeSettings(workflow, { deskUrl: baseUrl, maxTries: 1 });
					parametersOf(workflow, 'Users to Contact').jsonOutput = JSON.stringify({ users });
					const credential = { id: null, name: 'Odd Desk' };
					const data = { ...lab.simulator.credential, baseUrl };
					const { name } = credential;
					await createCredential(lab.n8n.rest, { name, type: CREDENTIAL_TYPE, data });
					for (const { credentials } of workflow.nodes) {
						if (credentials) credentials[CREDENTIAL_TYPE] = credential;
					}
					const ends = endsOf(await runExample(lab, workflow));
					assert.deepEqual(
						Object.keys(ends['Message Not Confirmed']),
						users.map(({ userId }) => userId),
					);
				},
			);
		},
	},
];
