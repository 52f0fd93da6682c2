import { strict as assert } from 'node:assert';
import { readFile } from 'node:fs/promises';

import { formsOf } from '../n8n/signatures';
import type { Case } from './lab';

export const storedSecrets: Case[] = [
	{
		name: 'PostgreSQL and the logs of all processes hold neither a secret key nor a UserSig',
		run: async ({ cluster, secrets }) => {
			assert.ok(secrets.size > 2, 'there were signatures to look for');
			const dump = await cluster.services.dump();
			assert.ok(dump.includes('customer-1'), 'the dump holds the executions');
			const logs = await Promise.all(cluster.logFiles.map((file) => readFile(file, 'utf8')));
			for (const form of [...secrets].flatMap(formsOf)) {
				const isThere = [dump, ...logs].some((text) => text.includes(form));
				assert.ok(!isThere, 'a secret is stored or logged');
			}
		},
	},
];
