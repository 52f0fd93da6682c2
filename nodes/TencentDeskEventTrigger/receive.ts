import {
	sleep,
	type IDataObject,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { CREDENTIAL_TYPE } from '../shared/desk/callDesk';
import { isRecord } from '../shared/desk/values';
import { notSetUp, readCredential } from '../shared/n8n/credential';
import {
	ANSWERED_BY_WORKFLOW,
	failed,
	OK,
	ownAnswer,
	readCallback,
	type AiProvider,
	type EventName,
} from './callbacks';
import { callerFault, createRecent, callKey, storedWith } from './calls';

type Response = ReturnType<IWebhookFunctions['getResponseObject']>;

/** The largest message of Chat has 12 kB. */
const MOST_BYTES = 1_000_000;

/** By key of the call: what Desk got. Of all workflows of this process, since a repeat may come before the first is stored. */
const RECENT = createRecent<Promise<IDataObject>>(10_000);

/**
 * Takes one call of Desk: refuses it, answers it, or starts an execution with it.
 * @throws NodeOperationError when the node cannot work as it is set up; n8n then shows an execution that failed
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const response = context.getResponseObject();
	const expected = { sdkAppId: await sdkAppIdOf(context), token: tokenOf(context) };
	const fault = callerFault(context.getQueryData() as IDataObject, expected, Date.now());
	if (fault !== undefined) {
		context.logger.info(`${context.getNode().name} refused a call with ${fault}`);
		return answered(response, failed(`Refused: ${fault}.`), 403);
	}
	if (bytesOf(context) > MOST_BYTES) return answered(response, failed('Too large.'), 413);
	const body: unknown = context.getBodyData();
	if (!isRecord(body)) return answered(response, failed('No JSON object.'), 400);

	const callback = readCallback(body);
	// Such as a callback that Desk learns to send after this was written: whatever it asks, Desk goes on by itself.
	if (callback === undefined) return answered(response, OK);
	const { event, json } = callback;
	const own = ownAnswer(event, context.getNodeParameter('aiProvider', 'desk') as AiProvider);
	const events = context.getNodeParameter('events', []) as EventName[];
	if (!events.includes(event)) return answered(response, own);

	const key = keyOfCall(context, callback.identity);
	const earlier = key === undefined ? undefined : RECENT.get(key);
	if (earlier !== undefined) return answered(response, await earlier);

	const workflowData = [[{ json }]];
	if (ANSWERED_BY_WORKFLOW.includes(event)) {
		const answer = answerOnce(response, own, () => {
			const { name } = context.getNode();
			context.logger.warn(`${name} answered Desk itself: the workflow had no answer in time`);
		});
		if (key !== undefined) RECENT.put(key, answer);
		return { workflowData };
	}
	if (key !== undefined) {
		RECENT.put(key, Promise.resolve(own));
		// Workflows that answer are left out: n8n would store this before it sends their answer.
		const staticData = context.getWorkflowStaticData('node');
		const seen = storedWith(staticData.seen, key);
		if (seen === undefined) return answered(response, own);
		staticData.seen = seen;
	}
	return { ...answered(response, own), workflowData };
}

function answered(response: Response, answer: IDataObject, status = 200): IWebhookResponseData {
	response.status(status).json(answer);
	return { noWebhookResponse: true };
}

/** Undefined when a repeat cannot be told, and for the test URL, where a builder may send the same call again and again. */
function keyOfCall(context: IWebhookFunctions, identity?: string): string | undefined {
	const { RequestID: requestId } = context.getQueryData() as IDataObject;
	const name = identity ?? requestId;
	if (typeof name !== 'string' || name === '' || context.getMode() === 'manual') return undefined;
	return callKey(String(context.getWorkflow().id), context.getNode().id, name);
}

function bytesOf(context: IWebhookFunctions): number {
	// n8n keeps what it has read beside what it made of it.
	const { rawBody } = context.getRequestObject() as { rawBody?: Buffer };
	return rawBody?.length ?? 0;
}

/** Credentials that calls were compared with, by the id of the credential. */
const APPLICATIONS = createRecent<{ sdkAppId: Promise<number>; readAtMs: number }>(1000);
const READ_AGAIN_AFTER_MS = 10_000;

/**
 * SDKAppID of the credential; a change counts after 10 s. n8n opens a JavaScript engine of its own for each reading of
 * a credential outside an execution (2.41), some 50 ms of processor time or more.
 */
async function sdkAppIdOf(context: IWebhookFunctions): Promise<number> {
	const { id } = context.getNode().credentials?.[CREDENTIAL_TYPE] ?? {};
	const known = APPLICATIONS.get(String(id));
	const now = performance.now();
	if (known && now - known.readAtMs < READ_AGAIN_AFTER_MS) return await known.sdkAppId;
	const sdkAppId = readSdkAppId(context);
	APPLICATIONS.put(String(id), { sdkAppId, readAtMs: now });
	// What could not be read is read again with the next call.
	sdkAppId.catch(() => APPLICATIONS.drop(String(id)));
	return await sdkAppId;
}

async function readSdkAppId(context: IWebhookFunctions): Promise<number> {
	const reading = await readCredential(context);
	if ('problem' in reading) throw notSetUp(context, reading.problem);
	return reading.credential.account.sdkAppId;
}

/** '' when calls are not to be signed. An expression that gives nothing must not mean that. */
function tokenOf(context: IWebhookFunctions): string {
	const options: unknown = context.getNode().parameters.options;
	const isSet = isRecord(options) && (options.callbackToken ?? '') !== '';
	const value = context.getNodeParameter('options.callbackToken', '');
	const token = typeof value === 'string' ? value.trim() : '';
	if (!isSet || token !== '') return token;
	throw notSetUp(context, {
		message: 'The Callback Token is empty.',
		advice: 'Check its expression, or remove the option if your Desk does not sign its calls.',
	});
}

/** Desk waits 2 s (as Chat's webhooks do, https://trtc.io/document/34354), some of which the way takes. */
const PATIENCE_MS = 1500;

/**
 * Lets the workflow answer, and answers in its place when it cannot. By itself n8n sends a page with status 500 for a
 * workflow that fails, an empty page for one that ends without an answer, and a late answer when Desk has given up.
 * All of them leave through `json` of this object (`WebhookRequestHandler` of n8n), so there they are caught. A text or a
 * file that Respond to Webhook sends does not: Desk gets it as it is.
 * @param inItsPlace what Desk gets when the workflow has no answer
 * @param onLate called when the workflow has none in time
 * @returns what Desk got, and gets for a repeat
 */
async function answerOnce(
	response: Response,
	inItsPlace: IDataObject,
	onLate: () => void,
): Promise<IDataObject> {
	const send = response.json.bind(response);
	return await new Promise((resolve) => {
		const answer = (answer: IDataObject) => {
			response.status(200);
			send(answer);
			resolve(answer);
		};
		response.json = (body: unknown) => {
			if (!response.headersSent) answer(isAnswer(body) ? body : inItsPlace);
			return response;
		};
		void sleep(PATIENCE_MS).then(() => {
			if (response.headersSent) return resolve(inItsPlace);
			onLate();
			answer(inItsPlace);
		});
	});
}

function isAnswer(body: unknown): body is IDataObject {
	return isRecord(body) && typeof body.ActionStatus === 'string';
}
