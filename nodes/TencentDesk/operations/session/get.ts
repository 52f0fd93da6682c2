import { codesOf } from '../../asking/codes';
import { when } from '../../fields/field';
import { customerServiceAccount, sessionId, target, userId } from '../../fields/who';
import { nameOf, stateOf } from '../answer';
import { defineOperation } from '../operation';

/** get_session_state, https://www.tencentcloud.com/document/product/1229/68825 */
export const getSession = defineOperation({
	resource: 'session',
	operation: 'get',
	name: 'Get',
	action: 'Get session',
	description: 'Look up the state of a session, and the agent who has it',
	toolDescription:
		'Looks up whether a user is in a session with customer service now. state is Agent (with a live agent), WaitingForAgentAnswering or Queueing (waiting for one), Chatbot, or NotInSession. Only Agent means that a live agent has the user.',
	fields: {
		target,
		customerServiceAccount: when('target', 'user', customerServiceAccount),
		userId: when('target', 'user', userId),
		sessionId: when('target', 'session', sessionId),
	},
	codes: codesOf({}),
	work: {
		kind: 'read',
		command: () => 'get_session_state',
		body: (values) =>
			values.target === 'session'
				? { SessionId: values.sessionId }
				: { ClientUserId: values.userId, CustomerServiceId: values.customerServiceAccount },
		result: (answer, { target: by, ...values }) => ({
			sessionId: nameOf(answer.SessionId) ?? (by === 'session' ? values.sessionId : null),
			state: stateOf(answer.CurrentState),
			agent: nameOf(answer.AgentId),
			userId: by === 'user' ? values.userId : null,
			customerServiceAccount: by === 'user' ? values.customerServiceAccount : null,
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
	null: 'Desk did not tell the state of the session.',
};
