import { strict as assert } from 'node:assert';

import { createCredential, createWorkflow, runManually, type Execution } from '../../n8n/api';
import { CREDENTIAL_TYPE } from '../../n8n/deskNodes';
import { readExample } from '../../n8n/examples';
import { parametersOf, type Workflow } from '../../n8n/workflow';
import type { Case } from '../lab';
import { withServer } from '../localServer';
import {
	changeSettings,
	contactedUsers,
	fieldsOf,
	leaving,
	MANUAL_TRIGGER,
	runExample,
	triesOf,
	withCredentials,
} from './exampleFile';

const FILE = 'retry-then-message.json';

/** Where the users of the sample end, with the number of times each was tried. */
const SAMPLE = {
	Contacted: { 'maria-lopez': 1, 'answer-141012-once.tom': 2 },
	'To Be Corrected': { 'unknown-visitor': 1 },
	'Not Contacted': { 'in-conversation': 1, 'fault-http403.sam': 1 },
	'Message Left': { 'priya-nair': 3, 'answer-141012.chen': 3 },
	'Message Not Confirmed': {},
};
const ENDS = Object.keys(SAMPLE);

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
			const ends = endsOf(execution);
			assert.deepEqual(ends.Contacted, { 'answer-141012-once.tom': 2 });
			assert.deepEqual(ends['Message Left'], { 'answer-141012.chen': 3 });
			const counted = leaving(execution, 'Count the Try').map(({ deal }) => deal);
			assert.deepEqual(counted, [7, 8, 8, 8]);
		},
	},
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
			const users = odd.map((_, n) => ({ userId: `user-${n}` }));
			const answer = (url: string) =>
				url.includes('/contact_user') ? '{"ActionStatus":"FAIL","ErrorCode":141012}' : odd.shift();
			await withServer(
				(request, response) => {
					response.setHeader('Content-Type', 'application/json');
					response.end(answer(request.url ?? ''));
				},
				async (baseUrl) => {
					const workflow = quickExample();
					changeSettings(workflow, { maxTries: 1 });
					parametersOf(workflow, 'Users to Contact').jsonOutput = JSON.stringify({ users });
					const name = 'Odd Desk';
					const data = { ...lab.simulator.credential, baseUrl };
					await createCredential(lab.n8n.rest, { name, type: CREDENTIAL_TYPE, data });
					const chosen = withCredentials(workflow, { [CREDENTIAL_TYPE]: { id: null, name } });
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

/** The example with a short wait. */
function quickExample(): Workflow {
	const workflow = readExample(FILE);
	const wait = parametersOf(workflow, 'Wait Before the Next Try');
	Object.assign(wait, { amount: 0.2, unit: 'seconds' });
	return workflow;
}

/** By end node: who arrived there, after how many tries. Nobody arrives twice. */
function endsOf(execution: Execution): Record<string, Record<string, number>> {
	assert.equal(execution.status, 'success', execution.error?.message);
	const arrived = ENDS.flatMap((end) => leaving(execution, end).map(({ userId }) => userId));
	assert.equal(new Set(arrived).size, arrived.length, 'each user ends once');
	return Object.fromEntries(
		ENDS.map((end) => [
			end,
			Object.fromEntries(leaving(execution, end).map(({ userId, tries }) => [userId, tries])),
		]),
	);
}
