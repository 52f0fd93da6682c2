import type { IDataObject } from 'n8n-workflow';

import {
	ALREADY_WITH_AGENT,
	CHECK_PARAMETERS,
	describeCode,
	isWebhookCode,
	type CodeMeaning,
} from '../shared/desk/codes';
import { readSessionState, type SessionState } from '../shared/desk/session';
import { nameOrNull, type Answer } from '../shared/desk/values';
import type { Change, Look, Question } from '../shared/delivery/command';
import type { ContactRequest } from './contactRequest';
import type { FieldNames } from './runOptions';

const CHECK_CONTACT =
	'Check User ID, Customer Service Account, Agent Group and Agent of this item.';

/** What a non-zero ErrorCode of contact_user means. */
export function describeContactCode(code: number): CodeMeaning {
	// Stated for message webhooks, taken to hold for Desk's before-contact webhook.
	if (isWebhookCode(code)) {
		return {
			class: 'userUnavailable',
			message: 'The before-contact webhook of your application refused the contact.',
			advice: 'Look up the code in your own webhook.',
			retryLater: false,
		};
	}
	const meaning = describeCode(code);
	return meaning.advice === CHECK_PARAMETERS ? { ...meaning, advice: CHECK_CONTACT } : meaning;
}

/** contact_user: https://www.tencentcloud.com/document/product/1229/68947 */
export function contactCommand(request: ContactRequest, fieldNames: FieldNames): Change {
	const { userId, customerServiceAccount, agent } = request;
	return {
		command: 'contact_user',
		body: contactBody(request, fieldNames),
		codes: describeContactCode,
		key: ['user', userId],
		// Group and agent are how, so another one does not make it another contact.
		identity: ['contact', userId, customerServiceAccount],
		isOnce: true,
		what: 'the user was contacted',
		whenUnclear: { may: 'look', look: { ...lookAt(request), asked: { agent } } },
		// After a try that may have contacted the user, it is that contact.
		doneCodesAfterTry: [ALREADY_WITH_AGENT],
	};
}

/** get_session_state of the user of a contact. */
export function sessionQuestion(request: ContactRequest): Question {
	return { ...sessionOf(request), codes: describeCode };
}

function contactBody(request: ContactRequest, fieldNames: FieldNames): IDataObject {
	const { userId, customerServiceAccount, agentGroup, agent } = request;
	return {
		...(fieldNames === 'table'
			? {}
			: { IMAgentUserID: customerServiceAccount, ClientUserID: userId }),
		...(fieldNames === 'sample'
			? {}
			: { IMAgentUserId: customerServiceAccount, ClientUserId: userId }),
		...(agentGroup === null ? {} : { GroupId: agentGroup }),
		...(agent === null ? {} : { MemberId: agent }),
	};
}

/** https://www.tencentcloud.com/document/product/1229/68825 */
function sessionOf({
	userId,
	customerServiceAccount,
}: ContactRequest): Pick<Look, 'command' | 'body'> {
	return {
		command: 'get_session_state',
		body: { ClientUserId: userId, CustomerServiceId: customerServiceAccount },
	};
}

function lookAt(request: ContactRequest): Omit<Look, 'asked'> {
	return {
		...sessionOf(request),
		shows: (answer, { agent }) => {
			const seen = shownBy(answer);
			if (seen !== 'contacted') return seen;
			// With another agent, the session may be older than the try, or have been handed on since.
			return isAnotherAgent(answer.AgentId, agent) ? 'unknown' : { done: answer };
		},
		notDone:
			'Desk gave no clear answer, and the session of the user shows that no agent contacted the user.',
	};
}

/** What a state of get_session_state says about a contact without a clear answer. */
const SHOWS: Record<SessionState, 'contacted' | 'notDone'> = {
	Agent: 'contacted',
	WaitingForAgentAnswering: 'contacted',
	Queueing: 'contacted',
	NotInSession: 'notDone',
	Chatbot: 'notDone',
};

function shownBy({ CurrentState }: Answer): 'contacted' | 'notDone' | 'unknown' {
	const state = readSessionState(nameOrNull(CurrentState) ?? '');
	return state === undefined ? 'unknown' : SHOWS[state];
}

function isAnotherAgent(found: unknown, wanted: unknown): boolean {
	const name = nameOrNull(found);
	return name !== null && typeof wanted === 'string' && name.toLowerCase() !== wanted.toLowerCase();
}
