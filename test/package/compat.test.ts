import { readFileSync } from 'node:fs';
import path from 'node:path';

import { judge } from '../compat/judge';
import type { KnownDifference, Release } from '../compat/releases';
import { RELEASES } from '../compat/releases';
import { summaryOf } from '../compat/summary';
import resolve from '../compat/resolver.cjs';

// The compatibility run tells builders which n8n works, so what it counts is checked here.
const DIFFERENCE: KnownDifference = { testsBeginWith: 'an agent that', reason: 'It cannot.' };

/** What is judged of a run whose tests ended in this way. */
function judgeTests(statuses: Record<string, string>) {
	const all = Object.entries(statuses).map(([fullName, status]) => ({ fullName, status }));
	const count = (status: string) => all.filter((test) => test.status === status).length;
	const totals = { passed: count('passed'), failed: count('failed'), skipped: 0, note: '' };
	return judge(totals, { testResults: [{ assertionResults: all }] }, [DIFFERENCE]);
}

describe('a known difference of an engine', () => {
	test('counts as skipped while its tests fail, and spares no other test', () => {
		const statuses = { 'an agent that asks': 'failed', 'an agent': 'failed', other: 'passed' };
		expect(judgeTests(statuses)).toEqual({
			...{ passed: 1, failed: 1, skipped: 1 },
			notes: [],
		});
	});

	test.each([
		['whose tests pass', { 'an agent that asks': 'passed', other: 'passed' }, '1 of 1'],
		[
			'of whose tests one passes',
			{ 'an agent that asks': 'failed', 'an agent that reads': 'passed' },
			'1 of 2',
		],
		['that fits no test', { other: 'passed' }, '0 of 0'],
	])('%s is a failure of the list', (_which, statuses, how) => {
		const { failed, notes } = judgeTests(statuses);
		expect({ failed, notes }).toEqual({ failed: 1, notes: [expect.stringContaining(how)] });
	});

	test('does not hide that jest gave no report', () => {
		const noReport = { passed: 0, failed: 1, skipped: 0, note: 'jest ended without a report' };
		expect(judge(noReport, null, [DIFFERENCE]).failed).toBe(2);
	});
});

test('the summary names the three versions, the counts, and every known difference with its reason', () => {
	const release: Release = {
		n8n: '1.2.3',
		packages: { 'n8n-core': '1.2.0', 'n8n-workflow': '1.1.0' },
		differences: [DIFFERENCE],
		emulated: true,
	};
	const result = { passed: 400, failed: 0, skipped: 2, notes: ['jest ended early'] };
	expect(summaryOf([{ release, result, time: '1 min 5 s' }]).split('\n')).toEqual([
		'  n8n    n8n-core  n8n-workflow  passed  failed  skipped  time',
		'  1.2.3  1.2.0     1.1.0         400     0       2        1 min 5 s',
		'  n8n 1.2.3: emulated, since npm has no such engine',
		'  n8n 1.2.3: It cannot. (skipped: "an agent that ...")',
		'  n8n 1.2.3: jest ended early',
	]);
});

test('the emulated release stands on the engine that all other tests run on', () => {
	const file = path.join(__dirname, '../../package.json');
	const { devDependencies } = JSON.parse(readFileSync(file, 'utf8')) as {
		devDependencies: Record<string, string>;
	};
	expect(devDependencies).toMatchObject(RELEASES.at(-1)?.packages ?? {});
});

test('the versions are exact, and begin with a 1.x', () => {
	for (const { n8n, packages } of RELEASES) {
		for (const version of [n8n, ...Object.values(packages)]) {
			expect(version).toMatch(/^\d+\.\d+\.\d+$/);
		}
	}
	expect(RELEASES[0].n8n).toMatch(/^1\./);
	expect(RELEASES.at(-1)).toMatchObject({ n8n: expect.stringMatching(/^3\./), emulated: true });
});

describe('a module is found', () => {
	const FOLDER = '/repo/.work/compat/1.2.3';
	beforeAll(() => {
		process.env.COMPAT_FOLDER = FOLDER;
	});
	afterAll(() => {
		delete process.env.COMPAT_FOLDER;
	});

	/** Where a request ends that is made in a folder, when both n8n-core are installed, and lodash in the repository only. */
	const found = (request: string, basedir: string) =>
		resolve(request, {
			basedir,
			defaultResolver: (name: string, { basedir: from }: { basedir: string }) => {
				if (name === 'node:crypto') return name;
				const isInstalled = from.startsWith(FOLDER) && name !== 'lodash';
				return `${isInstalled ? FOLDER : '/repo'}/node_modules/${name}/index.js`;
			},
		});

	test.each([
		...['n8n-core', 'n8n-workflow', '@n8n/di'].map((name) => [name, '/repo/nodes', FOLDER]),
		['fastify', '/repo/simulator', '/repo'],
	])('%s, asked for in %s, in %s', (name, asking, where) => {
		expect(found(name, asking)).toBe(`${where}/node_modules/${name}/index.js`);
	});

	test('never in the repository, when the engine under test asks for it', () => {
		const asked = () => found('lodash', `${FOLDER}/node_modules/n8n-core/dist`);
		expect(asked).toThrow(/lodash is not installed/);
		expect(found('node:crypto', FOLDER)).toBe('node:crypto');
	});
});
