import { ExecutionLifecycleHooks } from 'n8n-core';
import type {
	IWorkflowBase,
	IWorkflowExecuteAdditionalData,
	WorkflowExecuteMode,
} from 'n8n-workflow';

import type { CredentialsProbe } from './credentialsProbe';

/** What n8n's server adds to every execution; the addresses must parse, nothing is ever called there. */
export function createAdditionalData(
	workflowData: IWorkflowBase,
	probe: CredentialsProbe,
	mode: WorkflowExecuteMode,
	executionId: string,
): IWorkflowExecuteAdditionalData {
	const additionalData: Partial<IWorkflowExecuteAdditionalData> = {
		executionId,
		hooks: new ExecutionLifecycleHooks(mode, executionId, workflowData),
		credentialsHelper: probe.helper,
		currentNodeExecutionIndex: 0,
		restApiUrl: 'http://localhost/rest',
		instanceBaseUrl: 'http://localhost/',
		formWaitingBaseUrl: 'http://localhost/form-waiting',
		webhookBaseUrl: 'http://localhost/webhook',
		webhookWaitingBaseUrl: 'http://localhost/webhook-waiting',
		webhookTestBaseUrl: 'http://localhost/webhook-test',
		variables: {},
	};
	return additionalData as IWorkflowExecuteAdditionalData;
}
