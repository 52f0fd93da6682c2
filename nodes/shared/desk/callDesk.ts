import {
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IExecuteFunctions,
	type ILoadOptionsFunctions,
	type IPollFunctions,
	sleep,
} from 'n8n-workflow';
import type { DeskAccount } from '../../../credentials/deskAccount';
import type { OwnRequestOptions } from '../../../credentials/signRequest';
import { type DeskReply, type HttpResponse, readResponse } from './reply';
import { NO_ANSWER_IN_TIME, readTransportFailure } from './transportFailure';

/** Tencent itself gives up after 3 s: https://cloud.tencent.com/document/product/269/1519 */
export const DEFAULT_TIMEOUT_MS = 10_000;

/**
 * Tencent works on a request for up to 3 s (as above): earlier, what it shows may not be true yet. Counted from the end of
 * the try, since until then the request may be on its way.
 */
export const DESK_IS_DONE_AFTER_MS = 3500;

export const CREDENTIAL_TYPE = 'tencentDeskApi';

/** n8n's own timeout comes first where it works; its error says more. */
const DEADLINE_GRACE_MS = 500;

/** What proxies usually answer when they do not let a connection through. */
const OF_PROXIES = [403, 407, 500, 502, 503, 504];

/** Where n8n runs a node's code that sends requests. */
export type DeskContext = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

/** A command of the Desk API, as it stands in the URL. */
export type DeskCommand =
	| 'contact_user'
	| 'describe_chat_messages'
	| 'describe_im_cdr_list'
	| 'describe_member_status_trace'
	| 'describe_reception_realtime_statistics'
	| 'end_queuing'
	| 'end_session'
	| 'get_im_agent_list'
	| 'get_member_group_list'
	| 'get_member_list'
	| 'get_member_list_in_group'
	| 'get_session_mark'
	| 'get_session_state'
	| 'mark_session'
	| 'send_msg'
	| 'set_member_status'
	| 'transfer_session'
	| 'transfer_to_human';

/** A credential, and the account read from it. */
export interface DeskCredential {
	account: DeskAccount;
	/** As n8n decrypted it; passed on so that n8n does not read it again for every request. */
	data: ICredentialDataDecryptedObject;
}

export interface DeskCall {
	command: DeskCommand;
	body: IDataObject;
	credential: DeskCredential;
	/** Milliseconds, until the answer is complete. */
	timeoutMs: number;
}

/**
 * Sends one signed command and reads what came back. Sends once only, and never rejects: a failure is a reply too. What
 * it gives up is aborted, so that nothing arrives after it was judged.
 * Source of the options: request helpers of n8n-core (`httpRequestWithAuthentication`).
 */
export async function callDesk(context: DeskContext, call: DeskCall): Promise<DeskReply> {
	const cancelled =
		'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	return await withDeadline(
		async (giveUpSignal) => await send(context, call, giveUpSignal),
		call.timeoutMs + DEADLINE_GRACE_MS,
		NO_ANSWER_IN_TIME,
		cancelled,
	);
}

async function send(
	context: DeskContext,
	call: DeskCall,
	giveUpSignal: AbortSignal,
): Promise<DeskReply> {
	const { account, data } = call.credential;
	const options: OwnRequestOptions = {
		giveUpSignal,
		method: 'POST',
		url: `${account.origin}/v4/desk_http_svc/${call.command}`,
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
		// On a 401, n8n would otherwise sign and send the request a second time. Of these, n8n may make an error: it tells
		// whether a proxy answered.
		ignoreHttpStatusErrors: { ignore: true, except: OF_PROXIES },
	};
	// Of these, n8n reads the data alone; asking n8n for the other two would copy the whole node for every request.
	const credentialsDecrypted = { id: '', name: '', type: CREDENTIAL_TYPE, data };
	try {
		const response = (await context.helpers.httpRequestWithAuthentication.call(
			context as IExecuteFunctions,
			CREDENTIAL_TYPE,
			options,
			{ credentialsDecrypted },
		)) as HttpResponse;
		return readResponse(response, Date.now());
	} catch (error) {
		return readTransportFailure(error, account.origin);
	}
}

interface Waiting {
	dueAt: number;
	/** Looked at, not listened to: an execution has one signal for thousands of requests, and Node warns of 11 listeners. */
	cancelled: AbortSignal | undefined;
	/** Ends the work; the first time by asking it to, the second time without its consent. */
	giveUp: () => void;
}

const LOOK_EVERY_MS = 250;
const waiting = new Set<Waiting>();
let isLooking = false;

/**
 * What `work` gives. After `ms` milliseconds, or when `cancelled` is (both looked at every 250 ms), the signal that it was
 * given is aborted; if it has not ended by the next look, the answer is `late`.
 * n8n's own timeout ends with the headers or a silent connection, and up to axios 1.15.1 does not begin before a
 * connection stands. Not with AbortSignal.timeout within AbortSignal.any: in Node 20 it is collected before it fires.
 */
export async function withDeadline<T>(
	work: (signal: AbortSignal) => Promise<T>,
	ms: number,
	late: T,
	cancelled?: AbortSignal,
): Promise<T> {
	const controller = new AbortController();
	if (cancelled?.aborted) controller.abort();
	let entry: Waiting | undefined;
	const deadline = new Promise<T>((resolve) => {
		const giveUp = () => (controller.signal.aborted ? resolve(late) : controller.abort());
		entry = { dueAt: performance.now() + ms, cancelled, giveUp };
		waiting.add(entry);
	});
	void look();
	try {
		return await Promise.race([work(controller.signal), deadline]);
	} finally {
		if (entry !== undefined) waiting.delete(entry);
	}
}

/** One timer for all that wait: a timer of its own would outlive each of thousands of requests. */
async function look(): Promise<void> {
	if (isLooking) return;
	isLooking = true;
	while (waiting.size > 0) {
		await sleep(LOOK_EVERY_MS);
		const now = performance.now();
		for (const { dueAt, cancelled, giveUp } of waiting) {
			if (dueAt <= now || cancelled?.aborted) giveUp();
		}
	}
	isLooking = false;
}
