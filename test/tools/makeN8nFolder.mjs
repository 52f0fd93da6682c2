import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** n8n-core reads and writes a settings file as soon as it is loaded: not in the home folder. */
export default function makeN8nFolder() {
	process.env.N8N_USER_FOLDER = mkdtempSync(path.join(tmpdir(), 'n8n-engine-'));
	process.env.N8N_ENCRYPTION_KEY = 'only-for-tests';
	// A test that reads the log sets its own level; all others print pages of it.
	process.env.N8N_LOG_LEVEL ??= 'silent';
}
