import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** n8n-core reads and writes its settings file as soon as it is loaded: not in the user's home. */
export default function makeN8nFolder() {
	process.env.N8N_USER_FOLDER = mkdtempSync(path.join(tmpdir(), 'n8n-engine-'));
	process.env.N8N_ENCRYPTION_KEY = 'only-for-tests';
}
