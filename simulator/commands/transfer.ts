import { z } from 'zod';
import { readFields, refuse, succeed, type Answer, type Read } from '../answers';
import { isFree, isOnline, leastBusy } from '../contacting';
import { agentOf, bySessionId } from '../sessions';
import type { Agent, Session, World } from '../world';
import type { Command } from './command';

const schema = z.object({
	SessionId: z.string().min(1),
	AgentIdList: z.array(z.string().min(1)).default([]),
	AgentGroupId: z.number().int().optional(),
	SendTipIfNoAgentOnline: z.union([z.literal(0), z.literal(1)]).default(0),
});

type Fields = z.infer<typeof schema>;

const sessionFault = (session: Session | undefined): Answer | null => {
	if (session === undefined || session.state === 'NotInSession') return refuse(141005);
	if (session.state === 'Agent' || session.state === 'WaitingForAgentAnswering') {
		return refuse(141016);
	}
	return session.transferable ? null : refuse(141003);
};

/** Whom the request allows: the agents listed, or the group's, or all; a list and a group together mean both. */
const allowed = (world: World, { AgentIdList, AgentGroupId }: Fields): Read<Agent[]> => {
	if (AgentGroupId !== undefined && !world.groups.some(({ id }) => id === AgentGroupId)) {
		return { refusal: refuse(141019) };
	}
	const stranger = AgentIdList.find((mail) => agentOf(world, mail) === undefined);
	if (stranger !== undefined) return { refusal: refuse(141010) };
	const agents = world.agents.filter(
		({ mail, groups }) =>
			(AgentIdList.length === 0 || AgentIdList.includes(mail)) &&
			(AgentGroupId === undefined || groups.includes(AgentGroupId)),
	);
	return { fields: agents };
};

/**
 * transfer_to_human, 1229/68820. Its own code list is cut off after 90005 in the copy we have, so the codes of
 * contact_user for the same mistakes are answered. Everybody busy: the user waits in the group's queue.
 */
export const transferToHuman: Command = (body, { world, sessions }) => {
	const read = readFields(schema, body);
	if ('refusal' in read) return read.refusal;
	const session = bySessionId(world, read.fields.SessionId);
	const fault = sessionFault(session);
	if (session === undefined || fault !== null) return fault ?? refuse(141005);
	const agents = allowed(world, read.fields);
	if ('refusal' in agents) return agents.refusal;
	const online = agents.fields.filter(isOnline);
	if (online.length === 0) {
		if (read.fields.SendTipIfNoAgentOnline === 1) {
			sessions.say(session.sessionId, 'system', session.account, 'Nobody is online now.');
		}
		return refuse(141001);
	}
	const agent = leastBusy(online.filter(isFree));
	const group = read.fields.AgentGroupId ?? null;
	if (agent === undefined) {
		sessions.queue(session, group);
		return succeed({ AgentId: '', IsInQueue: 1 });
	}
	session.agentGroup = group;
	sessions.assign(session, agent.mail, 'Agent');
	return succeed({ AgentId: agent.mail, IsInQueue: 0 });
};
