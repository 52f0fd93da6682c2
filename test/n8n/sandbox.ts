import { spawn } from 'node:child_process';
import { mkdtempSync, realpathSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A program to run inside a sandbox. */
export interface Command {
	command: string;
	args: string[];
	cwd: string;
	/** Its standard output and error are appended here. Default: they go where ours go. */
	logFile?: string;
	/** Default: the environment of this process. */
	env?: NodeJS.ProcessEnv;
}

export interface RunningCommand {
	/** Resolves with the exit code, or null when the program was killed or could not be started. */
	ended: Promise<number | null>;
	/** Asks the program to end, kills it and its children after 5 s, and waits for that. */
	stop(): Promise<void>;
	/** Kills the program and its children at once, as when the power fails, and waits for that. */
	kill(): Promise<void>;
}

/** A throwaway folder and the programs that run for us. Both are gone when this process is, however it ends. */
export interface Sandbox {
	folder: string;
	start(command: Command): RunningCommand;
	/** Runs a program to its end. @throws when it ends with anything but 0, with the end of its log */
	run(command: Command): Promise<void>;
	/** Stops what still runs and removes the folder. */
	close(): Promise<void>;
}

interface EndMessage {
	id: number;
	exitCode: number | null;
}

/** Opens a sandbox; keep to one for each run of a command. */
export function openSandbox(): Sandbox {
	// macOS reaches its temporary folder through a link, and n8n compares real paths.
	const folder = mkdtempSync(join(realpathSync(tmpdir()), 'tencent-desk-n8n-'));
	const keeper = spawn(process.execPath, [join(__dirname, 'keeper.mjs'), folder], {
		// A group of its own, so that a signal to ours cannot end it before it has tidied up.
		detached: true,
		stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
		windowsHide: true,
	});
	const waiting = new Map<number, (exitCode: number | null) => void>();
	keeper.on('message', ({ id, exitCode }: EndMessage) => waiting.get(id)?.(exitCode));
	const closed = new Promise<void>((resolve) => keeper.once('exit', () => resolve()));
	void closed.then(() => waiting.forEach((resolve) => resolve(null)));
	let lastId = 0;

	const start = (command: Command): RunningCommand => {
		const id = ++lastId;
		const ended = new Promise<number | null>((resolve) => waiting.set(id, resolve));
		keeper.send({ start: { id, ...command, env: command.env ?? process.env } });
		const end = async (order: { stop: number } | { kill: number }) => {
			if (keeper.connected) keeper.send(order);
			await ended;
		};
		return { ended, stop: () => end({ stop: id }), kill: () => end({ kill: id }) };
	};

	return {
		folder,
		start,
		run: async (command) => {
			const { command: program, args, logFile } = command;
			const exitCode = await start(command).ended;
			if (exitCode === 0) return;
			throw new Error(
				`${program} ${args.join(' ')} ended with ${exitCode ?? 'a signal'}:\n${logFile ? await endOfLog(logFile) : ''}`,
			);
		},
		close: async () => {
			if (keeper.connected) keeper.disconnect();
			await closed;
		},
	};
}

/**
 * Waits for work that a program must be there for.
 * @throws when the program ends before, with the end of its log
 */
export async function whileRunning<T>(
	name: string,
	{ ended }: RunningCommand,
	logFile: string,
	work: Promise<T>,
): Promise<T> {
	const endedEarly = ended.then(async (exitCode): Promise<never> => {
		throw new Error(`${name} ended with ${exitCode ?? 'a signal'}:\n${await endOfLog(logFile)}`);
	});
	// Nobody listens any more when the program is stopped at the end.
	endedEarly.catch(() => {});
	return await Promise.race([endedEarly, work]);
}

/** The last lines of a log file, for a person who has to find out what went wrong. */
export async function endOfLog(logFile: string, lines = 30): Promise<string> {
	const text = await readFile(logFile, 'utf8').catch(() => '(nothing was logged)');
	return text.trimEnd().split('\n').slice(-lines).join('\n');
}
