import { spawn } from 'node:child_process';
import path from 'node:path';

import { readOptions } from '../../simulator/commandLine';
import { renderRequest, renderWelcome } from '../../simulator/console';
import { signWith, useSimulator } from './client';

// A program takes seconds to start, more on a busy machine.
jest.setTimeout(60_000);

const simulator = useSimulator();
const REPO = path.resolve(__dirname, '../..');
const KEY = 'simulator-demo-key-not-a-secret';

function run(...args: string[]) {
	// Not through a shell or npm: the signal must reach the simulator itself.
	const child = spawn(process.execPath, ['--import', 'tsx', 'simulator/main.ts', ...args], {
		cwd: REPO,
	});
	let text = '';
	child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
	child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
	const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
	const says = async (pattern: RegExp): Promise<RegExpExecArray> => {
		for (let tries = 0; tries < 1000; tries += 1) {
			const match = pattern.exec(text);
			if (match) return match;
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
		throw new Error(`It never said ${pattern}, but:\n${text}`);
	};
	return { child, text: () => text, ended, says };
}

test('npm run simulator tells what to type, logs requests without signatures, and stops on Ctrl-C', async () => {
	const { child, text, ended, says } = run('--port', '0');
	try {
		const [, url] = await says(/Base URL\s+(http:\/\/127\.0\.0\.1:\d+)/);
		await says(/SDKAppID\s+1400000000/);
		await says(/Administrator UserID\s+administrator/);
		await says(new RegExp(`Secret Key\\s+${KEY}`));
		await says(/unknown-1\s.*141015/);
		expect(text()).not.toMatch(/It listens on/);

		const usersig = signWith(1400000000, KEY);
		const query = `sdkappid=1400000000&identifier=administrator&usersig=${usersig}&random=1&contenttype=json`;
		const body = { IMAgentUserID: '@customer_service_account', ClientUserID: 'mia' };
		await fetch(`${url}/v4/desk_http_svc/contact_user?${query}`, {
			method: 'POST',
			body: JSON.stringify(body),
		});
		await says(/contact_user\s+mia\s+ErrorCode 0/);
		expect(text().includes(usersig)).toBe(false);
		expect(text()).not.toContain('usersig');

		child.kill('SIGINT');
		expect(await ended).toBe(0);
		expect(text()).toContain('Stopped.');
	} finally {
		child.kill('SIGKILL');
	}
});

test.each([
	['an option that cannot be', ['--port', 'x'], /from 0 to 65535\n.*npm run simulator -- /],
	['an address of another computer', ['--host', '203.0.113.1'], /does not have that address/],
	['a port that is taken', [], /The port is taken/],
])('%s is said in a sentence', async (_what, args, says) => {
	const { text, ended } = run('--port', new URL(simulator().url).port, ...args);
	expect(await ended).toBe(1);
	expect(text()).toMatch(says);
	expect(text()).not.toMatch(/\n\s+at /);
});

test('options are whole numbers, and the port is 7171 unless another is asked for', () => {
	expect(readOptions([])).toEqual({ help: false, port: 7171, host: 'localhost' });
	const all = ['--port=0', '--host', '0.0.0.0', '--latency', '50', '--rate', '200', '-h'];
	expect(readOptions(all)).toEqual({
		...{ help: true, port: 0, host: '0.0.0.0', latencyMs: 50, requestsPerSecond: 200 },
	});
});

test.each([
	[['--port', '70000'], /--port must be/],
	[['--latency', '1.5'], /--latency must be/],
	[['--rate', ''], /--rate must be/],
	[['--host', 'example.com'], /--host must be localhost or an IP address/],
	[['--host', ''], /--host must be/],
	[['--latency', '-1'], /latency/],
	[['--colour', 'blue'], /--colour/],
])('%j is refused', (args, complaint) => {
	expect(() => readOptions(args)).toThrow(complaint);
});

test('it says when others can reach it, and where n8n in Docker does', () => {
	const reached = (...hosts: string[]) => renderWelcome({ ...simulator(), hosts });
	expect(reached('127.0.0.1', '::1')).not.toMatch(/It listens on/);
	expect(reached('127.0.0.1')).toMatch(/on 127\.0\.0\.1 alone/);
	const everywhere = reached('0.0.0.0');
	expect(everywhere).toMatch(/others in your network can reach it too/);
	expect(everywhere).toContain(`http://host.docker.internal:${new URL(simulator().url).port}`);
});

test('a request is one line, whatever stands in the user id', () => {
	const line = renderRequest({
		at: Date.UTC(2030, 0, 1, 12, 30, 15, 250),
		command: 'contact_user',
		userId: 'a\nb\u001b[31m',
		status: null,
		errorCode: null,
		fault: 'reset',
		attempt: 2,
	});
	expect(line).toMatch(
		/^12:30:15\.250 {2}contact_user +a\?b\?\[31m +no answer {2}fault reset {2}request 2$/,
	);
});
