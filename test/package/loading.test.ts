import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ICredentialType, INodeProperties, INodeTypeDescription } from 'n8n-workflow';
import { median } from '../../bench/table';
import { OUTPUT_NAMES } from '../../nodes/ContactUser/description';
import { publish, repoRoot, runScript, say, type Published } from './published';

interface Loaded {
	/** Every name that a file of the package required while it was loaded. */
	requested: string[];
	/** How many modules the files are that n8n loads. */
	modules: number;
	nodes: Array<INodeTypeDescription & { iconUrl: { light: string; dark: string } }>;
	credentials: Array<ICredentialType & { iconUrl: { light: string; dark: string } }>;
}

/**
 * Saved workflows and credentials hold these names, values and defaults for ever (n8n does not store a parameter that
 * has its default). Add lines; never change or drop one. Fields stand in the order of the panel.
 */
const NAMES = readFileSync(path.join(__dirname, 'names.txt'), 'utf8').trimEnd().split('\n');

const N8NS_OWN = 'pollTimes';

type Described = Pick<INodeTypeDescription, 'name' | 'displayName' | 'properties'>;

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

test('n8n finds a light and a dark icon for each', () => {
	for (const { iconUrl } of [...loaded.nodes, ...loaded.credentials]) {
		const files = [iconUrl.light, iconUrl.dark].map((url) =>
			path.join(published.folder, url.replace('icons/n8n-nodes-tencent-desk/', '')),
		);
		expect(new Set(files).size).toBe(2);
		expect(files.filter((file) => !existsSync(file))).toEqual([]);
	}
});

const WORDS = [
	['tencent', 'desk', 'live agent', 'live chat', 'handoff', '客服', '联系用户'],
	[
		...['tencent', 'desk', 'live chat', 'customer service', 'session', 'rating'],
		...['message', 'transcript', 'queue', '客服', '会话', '满意度'],
		...['reception', 'who is free', 'available', 'waiting', 'online', 'call center', 'notify'],
	],
	[],
	['webhook', 'callback', 'assign agent', 'routing', 'task flow', '回调'],
];

test('a builder finds each node by the words for it, also in Chinese', () => {
	for (const [index, { codex }] of loaded.nodes.entries()) {
		expect(codex?.categories).toEqual(['Communication', 'Sales']);
		expect(codex?.alias).toEqual(expect.arrayContaining(WORDS[index]));
	}
});

test('Tencent Desk is found by every word for its trigger, since n8n lists both as one under the name of the node', () => {
	const [, node, trigger] = loaded.nodes;
	expect(trigger.codex?.alias).not.toEqual([]);
	expect(node.codex?.alias).toEqual(expect.arrayContaining(trigger.codex?.alias ?? []));
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

test('every name, type, default and value that workflows store is kept', () => {
	const all = [...loaded.nodes.flatMap(linesOfNode), ...linesOf(loaded.credentials[0])];
	expect(all).toEqual(NAMES);
});

function linesOfNode(node: INodeTypeDescription): string[] {
	const { name, inputs, polling, credentials = [], webhooks = [] } = node;
	const outputs = JSON.stringify(node.outputs).match(/(?<=displayName\W+)\w[\w ]*|"main"/g) ?? [];
	return [
		`${name} takes ${JSON.stringify(inputs)}, gives ${outputs.join(', ')}`,
		...(polling ? [`${name} polls`] : []),
		...webhooks.map(({ httpMethod, path: at }) => `${name} is called: ${String(httpMethod)} ${at}`),
		...credentials.map((each) => `${name} needs ${each.name}: ${String(each.required)}`),
		...linesOf(node),
	];
}

function linesOf({ name, displayName, properties }: Described): string[] {
	const own = properties.filter((each) => each.type !== 'notice' && each.name !== N8NS_OWN);
	return [`${name} is ${displayName}`, ...own.flatMap((each) => linesOfField(name, each))];
}

/** One for each operation that shows the field, and those of the fields within it. */
function linesOfField(node: string, field: INodeProperties, within = ''): string[] {
	const { name, displayName, type, default: byDefault, typeOptions, modes } = field;
	const show = field.displayOptions?.show ?? {};
	const operations = show.operation ?? show['/operation'] ?? [''];
	const shownFor = (show.resource ?? show['/resource'] ?? ['']).flatMap((resource) =>
		operations.map((operation) => [resource, operation].filter(Boolean).join(': ')),
	);
	const values = (field.options ?? []).flatMap((each) => ('value' in each ? [each.value] : []));
	const told = [
		...[displayName, type, name === 'toolDescription' ? 'a text' : JSON.stringify(byDefault)],
		...(typeOptions?.password ? ['password'] : []),
		...(modes ? [`by ${modes.map((mode) => mode.name).join(' or ')}`] : []),
		...(values.length > 0 ? [`of ${[...values].sort().join(', ')}`] : []),
	].join(' | ');
	return shownFor.flatMap((shown) => {
		const owner = [node, shown].filter(Boolean).join(', ');
		const inner = (field.options ?? []).flatMap((each) => {
			const inside = `${within}${name}.`;
			if ('type' in each) return linesOfField(owner, each, inside);
			if (!('values' in each)) return [];
			return each.values.flatMap((value) => linesOfField(owner, value, `${inside}${each.name}.`));
		});
		return [`${owner} > ${within}${name}: ${told}`, ...inner];
	});
}

const property = (node: INodeTypeDescription, name: string) => {
	const found = node.properties.find((candidate) => candidate.name === name);
	if (!found) throw new Error(`there is no "${name}"`);
	return found;
};

test('n8n finds the description for models where it would add its own, and shows it for the tool only', () => {
	const { displayOptions, default: text } = property(loaded.nodes[0], 'toolDescription');
	expect(displayOptions).toEqual({ show: { '@tool': [true] } });
	expect(text).toMatch(/only if outcome is "contacted"/);
	expect(loaded.nodes.map(({ usableAsTool }) => usableAsTool)).toEqual([
		true,
		true,
		undefined,
		undefined,
	]);
});

test("n8n's workflow builder is told to wire every output of Contact User, which are four by default", () => {
	expect(OUTPUT_NAMES).toHaveLength(4);
	const hint = `${OUTPUT_NAMES.join(', ')}. Always connect all of them`;
	expect(loaded.nodes[0].builderHint?.searchHint).toContain(hint);
	expect(loaded.nodes[0].outputs).toMatch(/^={{ [^]* }}$/);
});

test('Tencent Desk gives the tool of each operation a description of its own', () => {
	const shown = loaded.nodes[1].properties.filter(({ name }) => name === 'toolDescription');
	expect(new Set(shown.map((each) => each.default)).size).toBe(17);
	for (const { displayOptions } of shown) expect(displayOptions?.show?.['@tool']).toEqual([true]);
});

test('Tencent Desk has old versions of n8n name the operation to models, newer ones not, and shows it to nobody', () => {
	const { type, default: how, displayOptions } = property(loaded.nodes[1], 'descriptionType');
	expect([type, how, displayOptions]).toEqual(['hidden', 'auto', { hide: { '@tool': [true] } }]);
});

test('Tencent Desk names resource and operation in words under the node', () => {
	expect(loaded.nodes[1].subtitle).toContain('"session transfer":"Session: Transfer to Agent"');
});
