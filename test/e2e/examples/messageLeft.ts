import { strict as assert } from 'node:assert';

import { createCredential, createWorkflow, runManually } from '../../n8n/api';
import { CREDENTIAL_TYPE } from '../../n8n/deskNodes';
import { parametersOf } from '../../n8n/workflow';
import type { Case } from '../lab';
import { withServer } from '../localServer';
import {
	changeSettings,
	leaving,
	MANUAL_TRIGGER,
	runExample,
	withCredentials,
} from './exampleFile';
import { endsOf, FILE, quickExample } from './retryExample';

/** The message at the end of the retries, where it cannot be left. */
export const messageLeft: Case[] = [
	{
		name: `example ${FILE}: a message that Desk refuses is not taken for left`,
		run: async (lab) => {
			lab.simulator.world.users = ['maria-lopez', 'answer-141012-once.tom', 'priya-nair'];
			const execution = await runExample(lab, quickExample());
			const [refused] = leaving(execution, 'Message Not Confirmed');
			assert.equal(refused.userId, 'answer-141012.chen');
			assert.match(String(refused.note), /The user does not exist/);
			assert.deepEqual(endsOf(execution)['Message Left'], { 'priya-nair': 3 });
			assert.deepEqual(
				lab.simulator.messages.map(({ userId }) => userId),
				['priya-nair'],
			);
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
					const workflow = quickExample();
					changeSettings(workflow, { maxTries: 1 });
					parametersOf(workflow, 'Users to Contact').jsonOutput = JSON.stringify({ users });
					const credential = { id: null, name: 'Odd Desk' };
					const data = { ...lab.simulator.credential, baseUrl };
					const { name } = credential;
					await createCredential(lab.n8n.rest, { name, type: CREDENTIAL_TYPE, data });
					const chosen = withCredentials(workflow, { [CREDENTIAL_TYPE]: credential });
					const id = await createWorkflow(lab.n8n.rest, chosen);
					const ends = endsOf(await runManually(lab.n8n.rest, id, MANUAL_TRIGGER));
					assert.deepEqual(
						Object.keys(ends['Message Not Confirmed']),
						users.map(({ userId }) => userId),
					);
				},
			);
		},
	},
];
