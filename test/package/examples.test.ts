import { demoWorld } from '../../simulator/demoWorld';
import { CREDENTIAL, CREDENTIAL_TYPE } from '../n8n/deskNodes';
import { EXAMPLE_FILES, exampleText, readExample } from '../n8n/examples';
import { isNote, layoutFaults, noteOf } from './exampleLayout';
import { wiringFaults } from './exampleWiring';

/** All that may stand in an example: no id of an instance, no owner, no pinned data, no tags. */
const KEYS = ['connections', 'name', 'nodes', 'pinData', 'settings'];

test('there are examples', () => {
	expect(EXAMPLE_FILES.length).toBeGreaterThanOrEqual(5);
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

	test('names its credential, and holds no id and no secret', () => {
		expect(Object.keys(workflow).filter((key) => !KEYS.includes(key))).toEqual([]);
		expect(workflow.pinData ?? {}).toEqual({});
		const credentials = workflow.nodes.flatMap((node) => Object.entries(node.credentials ?? {}));
		const ours = credentials.filter(([type]) => type === CREDENTIAL_TYPE);
		expect(ours.map(([, credential]) => credential)).toEqual(
			Array(Math.max(1, ours.length)).fill(CREDENTIAL[CREDENTIAL_TYPE]),
		);
		expect(credentials.filter(([, { id }]) => id !== null)).toEqual([]);
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
