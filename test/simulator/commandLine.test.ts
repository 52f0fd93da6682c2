import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';

import { readOptions } from '../../simulator/commandLine';
import { renderRequest } from '../../simulator/console';
import { signWith } from './client';

const REPO = path.resolve(__dirname, '../..');
const KEY = 'simulator-demo-key-not-a-secret';

interface Running {
	child: ChildProcess;
	text: () => string;
	ended: Promise<number | null>;
	says: (pattern: RegExp) => Promise<RegExpExecArray>;
}

const started: ChildProcess[] = [];
afterEach(() => started.splice(0).forEach((child) => child.kill('SIGKILL')));

function run(...args: string[]): Running {
	// Not through a shell or npm: the signal must reach the simulator itself.
	const child = spawn(process.execPath, ['--import', 'tsx', 'simulator/main.ts', ...args], {
		cwd: REPO,
	});
	started.push(child);
	let text = '';
	child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
	child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
	const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
	const says = async (pattern: RegExp): Promise<RegExpExecArray> => {
		for (let tries = 0; tries < 300; tries += 1) {
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
	const [, url] = await says(/Base URL\s+(http:\/\/127\.0\.0\.1:\d+)/);
	await says(/SDKAppID\s+1400000000/);
	await says(/Administrator UserID\s+administrator/);
	await says(new RegExp(`Secret Key\\s+${KEY}`));
	await says(/unknown-1\s.*141015/);

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
});

test('an option that cannot be is answered with the usage', async () => {
	const { ended, says } = run('--port', 'x');
	await says(/--port must be a whole number from 0 to 65535/);
	await says(/npm run simulator -- /);
	expect(await ended).toBe(1);
});

test('options are whole numbers, and the port is 7171 unless another is asked for', () => {
	expect(readOptions([])).toEqual({ help: false, port: 7171, host: 'localhost' });
	expect(
		readOptions(['--port=0', '--host', '0.0.0.0', '--latency', '50', '--rate', '200']),
	).toEqual({
		help: false,
		port: 0,
		host: '0.0.0.0',
		latencyMs: 50,
		requestsPerSecond: 200,
	});
	expect(readOptions(['-h'])).toMatchObject({ help: true });
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

test('it says when others can reach it, and where n8n in Docker does', async () => {
	const everywhere = run('--port', '0', '--host', '0.0.0.0');
	const [, port] = await everywhere.says(/http:\/\/host\.docker\.internal:(\d+)/);
	await everywhere.says(/others in your network can reach it too/);
	await everywhere.says(new RegExp(`Base URL\\s+http://127\\.0\\.0\\.1:${port}\\s`));

	const narrow = run('--port', '0', '--host', '127.0.0.1');
	await narrow.says(/on 127\.0\.0\.1 alone/);
	const usual = run('--port', '0');
	await usual.says(/Requests:/);
	expect(usual.text()).not.toMatch(/It listens on/);
});

test('an address that is not of this computer is said in one sentence', async () => {
	const { ended, says, text } = run('--port', '0', '--host', '203.0.113.1');
	await says(/does not have that address/);
	expect(await ended).toBe(1);
	expect(text()).not.toMatch(/\n\s+at /);
});

test('a port that is taken is said in one sentence', async () => {
	const first = run('--port', '0');
	const [, port] = await first.says(/Base URL\s+http:\/\/127\.0\.0\.1:(\d+)/);
	const second = run('--port', port);
	await second.says(/The port is taken/);
	expect(await second.ended).toBe(1);
	expect(second.text()).not.toMatch(/\n\s+at /);
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
