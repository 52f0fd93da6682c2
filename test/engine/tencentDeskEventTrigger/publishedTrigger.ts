import { WebhookContext } from 'n8n-core';
import {
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type INodeParameters,
	type IWebhookResponseData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import { TencentDeskApi } from '../../../credentials/TencentDeskApi.credentials';
import { TencentDeskEventTrigger } from '../../../nodes/TencentDeskEventTrigger/TencentDeskEventTrigger.node';
import { createAdditionalData } from '../additionalData';
import { createCredentialsProbe } from '../credentialsProbe';
import { createWorkflow, node } from '../testWorkflow';

/*
 * The webhook of the node in n8n's own WebhookContext. Of Express, what an answer needs is written down here; what n8n's
 * server sends by it, a test says. test/e2e/eventTrigger.ts has the real ones.
 */

export const SDK_APP_ID = '1400000000';
const TYPE = 'n8n-nodes-tencent-desk.tencentDeskEventTrigger';
const CREDENTIAL = { sdkAppId: SDK_APP_ID, secretKey: 'k'.repeat(64) };

export interface Call {
	body: unknown;
	query?: IDataObject;
	bytes?: number;
	mode?: WorkflowExecuteMode;
}

export interface Taken {
	/** What Desk has got by now: at most one answer, or the node is wrong. */
	answers: Array<[status: number, body: unknown]>;
	/** What starts an execution. */
	started: IWebhookResponseData['workflowData'];
	/** What n8n's server sends when the workflow has ended or has answered. */
	send(body: unknown, status?: number): void;
	/** What n8n's server sends past `json`: a text, a file. */
	sendText(text: string): void;
	/** What the node has logged. */
	warnings: string[];
}

export interface Published {
	nodeId: string;
	/** Resolves when the node has returned, which for some calls is before Desk has an answer. */
	call(call: Call): Promise<Taken>;
	/** What n8n stores of the node. */
	stored(): IDataObject;
	credential: ICredentialDataDecryptedObject;
	credentialReads: number[];
}

let nodes = 0;

export function publish(parameters: INodeParameters, nodeId = `node-${++nodes}`): Published {
	const trigger = node('Desk calls', TYPE, {
		id: nodeId,
		parameters,
		credentials: { tencentDeskApi: { id: `credential-of-${nodeId}`, name: 'Desk' } },
	});
	const type = new TencentDeskEventTrigger();
	const { workflow, workflowData } = createWorkflow([trigger], {}, { [TYPE]: type });
	const credential: ICredentialDataDecryptedObject = { ...CREDENTIAL };
	const probe = createCredentialsProbe(new TencentDeskApi(), credential);
	return {
		nodeId,
		credential,
		credentialReads: probe.reads,
		stored: () => workflow.getStaticData('node', trigger),
		async call({ body, query, bytes = 100, mode = 'webhook' }) {
			const answers: Taken['answers'] = [];
			let statusCode = 0;
			const httpResponse = {
				headersSent: false,
				status(code: number) {
					statusCode = code;
					return httpResponse;
				},
				json: (answer: unknown) => write(answer),
			};
			const write = (answer: unknown) => {
				answers.push([statusCode, answer]);
				httpResponse.headersSent = true;
				return httpResponse;
			};
			const httpRequest = {
				body,
				query: { SdkAppid: SDK_APP_ID, ...query },
				headers: {},
				params: {},
				rawBody: { length: bytes },
			};
			const additionalData = {
				...createAdditionalData(workflowData, probe, mode, '1'),
				httpRequest,
				httpResponse,
			} as unknown as ConstructorParameters<typeof WebhookContext>[2];
			const webhookData = {
				httpMethod: 'POST' as const,
				node: trigger.name,
				path: 'path',
				webhookDescription: type.description.webhooks![0],
				workflowId: workflowData.id,
				workflowExecuteAdditionalData: additionalData,
			};
			const context = new WebhookContext(
				workflow,
				trigger,
				additionalData,
				mode,
				webhookData,
				[],
				null,
			);
			const warnings: string[] = [];
			jest
				.spyOn(context.logger, 'warn')
				.mockImplementation((warning: string) => void warnings.push(warning));
			const [description] = type.description.webhooks!;
			if (description.httpMethod !== 'POST')
				throw new Error('n8n knows no such webhook: Desk posts');
			const { workflowData: started, noWebhookResponse } = await type.webhook.call(context);
			// As `executeWebhook` of n8n's server does, unless it waits for the workflow.
			const waits = started !== undefined && description.responseMode === 'responseNode';
			if (noWebhookResponse !== true && !waits) httpResponse.json({ message: 'Workflow started' });
			return {
				answers,
				started,
				send: (answer, code = 200) => void httpResponse.status(code).json(answer),
				sendText: (text) => void write(text),
				warnings,
			};
		},
	};
}
