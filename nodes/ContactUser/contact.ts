import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Problem } from '../../credentials/deskAccount';
import type { Change, Look, Question } from '../shared/delivery/command';
import {
	ALREADY_WITH_AGENT,
	CHECK_PARAMETERS,
	describeCode,
	isWebhookCode,
	type CodeMeaning,
} from '../shared/desk/codes';
import { readSessionState, type SessionState } from '../shared/desk/session';
import { nameOrNull, type Answer } from '../shared/desk/values';
import {
	ADVICE,
	echoOf,
	readAgent,
	readAgentGroup,
	readFrom,
	readRequired,
	readUserId,
	type Reading,
} from '../shared/n8n/text';
import { outputModeOf } from '../shared/n8n/runItems';
import { parameterOfEachItem, type ParameterReading } from '../shared/n8n/parameters';
import type { FieldNames } from './options';

/** A contact that may be sent. */
export interface ContactRequest {
	userId: string;
	customerServiceAccount: string;
	/** null: Desk chooses by its own assignment strategy. */
	agentGroup: number | null;
	/** null: Desk chooses by its own assignment strategy. */
	agent: string | null;
}

export type ContactParameters = Record<keyof ContactRequest, ParameterReading>;

/** `request` as far as it could be read, so that the report tells which user was meant; and what cannot be right. */
interface ContactRequestReading {
	request: ContactRequest;
	problem?: Problem;
}

const LABELS: Record<keyof ContactRequest, string> = {
	userId: 'User ID',
	customerServiceAccount: 'Customer Service Account',
	agentGroup: 'Agent Group',
	agent: 'Agent',
};

/** Turns the parameters of an item into a request, or says which parameter cannot be right. Sends nothing. */
export function readContactRequest(parameters: ContactParameters): ContactRequestReading {
	const userId = readFrom(parameters.userId, readUserId);
	const account = readFrom(parameters.customerServiceAccount, (value) => readRequired(value));
	const agentGroup = readFrom(parameters.agentGroup, readAgentGroup);
	const agent = readFrom(parameters.agent, readAgent);

	return {
		request: {
			userId: 'value' in userId ? userId.value : echoOfReading(parameters.userId),
			customerServiceAccount:
				'value' in account ? account.value : echoOfReading(parameters.customerServiceAccount),
			agentGroup: 'value' in agentGroup ? agentGroup.value : null,
			agent: ('value' in agent ? agent.value : echoOfReading(parameters.agent)) || null,
		},
		problem: firstProblem({ userId, customerServiceAccount: account, agentGroup, agent }),
	};
}

function firstProblem(
	readings: Record<keyof ContactRequest, Reading<unknown>>,
): Problem | undefined {
	for (const name of Object.keys(readings) as Array<keyof ContactRequest>) {
		const reading = readings[name];
		if (!('fault' in reading)) continue;
		return {
			message: `${LABELS[name]} ${reading.fault}, so nothing was sent.`,
			advice: reading.advice ?? ADVICE[name],
		};
	}
	return undefined;
}

function echoOfReading(parameter: ParameterReading): string {
	return 'value' in parameter ? echoOf(parameter.value) : '';
}

/** What models give where they mean no group in particular. */
const NO_GROUP = /^\s*(0+|null|none|undefined|nil|any|n\/a)\s*$/i;

/** Gives the parameters of an item. */
export function parameterReader(
	context: IExecuteFunctions,
): (itemIndex: number) => ContactParameters {
	const userId = parameterOfEachItem(context, 'userId');
	const customerServiceAccount = parameterOfEachItem(context, 'customerServiceAccount');
	const agentGroup = parameterOfEachItem(context, 'agentGroup');
	const agent = parameterOfEachItem(context, 'agent');
	const isTool = outputModeOf(context) === 'tool';
	return (itemIndex) => ({
		userId: userId(itemIndex),
		customerServiceAccount: customerServiceAccount(itemIndex),
		agentGroup: isTool ? groupOfModel(agentGroup(itemIndex)) : agentGroup(itemIndex),
		agent: agent(itemIndex),
	});
}

/** Tencent has no group 0, and to refuse it would cost the user the agent over a word. */
function groupOfModel(reading: ParameterReading): ParameterReading {
	const value = 'value' in reading ? reading.value : undefined;
	const isWord = typeof value === 'string' || typeof value === 'number';
	return isWord && NO_GROUP.test(String(value)) ? { value: null } : reading;
}

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
