import { NodeConnectionTypes, type IDataObject, type INodeType, type IRun } from 'n8n-workflow';

import { reportsOf } from '../engine/desk';
import {
	continueFrom,
	retryDataOf,
	stageOf,
	start,
	type Stage,
	type StageSetup,
} from '../engine/execution';
import type { NodeSetup } from '../engine/harness';
import { CONTACT_USER, placed, typeOf } from '../engine/testedNode';
import { connectTo, createWorkflow, emits, node, stubNodeType } from '../engine/testWorkflow';
import type { JudgedRun } from './judge';

/** A loop whose turns bring these batches to Contact User; `items` of the setup are not used. */
export interface LoopSetup {
	batches: IDataObject[][];
	setup: NodeSetup;
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

function loopOf({ batches, setup }: LoopSetup, mode: StageSetup['mode']): Stage {
	const { parameters, credential } = setup;
	const own = placed(CONTACT_USER, { parameters, credential, ...setup.node });
	const made = createWorkflow(
		[node('Start', 'test.start'), node('Loop', 'test.loop'), own],
		{
			Start: { main: [[connectTo('Loop')]] },
			Loop: { main: [[], [connectTo(own.name)]] },
			[own.name]: { main: [[connectTo('Loop')]] },
		},
		{
			'test.start': emits({}),
			'test.loop': loopNodeType(batches),
			...typeOf(CONTACT_USER, own),
		},
	);
	return stageOf(made, { credential, mode });
}

export const runLoop = async (loop: LoopSetup): Promise<IRun> =>
	await start(loopOf(loop, 'trigger'));

/** Presses n8n's Retry button on a failed execution of the loop, as `retryRun` of the engine tests does. */
export async function retryLoop(failed: IRun, loop: LoopSetup): Promise<IRun> {
	const stage = loopOf(loop, 'retry');
	return await continueFrom(stage, retryDataOf(failed, stage.workflow));
}

/** One turn of the loop, ready to be judged. */
export function turnOf(run: IRun, turn: number): JudgedRun {
	const { data, error } = run.data.resultData.runData[CONTACT_USER.name][turn];
	return { run, outputs: (data?.main ?? []).map((items) => items ?? []), error };
}

/** The users each turn of the loop reports as contacted. */
export const contactedByTurn = (run: IRun): unknown[][] =>
	run.data.resultData.runData[CONTACT_USER.name].map(({ data }) =>
		reportsOf(data?.main[0] ?? []).map(({ userId }) => userId),
	);
