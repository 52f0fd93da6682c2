import { strict as assert } from 'node:assert';

import { readExample } from '../../n8n/examples';
import type { WorkflowNode } from '../../n8n/workflow';
import type { Case } from '../lab';
import { changeSettings, contactedUsers, leaving, MANUAL_TRIGGER, runExample } from './exampleFile';
import { zoneWhereItIs } from './zones';

/** The examples that write back to a table or sheet: the node that writes, and the trigger to run from. */
const WRITING = {
	'crm-deal-stage.json': ['Update Deal in CRM', MANUAL_TRIGGER],
	'crm-loop.json': ['Write the Contact to the Deal', MANUAL_TRIGGER],
	'business-hours-batch.json': ['Update Row in the Sheet', 'Every Day at 10:00'],
	'is-anybody-free.json': ['Update Customer', MANUAL_TRIGGER],
	'wait-for-outcome.json': ['Remember Who Waits', MANUAL_TRIGGER],
} as const;

const NOT_CONTACTING: Record<string, (node: WorkflowNode) => void> = {
	deactivated: (node) => {
		node.disabled = true;
	},
	'on Simulate Only': ({ parameters }) => {
		parameters.options = { ...(parameters.options as object), simulateOnly: true };
	},
};

export const neverWrittenAsContacted: Case[] = Object.entries(NOT_CONTACTING).map(
	([how, stop]): Case => ({
		name: `examples: with Contact User ${how}, nothing is written back`,
		run: async (lab) => {
			for (const [file, [writer, trigger]] of Object.entries(WRITING)) {
				const workflow = readExample(file);
				for (const node of workflow.nodes) if (node.name === 'Contact User') stop(node);
				if (file === 'business-hours-batch.json') {
					changeSettings(workflow, { timeZone: zoneWhereItIs(12), workdays: '[1,2,3,4,5,6,7]' });
				}
				const execution = await runExample(lab, workflow, trigger);
				assert.equal(execution.status, 'success', execution.error?.message);
				assert.ok(leaving(execution, 'Contact User').length > 0, `${file}: items came that far`);
				assert.deepEqual(leaving(execution, writer), [], file);
			}
			assert.deepEqual(contactedUsers(lab), []);
		},
	}),
);
