import { z } from 'zod';
import { readFields, refuse, succeed, type Answer, type Read } from '../answers';
import { isFree, isOnline, leastBusy } from '../contacting';
import { agentOf, bySessionId } from '../sessions';
import type { Agent, Session, World } from '../world';
import type { Command } from './command';

const flag = z.union([z.literal(0), z.literal(1)]).default(0);

const schema = z
	.object({
		SessionId: z.string().min(1),
		AgentIdList: z.array(z.string().min(1)).default([]),
		AgentGroupId: z.number().int().optional(),
		SendTipIfNoAgentOnline: flag,
		CheckIfDuringWorkingHours: flag,
		SendPromptNotDuringWorkingHours: flag,
		EndSessionWhenNoMemberOnline: flag,
		DisableQueuing: flag,
		AllowAssignBusyMember: flag,
		Priority: z.number().int().min(0).max(9).optional(),
		QueueTimeout: z.number().int().min(1).optional(),
	})
	.strict();

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

/** Those who may be given the session: with AllowAssignBusyMember 1 also who shows "busy". */
const reachable = (agents: Agent[], { AllowAssignBusyMember }: Fields): Agent[] =>
	AllowAssignBusyMember === 0
		? agents
		: agents.map((agent) => (agent.status === 'notReady' ? { ...agent, status: 'free' } : agent));

/**
 * transfer_to_human, 679/116634. Its own code list is cut off after 90005 in the copy we have, so the codes of
 * contact_user and transfer_session for the same cases are answered, 141001 outside of the working hours too.
 * Everybody busy: the user waits in the group's queue.
 */
export const transferToHuman: Command = (body, { world, sessions }) => {
	const read = readFields(schema, body);
	if ('refusal' in read) return read.refusal;
	const { fields } = read;
	const session = bySessionId(world, fields.SessionId);
	const fault = sessionFault(session);
	if (session === undefined || fault !== null) return fault ?? refuse(141005);
	const agents = allowed(world, fields);
	if ('refusal' in agents) return agents.refusal;
	const tell = (tip: string) => sessions.say(session.sessionId, 'system', session.account, tip);
	if (fields.CheckIfDuringWorkingHours === 1 && !world.isWorkingTime) {
		if (fields.SendPromptNotDuringWorkingHours === 1) tell('We are closed now.');
		return refuse(141001);
	}
	const online = reachable(agents.fields, fields).filter(isOnline);
	if (online.length === 0) {
		if (fields.SendTipIfNoAgentOnline === 1) tell('Nobody is online now.');
		if (fields.EndSessionWhenNoMemberOnline === 1) sessions.end(session, 'timeOut');
		return refuse(141001);
	}
	const agent = leastBusy(online.filter(isFree));
	const group = fields.AgentGroupId ?? null;
	if (agent === undefined) {
		if (fields.DisableQueuing === 1) return refuse(141025);
		sessions.queue(session, group);
		Object.assign(session, { priority: fields.Priority, queueTimeout: fields.QueueTimeout });
		return succeed({ AgentId: '', IsInQueue: 1 });
	}
	session.agentGroup = group;
	sessions.assign(session, agent.mail, 'Agent');
	return succeed({ AgentId: agent.mail, IsInQueue: 0 });
};
