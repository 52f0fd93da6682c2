import { strict as assert } from 'node:assert';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { contactUser, OUTPUTS } from '../n8n/deskNodes';
import { formsOf } from '../n8n/signatures';
import { runBatch, type Case } from './lab';

const WITNESS = 'customer-who-must-be-found';

export const storedSecrets: Case[] = [
	{
		name: 'n8n stores and logs neither a secret key nor a UserSig',
		run: async (lab) => {
			await runBatch(lab, [WITNESS], [contactUser()], OUTPUTS);
			const { n8n, secrets } = lab;
			const whileRunning = await filesOf(n8n.userFolder, n8n.logFile);
			await n8n.stop();
			const afterwards = await filesOf(n8n.userFolder, n8n.logFile);
			const stored = [...whileRunning, ...afterwards];

			// A search that finds nothing proves something only where it can find.
			const withWitness = stored.filter(([, bytes]) => bytes.includes(WITNESS));
			assert.ok(
				withWitness.some(([file]) => file.includes('database.sqlite')),
				'the database is readable',
			);
			assert.ok(secrets.size > 3, 'signatures were collected');

			for (const secret of secrets) {
				for (const form of formsOf(secret)) {
					const where = stored.filter(([, bytes]) => bytes.includes(form)).map(([file]) => file);
					assert.deepEqual(where, [], 'files that hold a secret');
				}
			}
		},
	},
];

async function filesOf(folder: string, ...more: string[]): Promise<Array<[string, Buffer]>> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const files = entries
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name))
		.filter((file) => !file.includes('node_modules'));
	return await Promise.all(
		[...files, ...more].map(async (file): Promise<[string, Buffer]> => [
			file,
			await readFile(file),
		]),
	);
}
