import type { WorkflowExecute } from 'n8n-core';
import * as n8nWorkflow from 'n8n-workflow';
import type {
	IExecuteData,
	INode,
	IRun,
	IRunData,
	IRunExecutionData,
	Workflow,
} from 'n8n-workflow';

/**
 * What the harness asks of n8n's engine and has changed between its versions. The node never comes here: what it
 * uses must be in every version it works with.
 */

/** Starts a production execution at `startNode`. */
export function startRun(
	execute: WorkflowExecute,
	workflow: Workflow,
	startNode: INode | undefined,
): ReturnType<WorkflowExecute['run']> {
	// Up to n8n 1.x it took its arguments one by one.
	if (execute.run.length > 1) {
		const run = execute.run as unknown as (
			workflow: Workflow,
			startNode?: INode,
		) => ReturnType<WorkflowExecute['run']>;
		return run.call(execute, workflow, startNode);
	}
	return execute.run({ workflow, startNode });
}

/**
 * How an execution ended. Before n8n 1.122 the engine said so only when all went well, and n8n's server worked it out
 * (`determineFinalExecutionStatus` in its cli package).
 */
export function endedRun(run: IRun): IRun {
	const failed = run.status === 'running' && run.data.resultData.error !== undefined;
	return failed ? { ...run, status: 'error' } : run;
}

/** The class by which the engine evaluates the expressions of parameters, to be spied on. */
export function expressionClass(): typeof n8nWorkflow.WorkflowExpression {
	const { WorkflowExpression, Expression } = n8nWorkflow as typeof n8nWorkflow & {
		Expression: unknown;
	};
	// Up to n8n 2.0, one class did it all.
	return WorkflowExpression ?? Expression;
}

/** An execution that has come as far as `runData` says, with `stack` still to run. */
export function executionWith(runData: IRunData, stack: IExecuteData[]): IRunExecutionData {
	const resultData = { runData };
	const create = n8nWorkflow.createRunExecutionData as
		typeof n8nWorkflow.createRunExecutionData | undefined;
	if (create !== undefined)
		return create({ resultData, executionData: { nodeExecutionStack: stack } });
	// Before n8n had a function for it, everybody wrote it down.
	return {
		startData: {},
		resultData,
		executionData: {
			contextData: {},
			metadata: {},
			nodeExecutionStack: stack,
			waitingExecution: {},
			waitingExecutionSource: {},
		},
	} as unknown as IRunExecutionData;
}
