/**
 * A small process between us and everything we start. It hears of our end in whatever way we end (the IPC
 * channel closes), and then stops what still runs and removes the throwaway folder. See sandbox.ts.
 */
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync, writeSync } from 'node:fs';
import { rm } from 'node:fs/promises';

const GRACE_MS = 5_000;
const onWindows = process.platform === 'win32';
const folder = process.argv[2];
const running = new Map();
let closing = false;

function start({ id, command, args, cwd, env, logFile }) {
	const log = logFile === undefined ? undefined : openSync(logFile, 'a');
	// A group of its own: Ctrl-C in the terminal must reach it through us only, and one signal ends its children.
	const child = spawn(command, args, {
		cwd,
		env,
		stdio: ['ignore', log ?? 'inherit', log ?? 'inherit'],
		detached: !onWindows,
		windowsHide: true,
	});
	const ended = new Promise((resolve) => {
		child.once('exit', resolve);
		child.once('error', (error) => {
			writeSync(log ?? process.stderr.fd, `${error.message}\n`);
			resolve(null);
		});
	});
	running.set(id, { child, ended });
	void ended.then((exitCode) => {
		if (log !== undefined) closeSync(log);
		running.delete(id);
		killGroup(child);
		if (process.connected) process.send({ id, exitCode }, () => {});
	});
}

async function stop({ child, ended }) {
	if (onWindows) killGroup(child);
	else child.kill('SIGTERM');
	const impatience = setTimeout(() => killGroup(child), GRACE_MS);
	await ended;
	clearTimeout(impatience);
}

function killGroup(child) {
	if (child.pid === undefined) return;
	if (onWindows) {
		spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F'], {
			stdio: 'ignore',
			windowsHide: true,
		});
		return;
	}
	try {
		process.kill(-child.pid, 'SIGKILL');
	} catch {
		// Nobody of the group is left.
	}
}

async function close() {
	if (closing) return;
	closing = true;
	await Promise.all([...running.values()].map(stop));
	await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
	process.exit(0);
}

process.on('message', ({ start: job, stop: toStop, kill: toKill }) => {
	if (job && !closing) start(job);
	if (running.has(toStop)) void stop(running.get(toStop));
	if (running.has(toKill)) killGroup(running.get(toKill).child);
});
process.on('disconnect', close);
// Ctrl-C reaches the whole terminal group; we end when our parent does.
process.on('SIGINT', () => {});
process.on('SIGTERM', close);
process.on('SIGHUP', () => {});
