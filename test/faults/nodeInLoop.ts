import { WorkflowExecute } from 'n8n-core';
import {
	NodeConnectionTypes,
	type IDataObject,
	type INodeType,
	type IRun,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import { TencentDeskApi } from '../../credentials/TencentDeskApi.credentials';
import { createAdditionalData } from '../engine/additionalData';
import { createContactUserType } from '../engine/contactUserType';
import { createCredentialsProbe } from '../engine/credentialsProbe';
import { reportsOf } from '../engine/desk';
import { retryDataOf, type ContactUserSetup } from '../engine/harness';
import {
	connectTo,
	CONTACT_USER,
	createWorkflow,
	node,
	stubNodeType,
} from '../engine/testWorkflow';
import type { JudgedRun } from './judge';

/** A loop whose turns bring these batches to Contact User; `items` of the setup are not used. */
export interface LoopSetup {
	batches: IDataObject[][];
	setup: ContactUserSetup;
}

/** Stands in for n8n's Loop Over Items: one batch a turn out of its second output, the end out of its first. */
function loopNodeType(batches: IDataObject[][]): INodeType {
	const type = stubNodeType('loop', async function () {
		const context = this.getContext('node');
		const turn = Number(context.turn ?? 0);
		context.turn = turn + 1;
		const batch = batches[turn] ?? [];
		const ended = batch.length === 0 ? [{ json: {} }] : [];
		return [ended, batch.map((json) => ({ json, pairedItem: { item: 0 } }))];
	});
	type.description.outputs = [NodeConnectionTypes.Main, NodeConnectionTypes.Main];
	return type;
}

function stageOf({ batches, setup }: LoopSetup, mode: WorkflowExecuteMode) {
	const nodes = [
		node('Start', 'test.start'),
		node('Loop', 'test.loop'),
		node(CONTACT_USER, 'n8n-nodes-tencent-desk.contactUser', {
			parameters: setup.parameters,
			credentials: { tencentDeskApi: { id: '1', name: 'Desk' } },
			...setup.node,
		}),
	];
	const connections = {
		Start: { main: [[connectTo('Loop')]] },
		Loop: { main: [[], [connectTo(CONTACT_USER)]] },
		[CONTACT_USER]: { main: [[connectTo('Loop')]] },
	};
	const { workflow, workflowData } = createWorkflow(nodes, connections, {
		'test.start': stubNodeType('start', async () => [[{ json: {} }]]),
		'test.loop': loopNodeType(batches),
		'n8n-nodes-tencent-desk.contactUser': createContactUserType({ asTool: false, thrown: [] }),
	});
	const probe = createCredentialsProbe(new TencentDeskApi(), setup.credential ?? {});
	return { workflow, additionalData: createAdditionalData(workflowData, probe, mode, '1') };
}

export async function runLoop(loop: LoopSetup): Promise<IRun> {
	const { workflow, additionalData } = stageOf(loop, 'trigger');
	const startNode = workflow.getNode('Start') ?? undefined;
	return await new WorkflowExecute(additionalData, 'trigger').run({ workflow, startNode });
}

/** Presses n8n's Retry button on a failed execution of the loop, as `retryRun` of the engine tests does. */
export async function retryLoop(failed: IRun, loop: LoopSetup): Promise<IRun> {
	const { workflow, additionalData } = stageOf(loop, 'retry');
	const data = retryDataOf(failed, workflow);
	return await new WorkflowExecute(additionalData, 'retry', data).processRunExecutionData(workflow);
}

/** One turn of the loop, ready to be judged. */
export function turnOf(run: IRun, turn: number): JudgedRun {
	const { data, error } = run.data.resultData.runData[CONTACT_USER][turn];
	return { run, outputs: (data?.main ?? []).map((items) => items ?? []), error };
}

/** The users each turn of the loop reports as contacted. */
export const contactedByTurn = (run: IRun): unknown[][] =>
	run.data.resultData.runData[CONTACT_USER].map(({ data }) =>
		reportsOf(data?.main[0] ?? []).map(({ userId }) => userId),
	);
