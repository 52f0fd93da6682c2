import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { environmentOf } from './environment';
import { N8N_PROGRAM } from './host';
import { installPackage } from './installPackage';
import { openRest, type Rest } from './rest';
import { whileRunning, type RunningCommand, type Sandbox } from './sandbox';
import { eventually, freePort } from './waiting';

const REPOSITORY = join(__dirname, '..', '..');
/** Measured: 7 to 9 s on two cores; a laptop that does other things may need longer. */
const BOOT_TIMEOUT_MS = 180_000;

export interface Instance {
	/** Address of the editor, no trailing slash. */
	url: string;
	/** Everything n8n stores: database, settings, logs. */
	userFolder: string;
	/** What n8n printed. */
	logFile: string;
	/** Logged in as the owner. */
	rest: Rest;
	owner: { email: string; password: string };
	/** Stops n8n, and starts it on the same folder at the same address, `env` on top; the login stays valid. */
	restart(env?: NodeJS.ProcessEnv): Promise<void>;
	/** Stops n8n; its folder stays until the sandbox is closed. */
	stop(): Promise<void>;
}

export interface InstanceOptions {
	/** Puts node packages into the user folder. Default: our built package, as a community package. */
	install?: (userFolder: string) => Promise<unknown>;
	/** Settings of n8n on top of ours. */
	env?: NodeJS.ProcessEnv;
}

/**
 * Boots the n8n of `ensureHost` with SQLite in a folder of the sandbox, on free ports of 127.0.0.1, and makes
 * its owner.
 * @throws when n8n ends or is not ready in time, with the end of its log
 */
export async function startN8n(sandbox: Sandbox, options: InstanceOptions = {}): Promise<Instance> {
	const userFolder = join(sandbox.folder, 'n8n');
	await mkdir(userFolder);
	const install = options.install ?? ((folder) => installPackage(sandbox, REPOSITORY, folder));
	await install(userFolder);

	const port = await freePort();
	const url = `http://127.0.0.1:${port}`;
	const logFile = join(sandbox.folder, 'n8n.log');
	const environment = environmentOf({ userFolder, port, runnersBrokerPort: await freePort() });
	const boot = async (env?: NodeJS.ProcessEnv): Promise<RunningCommand> => {
		const started = sandbox.start({
			command: process.execPath,
			args: [N8N_PROGRAM, 'start'],
			cwd: userFolder,
			env: { ...environment, ...options.env, ...env },
			logFile,
		});
		await whileRunning('n8n', started, logFile, untilReady(url));
		return started;
	};

	let n8n = await boot();
	const rest = openRest(url);
	const owner = await createOwner(rest);
	return {
		url,
		userFolder,
		logFile,
		rest,
		owner,
		restart: async (env) => {
			await n8n.stop();
			n8n = await boot(env);
		},
		stop: () => n8n.stop(),
	};
}

/** Makes the owner of an empty n8n, who is logged in then. @returns how to log in again */
export async function createOwner(rest: Rest): Promise<Instance['owner']> {
	const owner = { email: 'owner@example.com', password: `Aa1-${randomBytes(6).toString('hex')}` };
	await rest.post('/rest/owner/setup', { ...owner, firstName: 'Olga', lastName: 'Owner' });
	return owner;
}

/** Resolves when the n8n at this address serves its editor. */
export async function untilReady(url: string): Promise<void> {
	await eventually('n8n is ready', BOOT_TIMEOUT_MS, async () => {
		const ready = await fetch(`${url}/healthz/readiness`);
		// Before that, n8n answers every path with 200 and a sentence, so only its JSON counts.
		const settings = ready.ok ? await fetch(`${url}/rest/settings`) : undefined;
		return settings?.headers.get('content-type')?.includes('json') ? true : undefined;
	});
}
