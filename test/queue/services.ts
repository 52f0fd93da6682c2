import { chmod, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { whileRunning, type Command, type RunningCommand, type Sandbox } from '../n8n/sandbox';
import { eventually, freePort } from '../n8n/waiting';
import { ensurePrograms } from '../tools/debian.mjs';

const START_TIMEOUT_MS = 30_000;
const DATABASE = 'n8n';

export interface Services {
	postgresPort: number;
	redisPort: number;
	/** Everything in the database as text. @throws when it cannot be dumped */
	dump(): Promise<string>;
}

const PROGRAMS = ['initdb', 'postgres', 'psql', 'pg_dump', 'redis-server', 'redis-cli'] as const;
type Programs = Record<(typeof PROGRAMS)[number], string>;

/**
 * Starts a PostgreSQL and a Redis of our own, on free ports of 127.0.0.1, with their data in the sandbox. Servers
 * that run on this machine already are left alone.
 * @throws with what to install, where they are missing and cannot be installed from here
 */
export async function startServices(sandbox: Sandbox): Promise<Services> {
	const programs = (await ensurePrograms({
		programs: [...PROGRAMS],
		packages: ['postgresql', 'redis-server'],
		folders: ['/usr/lib/postgresql/*/bin'],
		purpose: 'the queue mode tests',
	})) as Programs;
	const [postgresPort, redisPort] = [await freePort(), await freePort()];
	await Promise.all([
		startPostgres(sandbox, programs, postgresPort),
		startRedis(sandbox, programs, redisPort),
	]);
	return {
		postgresPort,
		redisPort,
		dump: async () => {
			const logFile = join(sandbox.folder, 'dump.sql');
			const args = ['-h', '127.0.0.1', '-p', String(postgresPort), '-U', DATABASE, DATABASE];
			await sandbox.run({ command: programs.pg_dump, args, cwd: sandbox.folder, logFile });
			return await readFile(logFile, 'utf8');
		},
	};
}

/** PostgreSQL refuses to run as root, so root runs it as the user that its Debian package makes. */
function asServerUser(command: string, args: string[]): Pick<Command, 'command' | 'args'> {
	if (process.getuid?.() !== 0) return { command, args };
	return { command: 'runuser', args: ['-u', 'postgres', '--', command, ...args] };
}

async function startPostgres(sandbox: Sandbox, programs: Programs, port: number): Promise<void> {
	const data = join(sandbox.folder, 'postgres');
	const logFile = join(sandbox.folder, 'postgres.log');
	await mkdir(data);
	if (process.getuid?.() === 0) {
		// The folder of the sandbox is ours alone; its server must be able to pass through.
		await chmod(sandbox.folder, 0o711);
		const args = ['postgres', data];
		await sandbox.run({ command: 'chown', args, cwd: sandbox.folder, logFile });
	}
	const initArgs = ['-D', data, '-A', 'trust', '-U', DATABASE, '--no-sync'];
	await sandbox.run({ ...asServerUser(programs.initdb, initArgs), cwd: '/', logFile });
	const settings = ['-c', 'fsync=off', '-c', 'max_connections=100'];
	const args = ['-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', data, ...settings];
	const server = sandbox.start({ ...asServerUser(programs.postgres, args), cwd: '/', logFile });
	const database = ['-h', '127.0.0.1', '-p', String(port), '-U', DATABASE, '-d', 'postgres'];
	await untilUp(sandbox, 'PostgreSQL', server, {
		command: programs.psql,
		args: [...database, '-c', `create database ${DATABASE}`],
		cwd: sandbox.folder,
		logFile,
	});
}

async function startRedis(sandbox: Sandbox, programs: Programs, port: number): Promise<void> {
	const folder = join(sandbox.folder, 'redis');
	await mkdir(folder);
	const network = ['--port', String(port), '--bind', '127.0.0.1'];
	const inMemory = ['--save', '', '--appendonly', 'no', '--dir', folder];
	const logFile = join(sandbox.folder, 'redis.log');
	const server = sandbox.start({
		command: programs['redis-server'],
		args: [...network, ...inMemory],
		cwd: folder,
		logFile,
	});
	await untilUp(sandbox, 'Redis', server, {
		command: programs['redis-cli'],
		args: ['-h', '127.0.0.1', '-p', String(port), 'ping'],
		cwd: folder,
		logFile,
	});
}

/** Waits until the probe, a program that needs the server, succeeds. */
async function untilUp(
	sandbox: Sandbox,
	name: string,
	server: RunningCommand,
	probe: Command & { logFile: string },
): Promise<void> {
	const up = eventually(`${name} is ready`, START_TIMEOUT_MS, async () => {
		await sandbox.run(probe);
		return true;
	});
	await whileRunning(name, server, probe.logFile, up);
}
