import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { publish, repoRoot, runScript, say, type Published } from './published';

interface Scan {
	passed: boolean;
	report: string;
	/** "error|warning file:line rule: message" */
	findings: string[];
	files: number;
}

/** Each with the preview that the editor shows before a first run. */
const OPERATIONS = [
	...['agent/getMany', 'agent/getStatus', 'agent/setStatus', 'agentGroup/getMany'],
	...['customerServiceAccount/getMany', 'event/answer', 'message/send', 'reception/get'],
	...['session/end', 'session/get', 'session/getMany', 'session/getMark', 'session/getMessages'],
	...['session/leaveQueue', 'session/reassign', 'session/setMark', 'session/transfer'],
];

let published: Published;
beforeAll(() => {
	published = publish();
});
afterAll(() => published?.remove());

const read = (file: string) => readFileSync(path.join(published.folder, file), 'utf8');
const packageJson = () => JSON.parse(read('package.json'));

test('holds compiled nodes, credentials, icons, codex, README and licence, and nothing else', () => {
	expect(published.files).toEqual([
		'LICENSE.md',
		'README.md',
		'dist/bundle.js',
		'dist/credentials/TencentDeskApi.credentials.js',
		'dist/icons/tencentDesk.dark.svg',
		'dist/icons/tencentDesk.svg',
		'dist/icons/tencentDeskEvent.dark.svg',
		'dist/icons/tencentDeskEvent.svg',
		'dist/icons/tencentDeskTrigger.dark.svg',
		'dist/icons/tencentDeskTrigger.svg',
		'dist/nodes/ContactUser/ContactUser.node.js',
		'dist/nodes/ContactUser/ContactUser.node.json',
		'dist/nodes/ContactUser/__schema__/v1.0.0.json',
		'dist/nodes/TencentDesk/TencentDesk.node.js',
		'dist/nodes/TencentDesk/TencentDesk.node.json',
		...OPERATIONS.map((name) => `dist/nodes/TencentDesk/__schema__/v1.0.0/${name}.json`),
		'dist/nodes/TencentDeskEventTrigger/TencentDeskEventTrigger.node.js',
		'dist/nodes/TencentDeskEventTrigger/TencentDeskEventTrigger.node.json',
		'dist/nodes/TencentDeskEventTrigger/__schema__/v1.0.0.json',
		'dist/nodes/TencentDeskTrigger/TencentDeskTrigger.node.js',
		'dist/nodes/TencentDeskTrigger/TencentDeskTrigger.node.json',
		'dist/nodes/TencentDeskTrigger/__schema__/v1.0.0.json',
		'package.json',
	]);
});

test('makes npm install nothing beside it', () => {
	const { dependencies, optionalDependencies, bundleDependencies, ...others } = packageJson();
	expect({ dependencies, optionalDependencies, bundleDependencies }).toEqual({});
	expect(others.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	expect(others.peerDependenciesMeta).toEqual({ 'n8n-workflow': { optional: true } });
});

test('runs no script when it is installed', () => {
	const scripts = Object.keys(packageJson().scripts);
	expect(scripts.filter((name) => /install|prepare|prepublish/.test(name))).toEqual([]);
});

test('comes under the MIT licence', () => {
	expect(packageJson().license).toBe('MIT');
	expect(read('LICENSE.md')).toContain('Permission is hereby granted, free of charge');
});

test('carries no address of a source map', () => {
	const scripts = published.files.filter((file) => file.endsWith('.js'));
	expect(scripts.filter((file) => read(file).includes('sourceMappingURL'))).toEqual([]);
});

test('has icons for light and dark, and others for each trigger, so that the canvas tells them apart', () => {
	const names = ['tencentDesk', 'tencentDeskEvent', 'tencentDeskTrigger'];
	const icons = names.flatMap((name) => [name, `${name}.dark`]);
	const drawn = icons.map((icon) => read(`dist/icons/${icon}.svg`));
	for (const icon of drawn) expect(icon).toMatch(/^<svg [^>]*viewBox="0 0 60 60"/);
	expect(new Set(drawn).size).toBe(icons.length);
});

// 70 kB held three nodes; the fourth one and nine operations more take their room.
test('stays under 90 kB, so that installing it is quick', () => {
	say(`packed size: ${(published.packedBytes / 1000).toFixed(1)} kB`);
	expect(published.packedBytes).toBeGreaterThan(10_000);
	expect(published.packedBytes).toBeLessThan(90_000);
});

test("npm install of it in an empty folder brings one package, which works with n8n's own n8n-workflow", () => {
	const folder = mkdtempSync(path.join(tmpdir(), 'nodes-'));
	try {
		const installed = runScript<object>('install.mjs', [published.tarball, folder]);
		expect(installed).toMatchObject({
			code: 0,
			packages: ['node_modules/n8n-nodes-tencent-desk'],
		});
		// A copy of its own would be another NodeApiError than the one that n8n looks for.
		const host = path.join(repoRoot, 'node_modules');
		const found = runScript<string[]>('whichWorkflow.cjs', [folder], { NODE_PATH: host });
		expect(found).toHaveLength(1);
		const inHost = path.relative(realpathSync(path.join(host, 'n8n-workflow')), found[0] ?? '');
		expect(inHost).not.toMatch(/^\.\./);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
});

// Warnings do not fail n8n's scan. One that is read and accepted goes here, with the reason.
const ACCEPTED: string[] = [];

test.each([
	['the source, as n8n reads it from the repository', 'source', () => repoRoot],
	['the published files', 'tarball', () => published.folder],
])("n8n's own scanner has nothing to say about %s", (_what, target, folder) => {
	const scan = runScript<Scan>('scan.mjs', [target, folder()]);
	for (const finding of scan.findings) say(finding);
	expect(scan.report.trim()).toBe('');
	expect(scan.passed).toBe(true);
	expect(scan.files).toBeGreaterThan(3);
	expect(scan.findings).toEqual(ACCEPTED);
});
