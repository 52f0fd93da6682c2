import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { LoggerProxy, sleep } from 'n8n-workflow';

// Imported before anything of n8n-core, which reads these when it is loaded: all that n8n logs, into a file.
const file = path.join(mkdtempSync(path.join(tmpdir(), 'n8n-log-')), 'n8n.log');
process.env.N8N_LOG_LEVEL = 'debug';
process.env.N8N_LOG_OUTPUT = 'file';
process.env.N8N_LOG_FILE_LOCATION = file;

let marks = 0;

/** Everything n8n has logged so far. */
export async function readLog(): Promise<string> {
	const mark = `end of log ${++marks}`;
	LoggerProxy.error(mark);
	for (let tries = 0; tries < 100; tries++) {
		const text = readFileSync(file, 'utf8');
		if (text.includes(mark)) return text;
		await sleep(50);
	}
	throw new Error('n8n has not written its log');
}
