import { spawn } from 'node:child_process';
import path from 'node:path';
import { repoRoot, runScript } from './published';

// The runner that says "0 failed" is checked here, because a runner that cannot fail hides everything.
const call = <Result>(module: string, name: string, ...args: unknown[]) =>
	runScript<Result>('call.mjs', [module, name, JSON.stringify(args)]);

const jestReport = {
	numPassedTests: 7,
	numFailedTests: 0,
	numPendingTests: 0,
	numTodoTests: 0,
	numRuntimeErrorTestSuites: 0,
	testResults: [{ name: 'a.test.ts', status: 'passed' }],
};
const totals = (report: object | null, exitCode: number) =>
	call<object>('totals.mjs', 'totalsOfJest', report, exitCode);

describe('the totals', () => {
	test('count what jest counted', () => {
		const testResults = [...jestReport.testResults, { name: 'b.test.ts', status: 'failed' }];
		const counts = { numFailedTests: 2, numPendingTests: 1, numTodoTests: 1 };
		expect(totals({ ...jestReport, ...counts, testResults }, 1)).toEqual({
			...{ passed: 7, failed: 2, skipped: 2, note: '' },
			files: ['b.test.ts'],
		});
	});

	test('count a test file that does not even load as failed, beside failed tests', () => {
		const report = { ...jestReport, numFailedTests: 1, numRuntimeErrorTestSuites: 2 };
		expect(totals(report, 1)).toMatchObject({ failed: 3 });
	});

	test.each([
		['ends without a report', null, 0],
		['ends with an exit code though no test failed', jestReport, 1],
		['runs no test', { ...jestReport, numPassedTests: 0 }, 0],
	])('count one failure when jest %s', (_what, report, exitCode) => {
		expect(totals(report, exitCode)).toMatchObject({ failed: 1 });
	});

	test('end in one line', () => {
		const unit = { passed: 7, failed: 0, skipped: 0 };
		const lint = { passed: 0, failed: 1, skipped: 0 };
		const engine = { passed: 5, failed: 0, skipped: 3 };
		expect(call('totals.mjs', 'closingLine', [unit, lint])).toBe('7 passed, 1 failed');
		expect(call('totals.mjs', 'closingLine', [unit, engine])).toBe(
			'12 passed, 0 failed, 3 skipped',
		);
	});
});

test.each([
	['is what the lock file says', { 'node_modules/a': { version: '1.0.0' } }, []],
	['is missing', null, ['node_modules/a']],
	['is older', { 'node_modules/a': { version: '0.9.0' } }, ['node_modules/a']],
	[
		'has too much',
		{ 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': {} },
		['node_modules/b'],
	],
])('node_modules that %s is installed again for what differs', (_what, packages, expected) => {
	const lock = {
		packages: {
			'': { name: 'the project itself' },
			'node_modules/a': { version: '1.0.0' },
			'node_modules/for-another-platform': { version: '1.0.0', optional: true },
		},
	};
	const installed = packages && { packages };
	const differs = call<string[]>('prepare.mjs', 'differencesFromLock', lock, installed);
	expect(differs).toEqual(expected);
});

describe('npm is started without a shell', () => {
	const program = (startedBy: string | undefined, ...args: unknown[]) =>
		runScript<{ command: string; args: string[] }>(
			'call.mjs',
			['npm.mjs', 'npmProgram', JSON.stringify(args)],
			{ npm_execpath: startedBy },
		);

	test('as the very npm that started us, under the Node asked for', () => {
		expect(program('/some/npm-cli.js', ['run', 'build'], '/some/node')).toEqual({
			command: '/some/node',
			args: ['/some/npm-cli.js', 'run', 'build'],
		});
	});

	test.each([
		['nothing', undefined],
		['another package manager', '/some/yarn.js'],
	])('from the PATH when %s started us', (_what, startedBy) => {
		const onPosix = { command: 'npm', args: ['run', 'build'] };
		const onWindows = { command: 'cmd.exe', args: ['/d', '/s', '/c', 'npm', 'run', 'build'] };
		expect(program(startedBy, ['run', 'build'])).toEqual(
			process.platform === 'win32' ? onWindows : onPosix,
		);
	});
});

// Windows shows nobody that a parent is gone.
const onPosix = process.platform === 'win32' ? test.skip : test;
onPosix('a program hears, once, that the one that started it was killed', async () => {
	const watcher = path.join(repoRoot, 'test', 'tools', 'parent.mjs');
	const child = `
		import { whenParentIsGone } from ${JSON.stringify(watcher)};
		whenParentIsGone(() => console.log('gone'));
		console.log('started');
		setTimeout(() => {}, 3_500);`;
	const parent = spawn(process.execPath, [
		'-e',
		`require('node:child_process').spawn(process.execPath, ${JSON.stringify(['--input-type=module', '-e', child])}, { stdio: 'inherit' })`,
	]);
	let said = '';
	parent.stdout.setEncoding('utf8').on('data', (text: string) => {
		said += text;
		if (text.includes('started')) parent.kill('SIGKILL');
	});
	// The pipe closes when the child, which holds it too, has ended.
	await new Promise((resolve) => parent.once('close', resolve));
	expect(said).toBe('started\ngone\n');
});
