import { WorkflowExecute } from 'n8n-core';
import type {
	ExecutionError,
	ICredentialDataDecryptedObject,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	IRun,
	WorkflowExecuteMode,
} from 'n8n-workflow';

import { TencentDeskApi } from '../../../credentials/TencentDeskApi.credentials';
import { TencentDesk } from '../../../nodes/TencentDesk/TencentDesk.node';
import { createAdditionalData } from '../additionalData';
import { convertToTool, watched } from '../contactUserType';
import { createCredentialsProbe } from '../credentialsProbe';
import { retryDataOf } from '../harness';
import { endedRun, executionWith, startRun } from '../olderEngines';
import {
	connectTo,
	createWorkflow,
	node,
	readLinkedStartItem,
	stubNodeType,
} from '../testWorkflow';

export const TENCENT_DESK = 'Tencent Desk';

export interface DeskSetup {
	/** The json of the items that come in; one empty item when left out. */
	items?: IDataObject[];
	/** `resource`, `operation` and the fields of the operation. */
	parameters: INodeParameters;
	/** Node settings, e.g. `onError`, `retryOnFail`. */
	node?: Partial<INode>;
	credential: ICredentialDataDecryptedObject | null;
	executionId?: string;
	/** Of the workflow. */
	timezone?: string;
}

export interface DeskRun {
	run: IRun;
	/** What left by the output, and by n8n's Error output. */
	items: INodeExecutionData[];
	errors: INodeExecutionData[];
	/** What `$('Start').item.json` gives behind every item; null when n8n cannot tell. */
	linked: unknown[];
	linkedErrors: unknown[];
	error?: ExecutionError;
	/** What left `execute` as a throw, try by try. */
	thrown: unknown[];
	userSigs: string[];
	/** What n8n would send to whoever called the workflow. */
	answers: unknown[];
}

const SINKS = ['After', 'After Error'];

/** The node under test; `thrown` collects what leaves it as a throw. */
export function tencentDeskType(thrown: unknown[]): INodeType {
	return watched(new TencentDesk(), thrown);
}

/** The same as n8n makes a tool of it. */
export function tencentDeskTool(thrown: unknown[]): INodeType {
	return watched(convertToTool(new TencentDesk()), thrown);
}

function stageOf(setup: DeskSetup, mode: WorkflowExecuteMode) {
	const items = setup.items ?? [{}];
	const thrown: unknown[] = [];
	const { workflow, workflowData } = createWorkflow(
		[
			node('Start', 'test.start'),
			node('Middle', 'test.middle'),
			node(TENCENT_DESK, 'n8n-nodes-tencent-desk.tencentDesk', {
				parameters: setup.parameters,
				...(setup.credential && { credentials: { tencentDeskApi: { id: '1', name: 'Desk' } } }),
				...setup.node,
			}),
			...SINKS.map((name) => node(name, 'test.sink')),
		],
		{
			Start: { main: [[connectTo('Middle')]] },
			Middle: { main: [[connectTo(TENCENT_DESK)]] },
			[TENCENT_DESK]: { main: SINKS.map((name) => [connectTo(name)]) },
		},
		{
			'test.start': stubNodeType('start', async () => [items.map((json) => ({ json }))]),
			'test.middle': stubNodeType('middle', async function () {
				return [this.getInputData().map(({ json }, item) => ({ json, pairedItem: { item } }))];
			}),
			'test.sink': stubNodeType('sink', readLinkedStartItem),
			'n8n-nodes-tencent-desk.tencentDesk': tencentDeskType(thrown),
		},
		{ timezone: setup.timezone },
	);
	const probe = createCredentialsProbe(new TencentDeskApi(), setup.credential ?? {});
	const executionId = setup.executionId ?? '1';
	const additionalData = createAdditionalData(workflowData, probe, mode, executionId);
	const answers: unknown[] = [];
	additionalData.hooks?.addHandler('sendResponse', (answer) => void answers.push(answer));
	return { workflow, additionalData, probe, thrown, answers };
}

type Stage = ReturnType<typeof stageOf>;

async function finish(
	stage: Stage,
	execution: ReturnType<WorkflowExecute['run']>,
): Promise<DeskRun> {
	const run = endedRun(await execution);
	const { runData } = run.data.resultData;
	const task = runData[TENCENT_DESK]?.at(-1);
	const linkedIn = (name: string) =>
		(runData[name]?.at(-1)?.data?.main[0] ?? []).map(({ json }) => json.start);
	return {
		run,
		items: task?.data?.main[0] ?? [],
		errors: task?.data?.main[1] ?? [],
		linked: linkedIn('After'),
		linkedErrors: linkedIn('After Error'),
		error: task?.error,
		answers: stage.answers,
		thrown: stage.thrown,
		userSigs: [...stage.probe.userSigs],
	};
}

/** Starts a production execution; `execution.cancel()` is what n8n's Stop button calls. */
export function startTencentDesk(setup: DeskSetup) {
	const stage = stageOf(setup, 'trigger');
	const execute = new WorkflowExecute(stage.additionalData, 'trigger');
	const execution = startRun(execute, stage.workflow, stage.workflow.getNode('Start') ?? undefined);
	return { execution, finished: finish(stage, execution) };
}

/** Runs the test workflow to its end on n8n's own engine, over real HTTP. */
export async function runTencentDesk(setup: DeskSetup): Promise<DeskRun> {
	return await startTencentDesk(setup).finished;
}

/** Runs only Tencent Desk, on items whose origin n8n's records do not tell. */
export async function runWithoutOrigin(setup: DeskSetup): Promise<DeskRun> {
	const stage = stageOf(setup, 'trigger');
	const entry = {
		node: stage.workflow.nodes[TENCENT_DESK],
		data: { main: [(setup.items ?? [{}]).map((json) => ({ json }))] },
		source: { main: [{ previousNode: 'Deleted' }] },
	};
	const execute = new WorkflowExecute(stage.additionalData, 'trigger', executionWith({}, [entry]));
	return await finish(stage, execute.processRunExecutionData(stage.workflow));
}

/** Presses n8n's Retry button on a failed execution, which makes a new execution with an ID of its own. */
export async function retryTencentDesk(failed: IRun, setup: DeskSetup): Promise<DeskRun> {
	const stage = stageOf(setup, 'retry');
	const data = retryDataOf(failed, stage.workflow);
	const execute = new WorkflowExecute(stage.additionalData, 'retry', data);
	return await finish(stage, execute.processRunExecutionData(stage.workflow));
}
