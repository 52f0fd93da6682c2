import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
} from 'n8n-workflow';

import { withDeadline } from './deadline';
import { readResponse, type DeskReply, type HttpResponse } from './reply';
import { NO_ANSWER_IN_TIME, readTransportFailure } from './transportFailure';

export const CREDENTIAL_TYPE = 'tencentDeskApi';

/** n8n's own timeout comes first where it works; its error says more. */
const DEADLINE_GRACE_MS = 500;

/** A command of the Desk API, as it stands in the URL. */
export type DeskCommand =
	| 'contact_user'
	| 'get_session_state'
	| 'get_im_agent_list'
	| 'get_member_group_list'
	| 'get_member_list';

export interface DeskCall {
	command: DeskCommand;
	body: IDataObject;
	/** The credential as n8n decrypted it; passed on so that n8n does not read it again for every request. */
	credential: ICredentialDataDecryptedObject;
	/** Scheme, host and port that the credential may sign for. */
	origin: string;
	/** Milliseconds, until the answer is complete. */
	timeoutMs: number;
}

/**
 * Sends one signed command and reads what came back. Sends once only, and never rejects: a failure is a reply too.
 * Source of the options: request helpers of n8n-core (`httpRequestWithAuthentication`).
 */
export async function callDesk(
	context: IExecuteFunctions | ILoadOptionsFunctions,
	call: DeskCall,
): Promise<DeskReply> {
	return await withDeadline(
		send(context, call),
		call.timeoutMs + DEADLINE_GRACE_MS,
		NO_ANSWER_IN_TIME,
	);
}

async function send(
	context: IExecuteFunctions | ILoadOptionsFunctions,
	call: DeskCall,
): Promise<DeskReply> {
	const options: IHttpRequestOptions = {
		method: 'POST',
		url: `${call.origin}/v4/desk_http_svc/${call.command}`,
		headers: { 'Content-Type': 'application/json' },
		// As text: n8n drops an empty object, and Desk refuses a request without a body.
		body: JSON.stringify(call.body),
		json: true,
		// The answer as text: duplicate keys and broken JSON are ours to judge.
		encoding: 'text',
		timeout: call.timeoutMs,
		// A redirected POST becomes a GET whose 200 looks like success.
		disableFollowRedirect: true,
		returnFullResponse: true,
		// On a 401, n8n would otherwise sign and send the request a second time.
		ignoreHttpStatusErrors: true,
	};
	// Of these, n8n reads the data alone; asking n8n for the other two would copy the whole node for every request.
	const credentialsDecrypted = { id: '', name: '', type: CREDENTIAL_TYPE, data: call.credential };
	try {
		const response = (await context.helpers.httpRequestWithAuthentication.call(
			context,
			CREDENTIAL_TYPE,
			options,
			{ credentialsDecrypted },
		)) as HttpResponse;
		return readResponse(response, Date.now());
	} catch (error) {
		return readTransportFailure(error);
	}
}
