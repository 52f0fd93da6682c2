import { randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { environmentOf } from '../n8n/environment';
import { N8N_PROGRAM } from '../n8n/host';
import { createOwner, untilReady, type Instance } from '../n8n/instance';
import { installPackage } from '../n8n/installPackage';
import { openRest } from '../n8n/rest';
import { whileRunning, type RunningCommand, type Sandbox } from '../n8n/sandbox';
import { eventually, freePort } from '../n8n/waiting';
import { startServices, type Services } from './services';

const REPOSITORY = join(__dirname, '..', '..');
const WORKER_TIMEOUT_MS = 120_000;
/** Bull, n8n's queue, waits a minute by default before it gives a silent worker up. */
const IMPATIENT = {
	QUEUE_WORKER_LOCK_DURATION: '6000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '1000',
	QUEUE_WORKER_STALLED_INTERVAL: '5000',
};

export interface Worker {
	name: string;
	/** What it printed. */
	logFile: string;
	/** The executions that it has started, as its log tells. */
	executions(): Promise<string[]>;
	/** As when the power fails: nothing is finished, nothing is stored. It is no worker of the cluster any more. */
	kill(): Promise<void>;
}

/** An n8n in queue mode: a main process, workers, PostgreSQL and Redis. */
export interface Cluster extends Pick<Instance, 'url' | 'rest'> {
	/** What each process printed, also those that were killed. */
	logFiles: string[];
	workers: Worker[];
	services: Services;
	/** Starts one more worker and waits until it takes work. */
	addWorker(): Promise<void>;
}

/**
 * Boots n8n in queue mode, each process in a folder of its own with our package installed in it, and makes the owner.
 * @throws when a process ends or is not ready in time, with the end of its log
 */
export async function startCluster(sandbox: Sandbox, workerCount: number): Promise<Cluster> {
	const services = await startServices(sandbox);
	const shared = {
		...IMPATIENT,
		EXECUTIONS_MODE: 'queue',
		OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
		N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
		N8N_LOG_LEVEL: 'debug',
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: String(services.redisPort),
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: String(services.postgresPort),
		DB_POSTGRESDB_DATABASE: 'n8n',
		DB_POSTGRESDB_USER: 'n8n',
		DB_POSTGRESDB_PASSWORD: 'not-asked-for',
	};
	const main = await startProcess(sandbox, 'main', ['start'], shared);
	const url = `http://127.0.0.1:${main.port}`;
	await whileRunning('main', main.running, main.logFile, untilReady(url));
	const rest = openRest(url);
	await createOwner(rest);

	const workers: Worker[] = [];
	const logFiles = [main.logFile];
	const addWorker = async () => {
		const worker = await startWorker(sandbox, `worker-${logFiles.length}`, shared);
		logFiles.push(worker.logFile);
		workers.push({
			...worker,
			kill: async () => {
				await worker.kill();
				workers.splice(
					workers.findIndex(({ name }) => name === worker.name),
					1,
				);
			},
		});
	};
	// The main process makes the tables, so workers start after it.
	for (let n = 0; n < workerCount; n++) await addWorker();
	return { url, rest, logFiles, workers, services, addWorker };
}

interface Process {
	port: number;
	logFile: string;
	running: RunningCommand;
}

async function startProcess(
	sandbox: Sandbox,
	name: string,
	args: string[],
	env: NodeJS.ProcessEnv,
): Promise<Process> {
	const userFolder = join(sandbox.folder, name);
	await mkdir(userFolder);
	await installPackage(sandbox, REPOSITORY, userFolder);
	const port = await freePort();
	const logFile = join(sandbox.folder, `${name}.log`);
	const place = { userFolder, port, runnersBrokerPort: await freePort() };
	const running = sandbox.start({
		command: process.execPath,
		args: [N8N_PROGRAM, ...args],
		cwd: userFolder,
		env: {
			...environmentOf(place),
			...env,
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			QUEUE_HEALTH_CHECK_PORT: String(port),
		},
		logFile,
	});
	return { port, logFile, running };
}

async function startWorker(
	sandbox: Sandbox,
	name: string,
	env: NodeJS.ProcessEnv,
): Promise<Worker> {
	const started = await startProcess(sandbox, name, ['worker', '--concurrency=5'], env);
	const ready = eventually(`${name} is ready`, WORKER_TIMEOUT_MS, async () =>
		(await fetch(`http://127.0.0.1:${started.port}/healthz/readiness`)).ok ? true : undefined,
	);
	await whileRunning(name, started.running, started.logFile, ready);
	const { logFile, running } = started;
	return {
		name,
		logFile,
		executions: async () => {
			const log = await readFile(logFile, 'utf8');
			return [...log.matchAll(/Worker started execution (\d+)/g)].map(([, id]) => id);
		},
		kill: () => running.kill(),
	};
}
