import { isWithAgent, stateOf } from '../../shared/desk/session';
import { isRecord } from '../../shared/desk/reply';
import { flagOf, nameOf, type Answer } from '../../shared/desk/values';
import { describeCode } from '../../shared/desk/codes';
import { sessionId, customerServiceAccount, target, userId } from '../fields/sessions';
import { when } from '../fields/field';
import { agentGroup, agents, tellUser } from '../fields/agents';
import { TRANSFER_OPTIONS } from '../fields/transferOptions';
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
	codes: describeCode,
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
	fields: {
		target,
		customerServiceAccount: when('target', 'user', customerServiceAccount),
		userId: when('target', 'user', userId),
		sessionId: when('target', 'session', sessionId),
	},
	codes: describeCode,
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
	null: 'Desk did not report the state of the session.',
};

/** transfer_to_human, https://cloud.tencent.com/document/product/679/116634; its codes are cut off after the first. */
export const transferSession = defineOperation({
	resource: 'session',
	operation: 'transfer',
	name: 'Transfer to Agent',
	action: 'Transfer session to agent',
	description: 'Hand a session over to a live agent, or into the queue for one',
	toolDescription:
		'Hands the session of a user over to a live (human) agent. A live agent was found only if agent names somebody. If isInQueue is true, the user waits for one. Otherwise never say that the user is connected or transferred. If the result is unclear, say so and do not call again.',
	fields: { sessionId, agentGroup, agent: agents, tellUser, ...TRANSFER_OPTIONS },
	codes: describeCode,
	work: {
		kind: 'change',
		command: () => 'transfer_to_human',
		body: (values) => ({
			SessionId: values.sessionId,
			...(values.agent.length === 0 ? {} : { AgentIdList: values.agent }),
			...(values.agentGroup === null ? {} : { AgentGroupId: values.agentGroup }),
			...switches({
				SendTipIfNoAgentOnline: values.tellUser,
				CheckIfDuringWorkingHours: values.onlyInWorkingHours,
				SendPromptNotDuringWorkingHours: values.tellUserOutsideHours,
				EndSessionWhenNoMemberOnline: values.endIfNobodyOnline,
				DisableQueuing: values.doNotQueue,
				AllowAssignBusyMember: values.allowBusyAgents,
			}),
			...(values.priority === null ? {} : { Priority: values.priority }),
			...(values.queueTimeout === null ? {} : { QueueTimeout: values.queueTimeout }),
		}),
		result: (answer, values) => ({
			sessionId: values.sessionId,
			agent: nameOf(answer.AgentId),
			isInQueue: flagOf(answer.IsInQueue),
		}),
		says({ agent, isInQueue }) {
			if (isInQueue === true) return 'The user now waits in the queue for a live agent.';
			return agent === null
				? 'Desk took the request but named no live agent, so do not say that the user is connected.'
				: 'The session was handed to a live agent.';
		},
		what: 'the session was handed over',
		key: (values) => ['session', values.sessionId],
		whenUnclear: {
			may: 'look',
			look: {
				command: 'get_session_state',
				body: (values) => ({ SessionId: values.sessionId }),
				asked: ({ agent, agentGroup: group, doNotQueue }) => ({ agents: agent, group, doNotQueue }),
				looksBefore: true,
				shows(now, { agents: wanted, group, doNotQueue, before }) {
					const state = stateOf(now.CurrentState);
					// One that was handed over and has ended is not with the chatbot again.
					if (state === 'Chatbot') return 'notDone';
					if (!isRecord(before) || placeOf(now) === placeOf(before)) return 'unknown';
					if (state === 'Queueing') {
						return doNotQueue === true ? 'unknown' : { done: { AgentId: '', IsInQueue: 1 } };
					}
					// The session does not tell of which group the agent is; the queue of before may be that of another.
					const isAnyAgent = Array.isArray(wanted) && wanted.length === 0;
					const mayBeByOldQueue = placeOf(before) === 'Queueing' && group !== null && isAnyAgent;
					const isDone = isWithAgent(state) && isOneOf(wanted, now.AgentId) && !mayBeByOldQueue;
					return isDone ? { done: { AgentId: now.AgentId, IsInQueue: 0 } } : 'unknown';
				},
			},
		},
	},
});

/** Of no agents in particular, everybody is one. */
function isOneOf(wanted: unknown, agent: unknown): boolean {
	const name = nameOf(agent)?.toLowerCase();
	if (!Array.isArray(wanted)) return false;
	return wanted.length === 0 || wanted.some((one) => String(one).toLowerCase() === name);
}

/** Where the user is: with which agent, also one who has not answered yet; or in which other state. */
function placeOf({ CurrentState, AgentId }: Answer): string {
	const state = stateOf(CurrentState);
	return isWithAgent(state) ? `with ${nameOf(AgentId)}` : String(state);
}

/** 1 for what is on; what is off is Desk's default. */
function switches(values: Record<string, boolean>): Record<string, 1> {
	return Object.fromEntries(
		Object.entries(values)
			.filter(([, isOn]) => isOn)
			.map(([name]) => [name, 1]),
	);
}
