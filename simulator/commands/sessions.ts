import { z } from 'zod';
import { readFields, refuse, succeed, type JsonObject } from '../answers';
import { sessionKey, type Session, type World } from '../world';
import type { Command } from './command';

const stateSchema = z.object({
	SessionId: z.string().optional(),
	ClientUserId: z.string().optional(),
	CustomerServiceId: z.string().optional(),
});

export const bySessionId = (world: World, sessionId: string): Session | undefined =>
	[...world.sessions.values()].find((session) => session.sessionId === sessionId);

/** The user whose session a get_session_state body asks for; null when it names none. */
export const askedUser = (body: JsonObject, world: World): string | null => {
	if (typeof body.ClientUserId === 'string') return body.ClientUserId;
	if (typeof body.SessionId !== 'string') return null;
	return bySessionId(world, body.SessionId)?.userId ?? null;
};

/** `AgentId` is documented for the two states in which an agent is named, and only there. */
const describe = (session: Session | undefined) => ({
	SessionId: session === undefined || session.state === 'NotInSession' ? '' : session.sessionId,
	CurrentState: session?.state ?? 'NotInSession',
	...(session?.state === 'Agent' || session?.state === 'WaitingForAgentAnswering'
		? { AgentId: session.agent ?? '' }
		: {}),
});

/** get_session_state, 1229/68825: by SessionId, or by ClientUserId with CustomerServiceId. */
export const getSessionState: Command = (body, world) => {
	const read = readFields(stateSchema, body);
	if ('refusal' in read) return read.refusal;
	const { SessionId, ClientUserId, CustomerServiceId } = read.fields;
	if (SessionId) return succeed(describe(bySessionId(world, SessionId)));
	if (!ClientUserId || !CustomerServiceId) {
		return refuse(141004, 'SessionId, or ClientUserId with CustomerServiceId, is needed');
	}
	return succeed(describe(world.sessions.get(sessionKey(ClientUserId, CustomerServiceId))));
};

const endSchema = z.object({ SessionId: z.string().min(1) });

/** end_session, 1229/68948: only sessions that are with a live agent. Gives the agent's capacity back. */
export const endSession: Command = (body, world) => {
	const read = readFields(endSchema, body);
	if ('refusal' in read) return read.refusal;
	const session = bySessionId(world, read.fields.SessionId);
	if (session?.state !== 'Agent') return refuse(141005);
	const agent = world.agents.find((candidate) => candidate.mail === session.agent);
	if (agent !== undefined) agent.load = Math.max(0, agent.load - 1);
	session.state = 'NotInSession';
	session.agent = null;
	return succeed();
};
