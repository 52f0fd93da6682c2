import { CONTACTED, usersOf } from '../engine/desk';
import { useContacts } from '../engine/contacts';
import { stageOf, start } from '../engine/execution';
import { createWorkflow, node, stubNodeType } from '../engine/testWorkflow';
import { engineOfEnvironment } from './engineEnvironment';
import { loadedPackages } from './loadedEngine';

const { contact } = useContacts();

test('the node runs on the very n8n-core and n8n-workflow asked for, and on one copy of each', async () => {
	const { outputs } = await contact(['mia']);

	expect(usersOf(outputs[CONTACTED])).toEqual(['mia']);
	const { versions } = engineOfEnvironment();
	const engine = loadedPackages().filter(({ name }) => name in versions);
	expect(engine.map(({ name, version }) => [name, version]).sort()).toEqual(
		Object.entries(versions).sort(),
	);
});

test('a node of n8n 3, emulated or not, finds no lookup of linked items where one of n8n 2 does', async () => {
	const seen: unknown[] = [];
	const watcher = stubNodeType('start', async function () {
		seen.push(this.getWorkflowDataProxy(0).$getPairedItem);
		return [[]];
	});
	const nodes = [node('Start', 'test.start')];
	await start(stageOf(createWorkflow(nodes, {}, { 'test.start': watcher })));

	const { emulatesN8n3, versions } = engineOfEnvironment();
	const isN8n3 = emulatesN8n3 || versions['n8n-core'].startsWith('3.');
	expect(seen).toEqual([isN8n3 ? undefined : expect.any(Function)]);
});
