import { run } from './child.mjs';

/**
 * npm as a program that starts without a shell on every system: the npm that started us where there
 * is one, else the one on the PATH, which chooses its Node itself.
 *
 * @param {string[]} args
 * @param {string} node the Node that is to run npm
 * @returns {{ command: string, args: string[] }}
 */
export function npmProgram(args, node = process.execPath) {
	const cli = process.env.npm_execpath ?? '';
	if (/npm-cli\.c?js$/.test(cli)) return { command: node, args: [cli, ...args] };
	return process.platform === 'win32'
		? { command: 'cmd.exe', args: ['/d', '/s', '/c', 'npm', ...args] }
		: { command: 'npm', args };
}

/**
 * Runs npm and gives back what `run` does. Under the Node that ran npm before us: ours may be the one
 * in node_modules, which `npm ci` is about to delete.
 */
export function runNpm(args, options = {}) {
	const program = npmProgram(args, process.env.npm_node_execpath);
	return run(program.command, program.args, options);
}
