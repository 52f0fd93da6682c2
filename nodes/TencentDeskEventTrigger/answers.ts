import { sleep, type IDataObject, type IWebhookFunctions } from 'n8n-workflow';

import { isRecord } from '../shared/desk/reply';
import { EVENTS_OF_SESSIONS, type EventName } from './callbacks';

export type Response = ReturnType<IWebhookFunctions['getResponseObject']>;

/** For everything that Desk does not wait for. In Assign an Agent, no agent and no group: Desk's own strategy. */
export const OK = { ActionStatus: 'OK', ErrorCode: 0, ErrorInfo: '' };

/** ErrorCode 1 is our choice: Tencent's pages only say that 0 is a success. */
export function failed(ErrorInfo: string) {
	return { ActionStatus: 'FAIL', ErrorCode: 1, ErrorInfo };
}

/** What a builder chose for Bot Replies: who answers a user who writes to the bot. */
export type AiProvider = 'desk' | 'workflow';

/** https://cloud.tencent.com/document/product/269/110624: without AIProvider, Desk's own bot would be silent. */
const AI_PROVIDER: Record<AiProvider, number> = { workflow: 0, desk: 1 };

/** The answer to an event that no workflow answers: not one of those that it answers, or one that was not chosen. */
export function ownAnswer(event: EventName, aiProvider: AiProvider): IDataObject {
	if (event === 'taskFlowCall') return failed('No answer of the workflow.');
	if (EVENTS_OF_SESSIONS.includes(event)) return { ...OK, AIProvider: AI_PROVIDER[aiProvider] };
	return OK;
}

export const ANSWERED_BY_WORKFLOW: EventName[] = ['assignAgent', 'taskFlowCall'];

/** Desk waits 2 s (as Chat's webhooks do, https://trtc.io/document/34354), some of which the way takes. */
const PATIENCE_MS = 1500;

/**
 * Lets the workflow answer, and answers in its place when it cannot. By itself n8n sends a page with status 500 for a
 * workflow that fails, an empty page for one that ends without an answer, and a late answer when Desk has given up.
 * All of them leave through `json` of this object (`WebhookRequestHandler` of n8n), so there they are caught.
 * @param inItsPlace what Desk gets when the workflow has no answer
 * @param onLate called when the workflow has none in time
 * @returns what Desk got
 */
export async function answerOnce(
	response: Response,
	inItsPlace: IDataObject,
	onLate: () => void,
): Promise<IDataObject> {
	const send = response.json.bind(response);
	return await new Promise((resolve) => {
		let isAnswered = false;
		const answer = (answer: IDataObject) => {
			isAnswered = true;
			response.status(200);
			send(answer);
			resolve(answer);
		};
		response.json = (body: unknown) => {
			if (!isAnswered) answer(isAnswer(body) ? body : inItsPlace);
			return response;
		};
		void sleep(PATIENCE_MS).then(() => {
			if (isAnswered) return;
			onLate();
			answer(inItsPlace);
		});
	});
}

function isAnswer(body: unknown): body is IDataObject {
	return isRecord(body) && typeof body.ActionStatus === 'string';
}
