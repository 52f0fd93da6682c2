import { WorkflowExecute } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	IRun,
	IRunExecutionData,
	IWorkflowBase,
	IWorkflowExecuteAdditionalData,
	Workflow,
	WorkflowExecuteMode,
} from 'n8n-workflow';

import { TencentDeskApi } from '../../credentials/TencentDeskApi.credentials';
import { createAdditionalData } from './additionalData';
import { createCredentialsProbe, type CredentialsProbe } from './credentialsProbe';
import { startRun } from './olderEngines';

/** A workflow ready to run on n8n's own engine, and what watches it. */
export interface Stage {
	workflow: Workflow;
	additionalData: IWorkflowExecuteAdditionalData;
	probe: CredentialsProbe;
	mode: WorkflowExecuteMode;
}

export interface StageSetup {
	/** The credential as stored: fields may be expressions. */
	credential?: ICredentialDataDecryptedObject | null;
	mode?: WorkflowExecuteMode;
	executionId?: string;
}

/** A production execution, unless told otherwise. */
export function stageOf(
	{ workflow, workflowData }: { workflow: Workflow; workflowData: IWorkflowBase },
	{ credential, mode = 'trigger', executionId = '1' }: StageSetup = {},
): Stage {
	const probe = createCredentialsProbe(new TencentDeskApi(), credential ?? {});
	const additionalData = createAdditionalData(workflowData, probe, mode, executionId);
	return { workflow, additionalData, probe, mode };
}

/** Starts at the node Start. `cancel()` of what is given is what n8n's Stop button calls. */
export function start({
	workflow,
	additionalData,
	mode,
}: Stage): ReturnType<WorkflowExecute['run']> {
	const execute = new WorkflowExecute(additionalData, mode);
	return startRun(execute, workflow, workflow.getNode('Start') ?? undefined);
}

/** Runs what is on the stack of `data`. */
export function continueFrom(
	{ workflow, additionalData, mode }: Stage,
	data: IRunExecutionData,
): ReturnType<WorkflowExecute['run']> {
	return new WorkflowExecute(additionalData, mode, data).processRunExecutionData(workflow);
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
