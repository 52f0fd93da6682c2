import { run } from './child.mjs';

/**
 * Runs npm and gives back what `run` does.
 * Takes the npm that started us where there is one, and the Node that runs it: ours may be the
 * one in node_modules, which `npm ci` is about to delete.
 */
export function runNpm(args, options = {}) {
	const cli = process.env.npm_execpath ?? '';
	if (/npm-cli\.c?js$/.test(cli)) {
		return run(process.env.npm_node_execpath ?? process.execPath, [cli, ...args], options);
	}
	// On Windows npm is a script, which needs a shell, and a shell needs its blanks quoted.
	const shell = process.platform === 'win32';
	const quoted = shell ? args.map((arg) => (arg.includes(' ') ? `"${arg}"` : arg)) : args;
	return run('npm', quoted, { ...options, shell });
}
