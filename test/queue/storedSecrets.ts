import { strict as assert } from 'node:assert';
import { readFile } from 'node:fs/promises';

import type { Case } from './lab';

export const storedSecrets: Case[] = [
	{
		name: 'PostgreSQL and the logs of all processes hold neither a secret key nor a UserSig',
		run: async ({ cluster, secrets }) => {
			assert.ok(secrets.size > 2, 'there were signatures to look for');
			const texts = [await cluster.services.dump(), await readFile(cluster.logFile, 'utf8')];
			for (const worker of cluster.workers) texts.push(await worker.log());
			assert.ok(texts[0].includes('customer-1'), 'the dump holds the executions');
			for (const secret of secrets) {
				assert.ok(!texts.some((text) => text.includes(secret)), 'a secret is stored or logged');
			}
		},
	},
];
