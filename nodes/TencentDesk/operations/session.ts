import { stateOf } from '../../shared/desk/session';
import { nameOf } from '../../shared/desk/values';
import { sessionId, USER_OR_SESSION } from '../fields/common';
import { defineOperation } from './operation';

/** "No such session, or it has ended." */
const ALREADY_ENDED = 141005;

/** end_session, https://www.tencentcloud.com/document/product/1229/68948: only sessions that a live agent has. */
export const endSession = defineOperation({
	resource: 'session',
	operation: 'end',
	name: 'End',
	action: 'End session',
	description: 'End the session of a user with a live agent',
	toolDescription:
		'Ends the session of a user with a live agent. Do it only when the user wants it. wasAlreadyEnded is true when there was nothing to end. If it is unclear whether it was ended, say so.',
	fields: { sessionId },
	work: {
		kind: 'change',
		command: () => 'end_session',
		body: (values) => ({ SessionId: values.sessionId }),
		result: (answer, values) => ({
			sessionId: values.sessionId,
			ended: true,
			wasAlreadyEnded: answer.ErrorCode === ALREADY_ENDED,
		}),
		says: ({ wasAlreadyEnded }) =>
			wasAlreadyEnded === true
				? 'There was no such session any more, so there was nothing to end.'
				: 'The session was ended.',
		what: 'the session was ended',
		key: (values) => ['session', values.sessionId],
		// A second time, Desk says that it has ended.
		whenUnclear: { may: 'repeat' },
		doneCodes: [ALREADY_ENDED],
	},
});

/** get_session_state, https://www.tencentcloud.com/document/product/1229/68825 */
export const getSession = defineOperation({
	resource: 'session',
	operation: 'get',
	name: 'Get',
	action: 'Get session',
	description: 'Look up the state of a session, and the agent who has it',
	toolDescription:
		'Looks up whether a user is in a session with customer service now. The state Agent means that a live agent has the user. WaitingForAgentAnswering and Queueing mean that the user waits for one. The other states are Chatbot and NotInSession.',
	fields: USER_OR_SESSION,
	work: {
		kind: 'read',
		command: () => 'get_session_state',
		body: (values) =>
			values.target === 'session'
				? { SessionId: values.sessionId }
				: { ClientUserId: values.userId, CustomerServiceId: values.customerServiceAccount },
		result: (answer, values) => ({
			sessionId: nameOf(answer.SessionId) ?? (values.sessionId || null),
			state: stateOf(answer.CurrentState),
			agent: nameOf(answer.AgentId),
			userId: values.userId || null,
			customerServiceAccount: values.customerServiceAccount || null,
		}),
		says: ({ state }) => WORDS[String(state)] ?? `The state of the session is ${String(state)}.`,
	},
});

const WORDS: Record<string, string> = {
	Agent: 'A live agent has the session of the user.',
	WaitingForAgentAnswering: 'A live agent was asked to take the session, and has not answered yet.',
	Queueing: 'The user waits in the queue for a live agent.',
	Chatbot: 'The user talks with the chatbot, not with a live agent.',
	NotInSession: 'The user is in no session now.',
	null: 'Desk did not report the state of the session.',
};

/** end_queuing, https://cloud.tencent.com/document/product/269/125900. Only here is the key spelled SessionID. */
export const leaveQueue = defineOperation({
	resource: 'session',
	operation: 'leaveQueue',
	name: 'Leave Queue',
	action: 'Take session out of queue',
	description: 'Take a user out of the queue for an agent',
	toolDescription:
		'Takes a user out of the queue for a live agent. Do it only when the user wants it. The user is out of the queue only if left is true. If the result is unclear, say so.',
	fields: { sessionId },
	work: {
		kind: 'change',
		command: () => 'end_queuing',
		body: (values) => ({ SessionID: values.sessionId }),
		result: (_answer, values) => ({ sessionId: values.sessionId, left: true }),
		says: () => 'The user no longer waits in the queue.',
		what: 'the user left the queue',
		key: (values) => ['session', values.sessionId],
		whenUnclear: {
			may: 'look',
			shows({ CurrentState }) {
				switch (stateOf(CurrentState)) {
					case 'Queueing':
						return 'notDone';
					case 'NotInSession':
					case 'Chatbot':
						return { done: {} };
					// An agent took the session out of the queue.
					default:
						return 'unknown';
				}
			},
		},
	},
});
