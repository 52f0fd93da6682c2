import { readFileSync } from 'node:fs';
import path from 'node:path';
import { publish, say, type Published } from './published';

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
		...[
			...['agent/getMany', 'agent/getStatus', 'agent/setStatus', 'agentGroup/getMany'],
			...[
				'customerServiceAccount/getMany',
				'event/answer',
				'message/send',
				'reception/get',
				'session/end',
			],
			...['session/get', 'session/getMany', 'session/getMark', 'session/getMessages'],
			...['session/leaveQueue', 'session/reassign', 'session/setMark', 'session/transfer'],
		].map((name) => `dist/nodes/TencentDesk/__schema__/v1.0.0/${name}.json`),
		'dist/nodes/TencentDeskEventTrigger/TencentDeskEventTrigger.node.js',
		'dist/nodes/TencentDeskEventTrigger/TencentDeskEventTrigger.node.json',
		'dist/nodes/TencentDeskEventTrigger/__schema__/v1.0.0.json',
		'dist/nodes/TencentDeskTrigger/TencentDeskTrigger.node.js',
		'dist/nodes/TencentDeskTrigger/TencentDeskTrigger.node.json',
		'dist/nodes/TencentDeskTrigger/__schema__/v1.0.0.json',
		'package.json',
	]);
	expect(
		published.files.filter((file) => /\.test\.|(^|\/)(test|simulator|examples)\//.test(file)),
	).toEqual([]);
});

test('has every file that n8n is told to load', () => {
	const { n8n } = packageJson();
	expect(n8n.nodes).toEqual([
		'dist/nodes/ContactUser/ContactUser.node.js',
		'dist/nodes/TencentDesk/TencentDesk.node.js',
		'dist/nodes/TencentDeskTrigger/TencentDeskTrigger.node.js',
		'dist/nodes/TencentDeskEventTrigger/TencentDeskEventTrigger.node.js',
	]);
	expect(n8n.credentials).toEqual(['dist/credentials/TencentDeskApi.credentials.js']);
	expect(published.files).toEqual(expect.arrayContaining([...n8n.nodes, ...n8n.credentials]));
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

test('carries no source map and no address of one', () => {
	const scripts = published.files.filter((file) => file.endsWith('.js'));
	expect(scripts.length).toBeGreaterThan(2);
	expect(scripts.filter((file) => read(file).includes('sourceMappingURL'))).toEqual([]);
	expect(published.files.filter((file) => /\.(map|ts)$/.test(file))).toEqual([]);
});

test('has icons for light and dark, and others for each trigger, so that the canvas tells them apart', () => {
	const icons = ['tencentDesk', 'tencentDeskTrigger', 'tencentDeskEvent'].flatMap((name) => [
		name,
		`${name}.dark`,
	]);
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
