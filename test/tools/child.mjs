import { spawn } from 'node:child_process';
import { envWithNode24, node24, repoRoot } from './node24.mjs';

/**
 * Runs a command to its end, with the repository as default folder. It shares our terminal;
 * with `quiet` its output is kept instead and given back (`output` holds both streams as they came).
 * Rejects only when the command cannot be started.
 *
 * @returns {Promise<{ code: number, stdout: string, output: string }>} code 1 also after a signal
 */
export function run(command, args, { quiet = false, ...options } = {}) {
	return new Promise((resolve, reject) => {
		const stdio = quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit';
		const child = spawn(command, args, { cwd: repoRoot, stdio, ...options });
		let stdout = '';
		let output = '';
		child.stdout?.setEncoding('utf8').on('data', (text) => {
			stdout += text;
			output += text;
		});
		child.stderr?.setEncoding('utf8').on('data', (text) => {
			output += text;
		});

		const stopForwarding = forwardSignals(child);
		child.once('error', (error) => {
			stopForwarding();
			reject(error);
		});
		child.once('close', (code) => {
			stopForwarding();
			resolve({ code: code ?? 1, stdout, output });
		});
	});
}

/** Runs a script under Node 24 (install first, see prepare.mjs) and gives its exit code. */
export async function runNode24(args, options = {}) {
	const { code } = await run(node24, args, { env: envWithNode24(), ...options });
	return code;
}

/** While the child runs, it decides when to end, and we end after it. */
function forwardSignals(child) {
	const onTerminate = () => child.kill('SIGTERM');
	// Ctrl-C in a terminal reaches the child by itself; a second one would make it skip its cleaning up.
	const onInterrupt = () => {
		if (!process.stdin.isTTY) child.kill('SIGINT');
	};
	process.on('SIGTERM', onTerminate);
	process.on('SIGINT', onInterrupt);
	return () => {
		process.off('SIGTERM', onTerminate);
		process.off('SIGINT', onInterrupt);
	};
}
