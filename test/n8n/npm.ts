import type { Command } from './sandbox';

/** The npm that runs us, or the one on the PATH, as a program that starts without a shell on every system. */
export function npm(...args: string[]): Pick<Command, 'command' | 'args'> {
	const cli = process.env.npm_execpath;
	// Run by our own Node, so that packages are built for the Node that will load them.
	if (cli?.endsWith('npm-cli.js')) return { command: process.execPath, args: [cli, ...args] };
	return process.platform === 'win32'
		? { command: 'cmd.exe', args: ['/d', '/s', '/c', 'npm', ...args] }
		: { command: 'npm', args };
}
