import { textBody, type ChatMessage, type ChatRole } from './chats';
import { END_STATUS, recordOf, type EndedBy, type SessionRecord } from './records';
import { sessionKey, type Agent, type Session, type SessionState, type World } from './world';

/** States in which an agent holds a place for the session. */
const HELD: SessionState[] = ['Agent', 'WaitingForAgentAnswering'];

export const bySessionId = (world: World, sessionId: string): Session | undefined =>
	[...world.sessions.values()].find((session) => session.sessionId === sessionId);

export const agentOf = (world: World, mail: string | null): Agent | undefined =>
	world.agents.find((agent) => agent.mail === mail);

const seconds = (ms: number): number => Math.floor(ms / 1000);

const recordOfEnded = (world: World, session: Session, by: EndedBy, now: number): SessionRecord => {
	const group = session.agentGroup ?? agentOf(world, session.agent)?.groups[0] ?? null;
	const startedAt = session.startedAt ?? now;
	return recordOf({
		SessionId: session.sessionId,
		AgentGroupId: group === null ? '' : String(group),
		AgentGroupName: world.groups.find(({ id }) => id === group)?.name ?? '',
		AgentId: session.agent ?? '',
		ClientUserId: session.userId,
		Duration: seconds(now - startedAt),
		EndStatus: END_STATUS[by],
		SatisfactionSelected: session.rating ?? null,
		Timestamp: seconds(world.dialect.recordTime === 'start' ? startedAt : now),
	});
};

/** How sessions of a world begin, move, end, and what they leave behind. */
export const createSessions = (world: World, now: () => number) => {
	let opened = 0;

	const release = (session: Session): void => {
		const agent = HELD.includes(session.state) ? agentOf(world, session.agent) : undefined;
		if (agent !== undefined) agent.load = Math.max(0, agent.load - 1);
	};

	return {
		/** Takes the place of the session that the pair of user and account had. */
		open: (begun: Omit<Session, 'sessionId' | 'startedAt' | 'transferable'>): Session => {
			opened += 1;
			const session = {
				...begun,
				sessionId: `session-${String(opened).padStart(6, '0')}`,
				startedAt: now(),
				transferable: true,
			};
			const agent = HELD.includes(session.state) ? agentOf(world, session.agent) : undefined;
			if (agent !== undefined) agent.load += 1;
			world.sessions.set(sessionKey(session.userId, session.account), session);
			return session;
		},
		/** Hands a session to an agent, who answers at once or (`WaitingForAgentAnswering`) has to accept it. */
		assign: (session: Session, mail: string, state: 'Agent' | 'WaitingForAgentAnswering'): void => {
			release(session);
			const agent = agentOf(world, mail);
			if (agent !== undefined) agent.load += 1;
			Object.assign(session, { state, agent: mail });
		},
		queue: (session: Session, agentGroup: number | null): void => {
			release(session);
			Object.assign(session, { state: 'Queueing', agent: null, agentGroup });
		},
		/** Ends a session, gives the agent's place back and leaves a record. */
		end: (session: Session, by: EndedBy): void => {
			world.records.push(recordOfEnded(world, session, by, now()));
			release(session);
			Object.assign(session, { state: 'NotInSession', agent: null });
		},
		/** A rating of an ended session arrives in its record, one before the end is kept for it. */
		rate: (session: Session, rating: number): void => {
			session.rating = rating;
			const record = world.records.find(({ SessionId }) => SessionId === session.sessionId);
			if (record !== undefined) record.SatisfactionSelected = rating;
		},
		say: (sessionId: string, role: ChatRole, from: string, said: string | unknown[]): void => {
			const body = typeof said === 'string' ? textBody(said) : said;
			const message: ChatMessage = { at: now(), from, role, body };
			world.chats.set(sessionId, [...(world.chats.get(sessionId) ?? []), message]);
		},
	};
};

export type Sessions = ReturnType<typeof createSessions>;
