import { codesOf } from '../../asking/codes';
import { agentGroup, agents, tellUser } from '../../fields/agents';
import { sessionId } from '../../fields/who';
import { flagOf, nameOf, stateOf } from '../answer';
import { defineOperation } from '../operation';

/** transfer_to_human, https://www.tencentcloud.com/document/product/1229/68820; its codes are cut off after the first. */
export const transferSession = defineOperation({
	resource: 'session',
	operation: 'transfer',
	name: 'Transfer to Agent',
	action: 'Transfer session to agent',
	description: 'Hand a session over to a live agent, or into the queue for one',
	toolDescription:
		'Hands the session of a user over to a live (human) agent. Only if agent names somebody was a live agent found; if isInQueue is true the user waits for one. Otherwise never say that the user is connected or transferred. If it is not known, say so and do not call again.',
	fields: { sessionId, agentGroup, agent: agents, tellUser },
	codes: codesOf({}),
	work: {
		kind: 'change',
		command: () => 'transfer_to_human',
		body: (values) => ({
			SessionId: values.sessionId,
			...(values.agent.length === 0 ? {} : { AgentIdList: values.agent }),
			...(values.agentGroup === null ? {} : { AgentGroupId: values.agentGroup }),
			...(values.tellUser ? { SendTipIfNoAgentOnline: 1 } : {}),
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
		look: {
			command: 'get_session_state',
			body: (values) => ({ SessionId: values.sessionId }),
			shows({ CurrentState, AgentId }) {
				switch (stateOf(CurrentState)) {
					case 'Agent':
					case 'WaitingForAgentAnswering':
						return { answer: { AgentId, IsInQueue: 0 } };
					case 'Queueing':
						return { answer: { AgentId: '', IsInQueue: 1 } };
					// One that was handed over and has ended is not with the chatbot again.
					case 'Chatbot':
						return 'notDone';
					default:
						return 'unknown';
				}
			},
		},
	},
});
