import { WorkflowExecute } from 'n8n-core';

import { TencentDeskApi } from '../../credentials/TencentDeskApi.credentials';
import { createAdditionalData } from '../engine/additionalData';
import { createCredentialsProbe } from '../engine/credentialsProbe';
import { CONTACTED, parameters, useSimulator, users, usersOf } from '../engine/desk';
import { runContactUser } from '../engine/harness';
import { startRun } from '../engine/olderEngines';
import { createWorkflow, node, stubNodeType } from '../engine/testWorkflow';
import { engineOfEnvironment } from './engineEnvironment';
import { loadedPackages } from './loadedEngine';

const simulator = useSimulator();

test('the node runs on the very n8n-core and n8n-workflow asked for, and on one copy of each', async () => {
	const { outputs } = await runContactUser({
		items: users('mia'),
		parameters: parameters(),
		credential: simulator().credential,
	});

	expect(usersOf(outputs[CONTACTED])).toEqual(['mia']);
	const { versions } = engineOfEnvironment();
	const engine = loadedPackages().filter(({ name }) => name in versions);
	expect(engine.map(({ name, version }) => `${name} ${version}`).sort()).toEqual(
		Object.entries(versions)
			.map(([name, version]) => `${name} ${version}`)
			.sort(),
	);
});

test('a node of n8n 3, emulated or not, finds no lookup of linked items where one of n8n 2 does', async () => {
	const seen: unknown[] = [];
	const watcher = stubNodeType('start', async function () {
		seen.push(this.getWorkflowDataProxy(0).$getPairedItem);
		return [[]];
	});
	const { workflow, workflowData } = createWorkflow(
		[node('Start', 'test.start')],
		{},
		{ 'test.start': watcher },
	);
	const probe = createCredentialsProbe(new TencentDeskApi(), {});
	const additionalData = createAdditionalData(workflowData, probe, 'trigger', '1');
	const startNode = workflow.getNode('Start') ?? undefined;
	await startRun(new WorkflowExecute(additionalData, 'trigger'), workflow, startNode);

	const { emulatesN8n3, versions } = engineOfEnvironment();
	const isN8n3 = emulatesN8n3 || versions['n8n-core'].startsWith('3.');
	expect(seen).toEqual([isN8n3 ? undefined : expect.any(Function)]);
});
