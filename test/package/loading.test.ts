import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ICredentialType, INodeTypeDescription } from 'n8n-workflow';
import { median } from '../../bench/table';
import { publish, repoRoot, runScript, say, type Published } from './published';

interface Loaded {
	/** Every name that a file of the package required while it was loaded. */
	requested: string[];
	/** How many modules the files are that n8n loads. */
	modules: number;
	nodes: Array<INodeTypeDescription & { iconUrl: { light: string; dark: string } }>;
	credentials: Array<ICredentialType & { iconUrl: { light: string; dark: string } }>;
}

const WITH_N8N = { NODE_PATH: path.join(repoRoot, 'node_modules') };
const LOADS = 5;

let published: Published;
let loaded: Loaded;
beforeAll(() => {
	published = publish();
	loaded = runScript<Loaded>('load.cjs', [published.folder], WITH_N8N);
});
afterAll(() => published?.remove());

const foreign = (names: string[]) =>
	names.filter((name) => !['n8n-workflow', 'node:crypto'].includes(name) && !/^\.\.?\//.test(name));

test('every file loads with n8n-workflow, node:crypto and its own files alone', () => {
	expect(loaded.requested).toContain('n8n-workflow');
	expect(foreign(loaded.requested)).toEqual([]);
});

test('the nodes and the credential load, and the time is printed', () => {
	const totals = Array.from({ length: LOADS }, () => {
		const times = runScript<number[]>('loadTime.cjs', [published.folder], WITH_N8N);
		return times.reduce((sum, ms) => sum + ms, 0);
	});
	const ms = median(totals);
	say(`load time of nodes and credential: ${ms.toFixed(1)} ms, median of ${LOADS} processes`);
	expect(ms).toBeGreaterThan(0);
});

test('no file asks for anything else later, while the node works', () => {
	const named = published.files
		.filter((file) => file.endsWith('.js'))
		.map((file) => readFileSync(path.join(published.folder, file), 'utf8'))
		.flatMap((code) => [...code.matchAll(/\b(?:require|import|getBuiltinModule)\(\s*(.*?)\s*\)/g)])
		.map((call) => call[1].replace(/^(['"`])(.*)\1$/, '$2'));
	expect(named).toContain('n8n-workflow');
	expect(foreign(named)).toEqual([]);
});

test('all nodes and the credential are one module, which they need to share the pace and who is under way', () => {
	expect(loaded.modules).toBe(1);
});

test('n8n finds four nodes and one credential', () => {
	expect(loaded.nodes.map((node) => node.name)).toEqual([
		'contactUser',
		'tencentDesk',
		'tencentDeskTrigger',
		'tencentDeskEventTrigger',
	]);
	expect(loaded.credentials.map((credential) => credential.name)).toEqual(['tencentDeskApi']);
});

test('n8n finds a light and a dark icon for each', () => {
	for (const { iconUrl } of [...loaded.nodes, ...loaded.credentials]) {
		const files = [iconUrl.light, iconUrl.dark].map((url) =>
			path.join(published.folder, url.replace('icons/n8n-nodes-tencent-desk/', '')),
		);
		expect(new Set(files).size).toBe(2);
		expect(files.filter((file) => !existsSync(file))).toEqual([]);
	}
});

test('a builder finds the node by the words for it, also in Chinese', () => {
	const { codex } = loaded.nodes[0];
	expect(codex?.categories).toEqual(['Communication', 'Sales']);
	expect(codex?.alias).toEqual(
		expect.arrayContaining([
			'tencent',
			'desk',
			'live agent',
			'live chat',
			'handoff',
			'客服',
			'联系用户',
		]),
	);
});

test('a builder finds Tencent Desk by what it is wanted for', () => {
	const { codex } = loaded.nodes[1];
	expect(codex?.categories).toEqual(['Communication', 'Sales']);
	expect(codex?.alias).toEqual(
		expect.arrayContaining([
			...['tencent', 'desk', 'live chat', 'customer service', 'session', 'rating'],
			...['message', 'transcript', 'queue', '客服', '会话', '满意度'],
			...['reception', 'who is free', 'available', 'waiting', 'online', 'call center', 'notify'],
		]),
	);
});

test('Tencent Desk is found by every word for its trigger, since n8n lists both as one under the name of the node', () => {
	const [, node, trigger] = loaded.nodes;
	expect(trigger.codex?.alias).not.toEqual([]);
	expect(node.codex?.alias).toEqual(expect.arrayContaining(trigger.codex?.alias ?? []));
});

test('a builder finds Tencent Desk Event Trigger by what Desk calls for', () => {
	const [, , , { codex }] = loaded.nodes;
	expect(codex?.categories).toEqual(['Communication', 'Sales']);
	expect(codex?.alias).toEqual(
		expect.arrayContaining(['webhook', 'callback', 'assign agent', 'routing', 'task flow', '回调']),
	);
});

test('the editor links to the documentation of each node and of the credential', () => {
	const { homepage } = JSON.parse(readFileSync(path.join(repoRoot, 'package.json'), 'utf8'));
	for (const { codex } of loaded.nodes) {
		expect(codex?.resources).toEqual({
			primaryDocumentation: [{ url: homepage }],
			credentialDocumentation: [{ url: homepage }],
		});
	}
});
