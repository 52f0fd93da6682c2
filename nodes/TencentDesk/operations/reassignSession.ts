import { describeCode } from '../../shared/desk/codes';
import { sessionId } from '../fields/sessions';
import { agentGroup, optionalAgent } from '../fields/agents';
import { isWithAgent, stateOf } from '../../shared/desk/session';
import { nameOf } from '../../shared/desk/values';
import { isRecord } from '../../shared/desk/reply';
import { defineOperation } from './operation';

/** transfer_session, https://cloud.tencent.com/document/product/269/118746; its answer does not name the new agent. */
export const reassignSession = defineOperation({
	resource: 'session',
	operation: 'reassign',
	name: 'Reassign',
	action: 'Reassign session',
	description: 'Hand over a session from its agent to another agent or group',
	toolDescription:
		'Hands over a session from its live agent to another live agent or group. It was handed over only if reassigned is true. agent is the agent you asked for. If the result is unclear, say so and do not call again.',
	fields: { sessionId, agentGroup, agent: optionalAgent },
	codes: describeCode,
	work: {
		kind: 'change',
		command: () => 'transfer_session',
		body: (values) => ({
			SessionId: values.sessionId,
			...(values.agentGroup === null ? {} : { GroupId: values.agentGroup }),
			...(values.agent === '' ? {} : { MemberId: values.agent }),
		}),
		result: (_answer, values) => ({
			sessionId: values.sessionId,
			agentGroup: values.agentGroup,
			agent: values.agent || null,
			reassigned: true,
		}),
		says: () => 'The session was handed over.',
		what: 'the session was handed over',
		key: (values) => ['session', values.sessionId],
		whenUnclear: {
			may: 'look',
			look: {
				command: 'get_session_state',
				body: (values) => ({ SessionId: values.sessionId }),
				asked: ({ agent }) => ({ agent: agent || null }),
				// The agent who has the session afterwards may have had it before.
				looksBefore: true,
				shows(answer, { agent, before }) {
					const had = agentIn(before);
					const has = agentIn(answer);
					if (had === null) return 'unknown';
					if (has === had) return 'notDone';
					// Of a group, nobody tells who chose the agent.
					return has === nameOf(agent)?.toLowerCase() ? { done: {} } : 'unknown';
				},
			},
		},
	},
});

/** The agent who has the session, or is to answer it; null when nobody has. */
function agentIn(answer: unknown): string | null {
	if (!isRecord(answer)) return null;
	if (!isWithAgent(stateOf(answer.CurrentState))) return null;
	return nameOf(answer.AgentId)?.toLowerCase() ?? null;
}
