import { strict as assert } from 'node:assert';

import { activate, deactivate, runManually, type Execution } from '../../n8n/api';
import { readExample } from '../../n8n/examples';
import { parametersOf, type Workflow } from '../../n8n/workflow';
import type { Case, Lab } from '../lab';
import { POLLED_OFTEN } from '../trigger';
import { fieldsOf, importExample, leaving, MANUAL_TRIGGER } from './exampleFile';

const FILE = 'wait-for-outcome.json';
const WAIT = 'Wait for the End of the Session';

export const waitForOutcome: Case[] = [
	{
		name: `example ${FILE}: when the session has ended, the run goes on with its rating and duration`,
		run: async (lab) => {
			const execution = await waitFor(lab, 'ended-1000-rated-4.maria', readExample(FILE));
			const [result] = leaving(execution, 'Result of the Session');
			assert.deepEqual([result.userId, result.rating], ['ended-1000-rated-4.maria', 4]);
			assert.equal(typeof result.minutes, 'number');
			assert.deepEqual(leaving(execution, 'Limit Came First'), []);
		},
	},
	{
		name: `example ${FILE}: when the limit comes first, the run goes on and says so`,
		run: async (lab) => {
			const workflow = readExample(FILE);
			Object.assign(parametersOf(workflow, WAIT), { resumeAmount: 2, resumeUnit: 'seconds' });
			const execution = await waitFor(lab, 'kenji-sato', workflow);
			const [{ userId, note }] = leaving(execution, 'Limit Came First');
			assert.equal(userId, 'kenji-sato');
			assert.match(String(note), /The limit came before the session ended/);
			assert.deepEqual(leaving(execution, 'Result of the Session'), []);
		},
	},
	{
		name: `example ${FILE}: a user who is not contacted is not waited for`,
		run: async (lab) => {
			const execution = await waitFor(lab, 'answer-141012.tom', readExample(FILE));
			const [{ outcome, note }] = leaving(execution, 'No Conversation to Wait For');
			assert.equal(outcome, 'agentUnavailable');
			assert.match(String(note), /The agent already serves as many users/);
			assert.deepEqual(leaving(execution, WAIT), []);
		},
	},
];

/** Publishes the example, and runs it for one user to the end of its wait. */
async function waitFor(lab: Lab, userId: string, workflow: Workflow): Promise<Execution> {
	const { rest } = lab.n8n;
	const field = fieldsOf(workflow, 'User to Contact').find(({ name }) => name === 'userId');
	assert.ok(field);
	field.value = userId;
	Object.assign(parametersOf(workflow, 'When a Session Has Ended'), POLLED_OFTEN);
	const id = await importExample(lab, workflow);
	await activate(rest, id);
	const execution = await runManually(rest, id, MANUAL_TRIGGER);
	await deactivate(rest, id);
	assert.equal(execution.status, 'success', execution.error?.message);
	return execution;
}
