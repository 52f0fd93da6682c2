import {
	NodeConnectionTypes,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { CREDENTIAL_TYPE } from '../shared/desk/callDesk';
import { EVENT_TRIGGER_PROPERTIES, EVENT_TRIGGER_SUBTITLE } from './description';
import { receive } from './receive';

export class TencentDeskEventTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Tencent Desk Event Trigger',
		name: 'tencentDeskEventTrigger',
		icon: {
			light: 'file:../../icons/tencentDeskEvent.svg',
			dark: 'file:../../icons/tencentDeskEvent.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle: EVENT_TRIGGER_SUBTITLE,
		description:
			'Starts when Tencent Desk calls: a session event, an agent status, a task flow, or the question which agent gets a session',
		defaults: { name: 'Tencent Desk Event Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: CREDENTIAL_TYPE, required: true }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				path: 'webhook',
				// For the calls that the workflow answers; the node itself answers all others.
				responseMode: 'responseNode',
			},
		],
		properties: EVENT_TRIGGER_PROPERTIES,
	};

	/** Desk has no command that sets or reads its callback URL: a person pastes it. n8n's lint asks for the three. */
	webhookMethods = {
		default: {
			async checkExists(): Promise<boolean> {
				return true;
			},
			async create(): Promise<boolean> {
				return true;
			},
			async delete(): Promise<boolean> {
				return true;
			},
		},
	};

	/** @throws NodeOperationError when the node cannot work as it is set up */
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this);
	}
}
