import { contactUser, CREDENTIAL_TYPE } from '../test/n8n/deskNodes';
import type { NodeSketch } from '../test/n8n/workflow';
import type { Desk } from './desk';

/** A way to contact the users of a batch, to be compared with the others. */
export interface Contender {
	name: string;
	node(desk: Desk): NodeSketch;
}

const credentialsOf = ({ name }: Desk) => ({ [CREDENTIAL_TYPE]: { id: null, name } });

const throughContactUser = (name: string, options: Record<string, unknown>): Contender => ({
	name,
	node: (desk) => ({
		...contactUser({ credentials: credentialsOf(desk), parameters: { options } }),
		name: 'Measured',
		onError: 'continueRegularOutput',
	}),
});

const BODY =
	"={{ { IMAgentUserID: '@customer_service_account', IMAgentUserId: '@customer_service_account', ClientUserID: $json.userId, ClientUserId: $json.userId } }}";

const throughHttpRequest = (name: string, options: Record<string, unknown>): Contender => ({
	name,
	node: (desk) => ({
		name: 'Measured',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.3,
		credentials: credentialsOf(desk),
		parameters: {
			method: 'POST',
			url: `${desk.credential.baseUrl}/v4/desk_http_svc/contact_user`,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: CREDENTIAL_TYPE,
			sendBody: true,
			specifyBody: 'json',
			jsonBody: BODY,
			options,
		},
	}),
});

export const WITHOUT_PACE = throughContactUser('Contact User, no pace', { requestsPerSecond: 0 });
export const AT_DEFAULTS = throughContactUser('Contact User, defaults', {});
export const HTTP_REQUEST = throughHttpRequest('HTTP Request, defaults', {});
export const HTTP_REQUEST_BATCHED = throughHttpRequest('HTTP Request, Batching 200/1000 ms', {
	batching: { batch: { batchSize: 200, batchInterval: 1000 } },
});
export const BARE_LOOP: Contender = {
	name: "bare loop over n8n's HTTP helper, 50 at once",
	node: (desk) => ({
		name: 'Measured',
		type: 'n8n-nodes-bench-probes.bareLoop',
		typeVersion: 1,
		credentials: credentialsOf(desk),
		parameters: { concurrency: 50 },
	}),
};
