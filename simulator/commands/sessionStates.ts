import { z } from 'zod';
import { readFields, refuse, succeed, type JsonObject } from '../answers';
import type { Dialect } from '../dialect';
import { bySessionId } from '../sessions';
import { sessionKey, type Session, type SessionState, type World } from '../world';
import type { Command } from './command';

const stateSchema = z.object({
	SessionId: z.string().optional(),
	ClientUserId: z.string().optional(),
	CustomerServiceId: z.string().optional(),
});

/** True for a session that is, or was and left something behind. */
export const sessionKnown = (world: World, sessionId: string): boolean =>
	bySessionId(world, sessionId) !== undefined ||
	world.chats.has(sessionId) ||
	world.records.some(({ SessionId }) => SessionId === sessionId);

/** The user whose session a body asks for; null when it names none. Only end_queuing spells SessionID. */
export const askedUser = (body: JsonObject, world: World): string | null => {
	if (typeof body.ClientUserId === 'string') return body.ClientUserId;
	const sessionId = body.SessionId ?? body.SessionID;
	if (typeof sessionId !== 'string') return null;
	return bySessionId(world, sessionId)?.userId ?? null;
};

/** Where the English page (1229/68825) spells a state in another way than the Chinese one (679/116639). */
const ENGLISH: Partial<Record<SessionState, string>> = {
	NotInSession: 'Not in session',
	Queueing: 'Queuing',
};

const worded = (state: SessionState, { stateWords }: Dialect): string =>
	(stateWords === 'en' ? ENGLISH[state] : undefined) ?? state;

/** `AgentId` is documented for the two states in which an agent is named, and only there. */
const describe = (session: Session | undefined, dialect: Dialect) => ({
	SessionId: session === undefined || session.state === 'NotInSession' ? '' : session.sessionId,
	CurrentState: worded(session?.state ?? 'NotInSession', dialect),
	...(session?.state === 'Agent' || session?.state === 'WaitingForAgentAnswering'
		? { AgentId: session.agent ?? '' }
		: {}),
});

/** get_session_state, 1229/68825: by SessionId, or by ClientUserId with CustomerServiceId. */
export const getSessionState: Command = (body, { world }) => {
	const read = readFields(stateSchema, body);
	if ('refusal' in read) return read.refusal;
	const { SessionId, ClientUserId, CustomerServiceId } = read.fields;
	if (SessionId) {
		// 141005 stands in the page's list for a session that does not exist; one that ended did exist.
		if (!sessionKnown(world, SessionId)) return refuse(141005);
		return succeed(describe(bySessionId(world, SessionId), world.dialect));
	}
	if (!ClientUserId || !CustomerServiceId) {
		return refuse(141004, 'SessionId, or ClientUserId with CustomerServiceId, is needed');
	}
	const session = world.sessions.get(sessionKey(ClientUserId, CustomerServiceId));
	return succeed(describe(session, world.dialect));
};
