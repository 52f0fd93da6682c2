import { strict as assert } from 'node:assert';

import { contactUser, OUTPUTS } from '../n8n/deskNodes';
import { fieldOf, runBatch, type Case } from './lab';

const BATCH = ['customer-1', 'fault-http403', 'customer-2'];

export const onErrorModes: Case[] = [
	{
		name: 'On Error = Stop Workflow: a contact that failed ends the execution, and the error says who was contacted',
		run: async (lab) => {
			const execution = await runBatch(
				lab,
				BATCH,
				[contactUser({ onError: 'stopWorkflow' })],
				OUTPUTS,
			);
			assert.equal(execution.status, 'error');
			assert.deepEqual(execution.outputs('Contacted'), []);
			assert.ok(execution.error, 'the execution has an error');
			assert.match(execution.error.message, /^User fault-http403: .*\[item 2 of 3\]$/);
			assert.match(String(execution.error.description), /Contacted: .*\bcustomer-1\b/);
		},
	},
	{
		name: 'On Error = Continue: a contact that failed leaves by Other Outcome, never by Contacted',
		run: async (lab) => {
			const node = contactUser({ onError: 'continueRegularOutput' });
			const execution = await runBatch(lab, BATCH, [node], OUTPUTS);
			assert.equal(execution.status, 'success');
			const [contacted, , , other] = execution.outputs('Contact User');
			assert.deepEqual(fieldOf(contacted, 'userId'), ['customer-1', 'customer-2']);
			assert.deepEqual(fieldOf(other, 'userId'), ['fault-http403']);
			assert.deepEqual(fieldOf(other, 'outcome'), ['failed']);
		},
	},
	{
		name: "On Error = Continue (using error output): a contact that failed leaves by n8n's Error output with its report",
		run: async (lab) => {
			const node = contactUser({ onError: 'continueErrorOutput' });
			const execution = await runBatch(lab, BATCH, [node], [...OUTPUTS, 'Error']);
			assert.equal(execution.status, 'success');
			const [contacted, , , other, failed] = execution.outputs('Contact User');
			assert.deepEqual(fieldOf(contacted, 'userId'), ['customer-1', 'customer-2']);
			assert.deepEqual(other, []);
			assert.equal(failed.length, 1);
			const report = failed[0].json.error as Record<string, unknown>;
			assert.deepEqual([report.userId, report.outcome], ['fault-http403', 'failed']);
			assert.deepEqual(fieldOf(execution.outputs('Error')[0], 'message'), [report.message]);
		},
	},
];
