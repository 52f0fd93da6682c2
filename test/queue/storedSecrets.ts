import { strict as assert } from 'node:assert';
import { readFile } from 'node:fs/promises';

import { finishedExecution } from '../n8n/api';
import { formsOf } from '../n8n/signatures';
import { serveBatches, startBatch, type Case } from './lab';

export const storedSecrets: Case[] = [
	{
		name: 'PostgreSQL and the logs of all processes hold neither a secret key nor a UserSig',
		run: async (lab) => {
			const { cluster, secrets } = lab;
			// Of its own, so that there is something to find also when this case runs alone.
			const id = await startBatch(lab, await serveBatches(lab), ['stored-1', 'fault-http403']);
			assert.equal((await finishedExecution(cluster.rest, id)).status, 'error');
			assert.ok(secrets.size > 2, 'there were signatures to look for');
			const dump = await cluster.services.dump();
			assert.ok(dump.includes('stored-1'), 'the dump holds the executions');
			const logs = await Promise.all(cluster.logFiles.map((file) => readFile(file, 'utf8')));
			for (const form of [...secrets].flatMap(formsOf)) {
				const isThere = [dump, ...logs].some((text) => text.includes(form));
				assert.ok(!isThere, 'a secret is stored or logged');
			}
		},
	},
];
