import { z } from 'zod';
import { readFields, refuse, succeed } from '../answers';
import { isFree, isOnline, leastBusy } from '../contacting';
import { agentOf, bySessionId } from '../sessions';
import type { Command } from './command';

const schema = z
	.object({
		SessionId: z.string().min(1),
		GroupId: z.number().int().optional(),
		MemberId: z.string().min(1).optional(),
	})
	.strict();

/**
 * transfer_session, 269/118746. Only a session that an agent has, the page says "check the state" to 141026; an unknown
 * agent gets 141004, since the page has no other code for one. Both are our reading.
 */
export const transferSession: Command = (body, { world, sessions }) => {
	const read = readFields(schema, body);
	if ('refusal' in read) return read.refusal;
	const { SessionId, GroupId, MemberId } = read.fields;
	const session = bySessionId(world, SessionId);
	if (session === undefined || session.state === 'NotInSession') return refuse(141005);
	if (session.state !== 'Agent') return refuse(141026);
	if (GroupId !== undefined && !world.groups.some(({ id }) => id === GroupId)) {
		return refuse(141020);
	}
	if (MemberId !== undefined && agentOf(world, MemberId) === undefined) {
		return refuse(141004, 'MemberId is no agent');
	}
	if (MemberId === session.agent) return refuse(141024);
	const online = world.agents.filter(
		(agent) =>
			isOnline(agent) &&
			agent.mail !== session.agent &&
			(MemberId === undefined || agent.mail === MemberId) &&
			(GroupId === undefined || agent.groups.includes(GroupId)),
	);
	if (online.length === 0) return refuse(141001);
	const agent = leastBusy(online.filter(isFree));
	if (agent === undefined) return refuse(141025);
	session.agentGroup = GroupId ?? session.agentGroup;
	sessions.assign(session, agent.mail, 'Agent');
	return succeed();
};
