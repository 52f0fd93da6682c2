import type { IDataObject } from 'n8n-workflow';

import {
	type Answer,
	recordsOf,
	numberOf,
	nameOf,
	isoOf,
	groupOf,
	flagOf,
	isRecord,
} from '../shared/desk/values';

/** The values of the parameter Events, which are stored in workflows and never change. */
export type EventName =
	| 'agentStatusChanged'
	| 'assignAgent'
	| 'botAnswered'
	| 'otherSessionEvent'
	| 'sessionBegan'
	| 'taskFlowCall'
	| 'taskFlowEvent'
	| 'userWroteToBot';

/** One call of Desk, read. */
export interface Callback {
	event: EventName;
	/** What leaves the node, in our field names; null where Desk said nothing. */
	json: IDataObject;
	/** The same when Desk sends the event again; undefined when the body does not tell. */
	identity?: string;
}

/**
 * Session events whose names Tencent published. Its page speaks of more, but not of their names.
 * https://cloud.tencent.com/document/product/269/111212
 */
const SESSION_EVENTS = new Map<unknown, EventName>([
	['SessionBegin', 'sessionBegan'],
	['ChatBot.UserSendMsg', 'userWroteToBot'],
	['ChatBot.RobotSendMsg', 'botAnswered'],
]);
export const EVENTS_OF_SESSIONS: EventName[] = [...SESSION_EVENTS.values(), 'otherSessionEvent'];

/** Two spellings stand on one page of Tencent's (269/133254), the words of Agent: Get Status here. */
const AGENT_STATUS: Record<string, string> = { ready: 'free', free: 'free' };

/** How a call is read, by its CallbackCommand. */
const READERS = new Map<unknown, (body: Answer) => Callback>([
	['Desk.SessionEventNotify', readSessionEvent],
	['Member.EventNotify', readAgentStatus],
	['Chatbot.TaskFlowEventNotify', readTaskFlowEvent],
	['ChatBot.OnAssignHuman', readAssignment],
	// The name on an older page: https://www.tencentcloud.com/document/product/1047/63270
	['ChatBot.OnAssignAgent', readAssignment],
	['Chatbot.InterfaceInvocation', readTaskFlowCall],
]);

/** Reads the body of a call; undefined when it is none of the calls that this node knows. */
export function readCallback(body: Answer): Callback | undefined {
	return READERS.get(body.CallbackCommand)?.(body);
}

/** Desk.SessionEventNotify, 269/111212. Which fields which event has is not published. */
function readSessionEvent(body: Answer): Callback {
	const event = SESSION_EVENTS.get(body.Event) ?? 'otherSessionEvent';
	return {
		event,
		json: {
			...headOf(event, body),
			...sessionOf(body),
			channel: nameOf(body.ChannelType),
			agent: nameOf(body.AgentId),
			previousAgent: nameOf(body.ForwardFromAgentId),
			contactedByAgent: flagOf(body.IsContactUser),
			text: textOfMessage(body.MsgBody),
			messageKey: nameOf(body.MsgKey),
			// 1 to 5; no star was given means that nobody rated.
			rating: numberOf(body.SatisfactionSelected) || null,
			raw: body as IDataObject,
		},
	};
}

/** Member.EventNotify, https://cloud.tencent.com/document/product/269/133254 */
function readAgentStatus(body: Answer): Callback {
	const event = 'agentStatusChanged';
	const status = nameOf(body.Status);
	return {
		event,
		json: {
			...headOf(event, body),
			agent: nameOf(body.MemberId),
			status: AGENT_STATUS[status ?? ''] ?? status,
			restReason: nameOf(body.RestReason),
			clients: recordsOf(body.ClientInfo).map(({ ClientType, IsConnected }) => ({
				type: nameOf(ClientType),
				isConnected: flagOf(IsConnected),
			})),
			raw: body as IDataObject,
		},
	};
}

/** Chatbot.TaskFlowEventNotify, https://cloud.tencent.com/document/product/269/137528 */
function readTaskFlowEvent(body: Answer): Callback {
	const event = 'taskFlowEvent';
	const executionId = nameOf(body.ExecutionId);
	const sequence = numberOf(body.Seq);
	return {
		event,
		json: {
			...headOf(event, body),
			executionId,
			sequence,
			taskId: groupOf(body.TaskId),
			taskName: nameOf(body.TaskName),
			environment: nameOf(body.Env),
			nodeId: nameOf(body.NodeId),
			nodeName: nameOf(body.NodeName),
			nextNodeId: nameOf(body.NextNodeId),
			...sessionOf(body),
			channel: nameOf(body.ChannelType),
			robot: nameOf(body.RobotId),
			raw: body as IDataObject,
		},
		...(executionId !== null && sequence !== null && { identity: `${executionId} ${sequence}` }),
	};
}

/** ChatBot.OnAssignHuman, https://cloud.tencent.com/document/product/679/116643 */
function readAssignment(body: Answer): Callback {
	const event = 'assignAgent';
	return {
		event,
		json: { ...headOf(event, body), ...sessionOf(body), raw: body as IDataObject },
	};
}

/** Chatbot.InterfaceInvocation, https://cloud.tencent.com/document/product/269/113786 */
function readTaskFlowCall(body: Answer): Callback {
	const event = 'taskFlowCall';
	const values = isRecord(body.Body) ? body.Body : {};
	return {
		event,
		json: {
			...headOf(event, body),
			sessionId: nameOf(values.SystemSessionID),
			userId: nameOf(values.SystemClientUserID),
			values: values as IDataObject,
			raw: body as IDataObject,
		},
	};
}

function headOf(event: EventName, { Event, EventTime }: Answer) {
	return { event, deskEvent: nameOf(Event), time: isoOf(numberOf(EventTime)) };
}

function sessionOf({ SessionId, ClientUserId, CustomerServiceId }: Answer) {
	return {
		sessionId: nameOf(SessionId),
		userId: nameOf(ClientUserId),
		customerServiceAccount: nameOf(CustomerServiceId),
	};
}

/** The text elements of a message, one below the other, as they were written; null when it has none. */
function textOfMessage(elements: unknown): string | null {
	const texts = recordsOf(elements)
		.map(({ MsgContent }) => (isRecord(MsgContent) ? MsgContent.Text : undefined))
		.filter((text) => typeof text === 'string');
	return texts.length === 0 ? null : texts.join('\n');
}

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
