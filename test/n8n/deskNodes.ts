import type { NodeSketch } from './workflow';

export const CREDENTIAL_TYPE = 'tencentDeskApi';
/** The credential of the simulator's first app, by the name workflows refer to it. */
export const CREDENTIAL = { [CREDENTIAL_TYPE]: { id: null, name: 'Tencent Desk API' } };

export const OUTPUTS = ['Contacted', 'No Agent', 'Config Error', 'Other'];

/** What the editor writes when a builder lets the model define a parameter: its label, and no description. */
export function fromAI(label: string): string {
	return `={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${label}', \`\`, 'string') }}`;
}

/** A Contact User node that takes the user of each item. */
export function contactUser(different: Partial<NodeSketch> = {}): NodeSketch {
	return {
		name: 'Contact User',
		type: 'n8n-nodes-tencent-desk.contactUser',
		typeVersion: 1,
		credentials: CREDENTIAL,
		...different,
		parameters: {
			customerServiceAccount: { __rl: true, mode: 'id', value: '@customer_service_account' },
			userId: '={{ $json.userId }}',
			...different.parameters,
		},
	};
}

/** A Tencent Desk node with an operation and its fields. */
export function tencentDesk(
	resource: string,
	operation: string,
	fields: Record<string, unknown>,
	different: Partial<NodeSketch> = {},
): NodeSketch {
	return {
		name: 'Tencent Desk',
		type: 'n8n-nodes-tencent-desk.tencentDesk',
		typeVersion: 1,
		credentials: CREDENTIAL,
		...different,
		parameters: { resource, operation, ...fields },
	};
}

/** A Tencent Desk Event Trigger; Desk calls `/webhook/<webhookId>/webhook`. */
export function eventTriggerNode(
	webhookId: string,
	parameters: Record<string, unknown>,
): NodeSketch {
	return {
		name: 'Tencent Desk Event Trigger',
		type: 'n8n-nodes-tencent-desk.tencentDeskEventTrigger',
		typeVersion: 1,
		webhookId,
		credentials: CREDENTIAL,
		parameters,
	};
}
