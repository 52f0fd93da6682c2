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
	IRunExecutionData,
	IWorkflowExecuteAdditionalData,
	NodeExecutionHint,
	Workflow,
	WorkflowExecuteMode,
} from 'n8n-workflow';

import { TencentDeskApi } from '../../credentials/TencentDeskApi.credentials';
import { createAdditionalData } from './additionalData';
import { createContactUserType } from './contactUserType';
import { createCredentialsProbe, type CredentialsProbe } from './credentialsProbe';
import { endedRun, startRun } from './olderEngines';
import { CONTACT_USER, createTestWorkflow, node, SINKS } from './testWorkflow';

/*
 * n8n's engine runs the workflow, unchanged (WorkflowExecute). What n8n's server does about it is played here. It still
 * does in another way than n8n, and test/e2e checks it in a real one:
 *  - credentials are not encrypted, and everybody may use them (credentialExpressions.ts, storedSecrets.ts);
 *  - nothing of an execution is stored: for the Retry button it goes through JSON, and keeps its ID unless a test gives
 *    another one (neverTwice.ts; between workers, retries.ts of test/queue);
 *  - Stop is the call that n8n makes for it (longRuns.ts);
 *  - the nodes around are stubs, which never wait or fail by themselves (outputs.ts, examples/).
 */

export interface ContactUserSetup {
	/** The json of the items the trigger emits. */
	items: IDataObject[];
	parameters?: INodeParameters;
	/** Node settings, e.g. `onError`, `retryOnFail`, `alwaysOutputData`. */
	node?: Partial<INode>;
	/** The credential as stored: fields may be expressions. `null` leaves the node without one. */
	credential: ICredentialDataDecryptedObject | null;
	executionId?: string;
	/** What the nodes behind do; unless told they find out where their items come from. */
	behind?: INodeType['execute'];
}

export interface ContactUserRun {
	run: IRun;
	/** One array per output, always five: the four named ones, then n8n's Error output. */
	outputs: INodeExecutionData[][];
	/** What `$('Start').item.json` gives behind every item, output by output. */
	linkedStartItems: IDataObject[][];
	/** The error of the node, as n8n stores it with the execution. */
	error?: ExecutionError;
	/** What left `execute` as a throw, try by try, before n8n took anything out of it. */
	thrown: unknown[];
	hints: NodeExecutionHint[];
	credentialReads: number[];
	userSigs: string[];
}

export interface StartedRun {
	/** `cancel()` is what n8n's Stop button calls. */
	execution: ReturnType<WorkflowExecute['run']>;
	finished: Promise<ContactUserRun>;
}

/** A workflow ready to run, and what watches it. */
export interface Stage {
	workflow: Workflow;
	thrown: unknown[];
	probe: CredentialsProbe;
	additionalData: IWorkflowExecuteAdditionalData;
}

export function setUp(setup: ContactUserSetup, mode: WorkflowExecuteMode): Stage {
	const contactUser = node(CONTACT_USER, 'n8n-nodes-tencent-desk.contactUser', {
		parameters: setup.parameters,
		...(setup.credential && { credentials: { tencentDeskApi: { id: '1', name: 'Desk' } } }),
		...setup.node,
	});
	const thrown: unknown[] = [];
	const asTool = contactUser.type.endsWith('Tool');
	const contactUserType = createContactUserType({ asTool, thrown });
	const { workflow, workflowData } = createTestWorkflow(
		setup.items,
		contactUser,
		contactUserType,
		setup.behind,
	);
	const probe = createCredentialsProbe(new TencentDeskApi(), setup.credential ?? {});
	const executionId = setup.executionId ?? '1';
	const additionalData = createAdditionalData(workflowData, probe, mode, executionId);
	return { workflow, thrown, probe, additionalData };
}

function readRun(run: IRun, { probe, thrown }: Stage): ContactUserRun {
	const { runData } = run.data.resultData;
	const task = runData[CONTACT_USER]?.at(-1);
	const sinkItems = SINKS.map((name) => runData[name]?.at(-1)?.data?.main[0] ?? []);
	return {
		run,
		outputs: SINKS.map((_name, output) => task?.data?.main[output] ?? []),
		linkedStartItems: sinkItems.map((items) => items.map(({ json }) => json.start as IDataObject)),
		error: task?.error,
		thrown,
		hints: task?.hints ?? [],
		credentialReads: probe.reads,
		userSigs: [...probe.userSigs],
	};
}

async function finish(stage: Stage, execution: StartedRun['execution']): Promise<ContactUserRun> {
	return readRun(endedRun(await execution), stage);
}

/** Starts a production execution of the test workflow and hands back the means to cancel it. */
export function startContactUser(setup: ContactUserSetup): StartedRun {
	const stage = setUp(setup, 'trigger');
	const startNode = stage.workflow.getNode('Start') ?? undefined;
	const execute = new WorkflowExecute(stage.additionalData, 'trigger');
	const execution = startRun(execute, stage.workflow, startNode);
	return { execution, finished: finish(stage, execution) };
}

/** Runs the test workflow to its end on n8n's own engine, over real HTTP. */
export async function runContactUser(setup: ContactUserSetup): Promise<ContactUserRun> {
	return await startContactUser(setup).finished;
}

/** Presses n8n's Retry button on a failed execution. `setup` is the workflow as saved now, which may differ. */
export async function retryRun(failed: IRun, setup: ContactUserSetup): Promise<ContactUserRun> {
	const stage = setUp(setup, 'retry');
	return await continueFrom(stage, 'retry', retryDataOf(failed, stage.workflow));
}

/**
 * What n8n's Retry button makes of a failed execution: what was stored goes through JSON, the failed run of the last
 * node is dropped, and the stack decides what runs (`ExecutionService.retry` in n8n's cli package).
 */
export function retryDataOf(failed: IRun, workflow: Workflow): IRunExecutionData {
	const data = JSON.parse(JSON.stringify(failed.data)) as IRunExecutionData;
	const { lastNodeExecuted, runData } = data.resultData;
	delete data.resultData.error;
	if (lastNodeExecuted && runData[lastNodeExecuted]?.at(-1)?.error) runData[lastNodeExecuted].pop();
	for (const entry of data.executionData?.nodeExecutionStack ?? []) {
		entry.node = workflow.getNode(entry.node.name) ?? entry.node;
	}
	return data;
}

/** Runs what is on the stack of `data`. */
export async function continueFrom(
	stage: Stage,
	mode: WorkflowExecuteMode,
	data: IRunExecutionData,
): Promise<ContactUserRun> {
	const { additionalData, workflow } = stage;
	return await finish(
		stage,
		new WorkflowExecute(additionalData, mode, data).processRunExecutionData(workflow),
	);
}
