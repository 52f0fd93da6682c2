import type { IDataObject, INodeExecutionData, IRun } from 'n8n-workflow';

import { TencentDesk } from '../../../nodes/TencentDesk/TencentDesk.node';
import { retryNode, runNodeAfter, startNode, type NodeRun, type NodeSetup } from '../harness';
import type { TestedNode } from '../testedNode';

/** `parameters`: `resource`, `operation` and the fields of the operation. */
export type DeskSetup = NodeSetup;

export interface DeskRun extends Omit<NodeRun, 'outputs'> {
	/** What left by the output, and by n8n's Error output. */
	items: INodeExecutionData[];
	errors: INodeExecutionData[];
	/** What `$('Start').item.json` gives behind every item; null when n8n cannot tell. */
	linked: IDataObject[];
	linkedErrors: IDataObject[];
}

export const TENCENT_DESK: TestedNode = {
	name: 'Tencent Desk',
	type: 'n8n-nodes-tencent-desk.tencentDesk',
	outputs: 2,
	create: () => new TencentDesk(),
};

function readRun({ outputs: [items, errors], ...run }: NodeRun): DeskRun {
	const [linked, linkedErrors] = run.linkedStartItems;
	return { ...run, items, errors, linked, linkedErrors };
}

/** Starts a production execution; `execution.cancel()` is what n8n's Stop button calls. */
export function startTencentDesk(setup: DeskSetup) {
	const { execution, finished } = startNode(TENCENT_DESK, setup);
	return { execution, finished: finished.then(readRun) };
}

/** Runs the test workflow to its end on n8n's own engine, over real HTTP. */
export async function runTencentDesk(setup: DeskSetup): Promise<DeskRun> {
	return await startTencentDesk(setup).finished;
}

/** Runs only Tencent Desk, on items whose origin n8n's records do not tell. */
export async function runWithoutOrigin(setup: DeskSetup): Promise<DeskRun> {
	const origin = { source: { main: [{ previousNode: 'Deleted' }] }, runData: {} };
	return readRun(await runNodeAfter(TENCENT_DESK, origin, setup));
}

/** Presses n8n's Retry button on a failed execution, which makes a new execution with an ID of its own. */
export async function retryTencentDesk(failed: IRun, setup: DeskSetup): Promise<DeskRun> {
	return readRun(await retryNode(TENCENT_DESK, failed, setup));
}
