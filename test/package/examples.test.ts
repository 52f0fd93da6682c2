import { demoWorld } from '../../simulator/demoWorld';
import { OUTPUTS } from '../n8n/deskNodes';
import { EXAMPLE_FILES, exampleText, readExample } from '../n8n/examples';
import type { Workflow, WorkflowNode } from '../n8n/workflow';
import { fitZoom, isNote, layoutFaults, noteOf, READABLE_ZOOM } from './exampleLayout';

const REMOVED_TYPES = ['itemLists', 'function', 'functionItem'].map(
	(type) => `n8n-nodes-base.${type}`,
);
const FIRST_AGENT_THAT_STAYS = 2;

/** All that may stand in an example: no id of an instance, no owner, no pinned data, no tags. */
const KEYS = ['connections', 'name', 'nodes', 'pinData', 'settings'];

test('there are examples', () => {
	expect(EXAMPLE_FILES.length).toBeGreaterThanOrEqual(12);
});

// What they do when they run is tested in a real n8n (test/e2e/examples).
describe.each(EXAMPLE_FILES)('example %s', (file) => {
	const workflow = readExample(file);

	test('notes explain it, nothing overlaps, and every end is wired', () => {
		const notes = workflow.nodes.filter(isNote).map((note) => noteOf(note).content);
		expect(notes.length).toBeGreaterThanOrEqual(2);
		expect(notes.filter((content) => content.length <= 50)).toEqual([]);
		expect(layoutFaults(workflow)).toEqual([]);
		expect(wiringFaults(workflow)).toEqual([]);
		const names = workflow.nodes.map(({ name }) => name);
		expect(names.filter((name) => !isTitleCase(name))).toEqual([]);
	});

	test('tells to try it with Simulate Only, never to deactivate or pin', () => {
		const notes = workflow.nodes.filter(isNote).map((note) => noteOf(note).content);
		expect(
			notes.filter((content) => /\bpin(ned)?\b|\bdeactivate\b|turn .* off the node/i.test(content)),
		).toEqual([]);
	});

	test('asks for no credential by name, since one of another name could then not be chosen', () => {
		expect(workflow.nodes.filter((node) => 'credentials' in node).map(({ name }) => name)).toEqual(
			[],
		);
	});

	test('its notes can be read on one screen, or the first one says how', () => {
		const [first] = workflow.nodes.filter(isNote);
		expect(first.name).toBe('About This Example');
		const isReadable = fitZoom(workflow) >= READABLE_ZOOM;
		expect(isReadable || /zoom in/.test(noteOf(first).content)).toBe(true);
	});

	test('uses nothing that n8n 3.0 removes', () => {
		expect(workflow.nodes.filter(isRemovedIn3).map(({ name }) => name)).toEqual([]);
	});

	test('holds no id of an instance and no secret', () => {
		expect(Object.keys(workflow).filter((key) => !KEYS.includes(key))).toEqual([]);
		expect(workflow.pinData ?? {}).toEqual({});
		const text = exampleText(file);
		for (const { secretKey } of demoWorld().apps) expect(text).not.toContain(secretKey);
		expect(text).not.toMatch(/usersig|secretKey|127\.0\.0\.1|localhost/i);
	});
});

/*
 * A wait of 65 seconds or more stores the execution, with all that has not run yet (n8n-core's
 * `putExecutionToWait`), and n8n runs the branches of a node from top to bottom.
 */
test('in retry-then-message, the wait stands lowest, so that everybody else ends before a long one', () => {
	const { nodes, connections } = readExample('retry-then-message.json');
	const heightOf = (name: string) => nodes.find((node) => node.name === name)?.position[1] ?? NaN;
	for (const [from, lowest] of [
		['Contact User', 'Count the Try'],
		['All Tries Used?', 'Wait Before the Next Try'],
	]) {
		const next = (connections[from].main ?? []).flat().map(({ node }) => node);
		const others = next.filter((name) => name !== lowest);
		expect(others.length).toBeGreaterThan(0);
		expect(next).toContain(lowest);
		expect(others.filter((other) => !(heightOf(other) < heightOf(lowest)))).toEqual([]);
	}
});

/** Every word but the small ones begins with a capital; what is quoted is n8n's own. */
function isTitleCase(name: string): boolean {
	const words = name.replace(/'[^']*'/g, '').split(/[\s:,]+/);
	const small = /^(a|an|and|as|at|by|for|in|of|on|or|per|than|the|to|with|when|clicking)$/;
	return words.every((word) => !/^[a-z]/.test(word) || small.test(word));
}

/** Whether n8n 3.0 removes what this node is: n8n's page "v3.0 breaking changes" */
function isRemovedIn3({ type, typeVersion, parameters }: WorkflowNode): boolean {
	if (REMOVED_TYPES.includes(type)) return true;
	if (type === 'n8n-nodes-base.executeWorkflow') return parameters.mode === 'each';
	return type === '@n8n/n8n-nodes-langchain.agent' && typeVersion < FIRST_AGENT_THAT_STAYS;
}

/** Nodes that nothing leads to, and outputs of Contact User that lead nowhere, in sentences. */
function wiringFaults({ nodes, connections }: Workflow): string[] {
	const links = Object.entries(connections);
	const reached = new Set(
		links.flatMap(([from, kinds]) =>
			Object.entries(kinds).flatMap(([kind, outputs]) =>
				// What serves an AI Agent (a model, a tool) is linked from the servant to the agent.
				kind === 'main' ? outputs.flat().map(({ node }) => node) : [from],
			),
		),
	);
	const alone = nodes.filter(
		(node) => !isNote(node) && !isTrigger(node) && !reached.has(node.name),
	);
	const contacting = nodes.filter(({ type }) => type === 'n8n-nodes-tencent-desk.contactUser');
	const open = contacting.flatMap((node) =>
		outputsOf(node)
			.filter((_, output) => !connections[node.name]?.main?.[output]?.length)
			.map((output) => `${output} of ${node.name} leads nowhere`),
	);
	return [...alone.map(({ name }) => `nothing leads to ${name}`), ...open];
}

function outputsOf({ parameters, onError }: WorkflowNode): string[] {
	const { singleOutput } = parameters.options as { singleOutput?: boolean };
	const outputs = singleOutput ? ['All Outcomes'] : OUTPUTS;
	return onError === 'continueErrorOutput' ? [...outputs, 'Error'] : outputs;
}

function isTrigger({ type }: WorkflowNode): boolean {
	return /trigger$/i.test(type) || type === 'n8n-nodes-base.webhook';
}
