import { contactUser, CREDENTIAL_TYPE, tencentDesk } from '../test/n8n/deskNodes';
import type { NodeSketch } from '../test/n8n/workflow';
import type { Desk } from './desk';

/** What a contender sends for each item of a batch. */
export type Command = 'contact_user' | 'get_session_state' | 'send_msg';

/** A way to send one command for each user of a batch, to be compared with the others. */
export interface Contender {
	name: string;
	command: Command;
	node(desk: Desk): NodeSketch;
}

const credentialsOf = ({ name }: Desk) => ({ [CREDENTIAL_TYPE]: { id: null, name } });

const throughContactUser = (name: string, options: Record<string, unknown>): Contender => ({
	name,
	command: 'contact_user',
	node: (desk) => ({
		...contactUser({ credentials: credentialsOf(desk), parameters: { options } }),
		name: 'Measured',
		onError: 'continueRegularOutput',
	}),
});

const ACCOUNT = '@customer_service_account';
/** Bodies of the HTTP Request node, as its users write them. */
const BODY: Record<Command, string> = {
	contact_user: `={{ { IMAgentUserID: '${ACCOUNT}', IMAgentUserId: '${ACCOUNT}', ClientUserID: $json.userId, ClientUserId: $json.userId } }}`,
	get_session_state: `={{ { ClientUserId: $json.userId, CustomerServiceId: '${ACCOUNT}' } }}`,
	send_msg: `={{ { FromAccount: '${ACCOUNT}', ToAccount: $json.userId, MsgRandom: Math.floor(Math.random() * 2 ** 32), MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: $json.text } }] } }}`,
};

const throughHttpRequest = (
	name: string,
	command: Command,
	options: Record<string, unknown> = {},
): Contender => ({
	name,
	command,
	node: (desk) => ({
		name: 'Measured',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.3,
		credentials: credentialsOf(desk),
		parameters: {
			method: 'POST',
			url: `${desk.credential.baseUrl}/v4/desk_http_svc/${command}`,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: CREDENTIAL_TYPE,
			sendBody: true,
			specifyBody: 'json',
			jsonBody: BODY[command],
			options,
		},
	}),
});

export const WITHOUT_PACE = throughContactUser('Contact User, no pace', { requestsPerSecond: 0 });
export const AT_DEFAULTS = throughContactUser('Contact User, defaults', {});
export const HTTP_REQUEST = throughHttpRequest('HTTP Request, defaults', 'contact_user');
export const HTTP_REQUEST_BATCHED = throughHttpRequest(
	'HTTP Request, Batching 200/1000 ms',
	'contact_user',
	{ batching: { batch: { batchSize: 200, batchInterval: 1000 } } },
);
export const BARE_LOOP: Contender = {
	name: "bare loop over n8n's HTTP helper, 50 at once",
	command: 'contact_user',
	node: (desk) => ({
		name: 'Measured',
		type: 'n8n-nodes-bench-probes.bareLoop',
		typeVersion: 1,
		credentials: credentialsOf(desk),
		parameters: { concurrency: 50 },
	}),
};

const ID_OF_ACCOUNT = { __rl: true, mode: 'id', value: ACCOUNT };

const throughTencentDesk = (
	name: string,
	command: Command,
	[resource, operation]: [string, string],
	fields: Record<string, unknown> = {},
): Contender => ({
	name,
	command,
	node: (desk) => ({
		...tencentDesk(
			resource,
			operation,
			{ userId: '={{ $json.userId }}', customerServiceAccount: ID_OF_ACCOUNT, ...fields },
			{ credentials: credentialsOf(desk) },
		),
		name: 'Measured',
		onError: 'continueRegularOutput',
	}),
});

/** Each operation of Tencent Desk with what it is compared with. */
export const OPERATIONS: Array<{ operation: Contender; httpRequest: Contender }> = [
	{
		operation: throughTencentDesk('Message: Send', 'send_msg', ['message', 'send'], {
			text: '={{ $json.text }}',
		}),
		httpRequest: throughHttpRequest('HTTP Request to send_msg', 'send_msg'),
	},
	{
		operation: throughTencentDesk('Session: Get', 'get_session_state', ['session', 'get']),
		httpRequest: throughHttpRequest('HTTP Request to get_session_state', 'get_session_state'),
	},
];
