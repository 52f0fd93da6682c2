import { strict as assert } from 'node:assert';

import type { Execution } from '../../n8n/api';
import { readExample } from '../../n8n/examples';
import { parametersOf, type Workflow } from '../../n8n/workflow';
import { leaving } from './exampleFile';

export const FILE = 'retry-then-message.json';
const ENDS = [
	'Contacted',
	'To Be Corrected',
	'Not Contacted',
	'Message Left',
	'Message Not Confirmed',
];

/** Where the users of the sample end, with the number of times each was tried. */
export const SAMPLE = {
	Contacted: { 'maria-lopez': 1, 'answer-141012-once.tom': 2 },
	'To Be Corrected': { 'unknown-visitor': 1 },
	'Not Contacted': { 'in-conversation': 1, 'fault-http403.sam': 1 },
	'Message Left': { 'priya-nair': 3, 'answer-141012.chen': 3 },
	'Message Not Confirmed': {},
};

/** The example with a short wait. */
export function quickExample({ waitSeconds = 0.2 } = {}): Workflow {
	const workflow = readExample(FILE);
	Object.assign(parametersOf(workflow, 'Wait Before the Next Try'), {
		amount: waitSeconds,
		unit: 'seconds',
	});
	return workflow;
}

/** By end node: who arrived there, after how many tries. Nobody arrives twice. */
export function endsOf(execution: Execution): Record<string, Record<string, number>> {
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
