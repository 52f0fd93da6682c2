import { z } from 'zod';
import type { Sessions } from './sessions';
import { DEFAULT_ACCOUNT, sessionKey, type Session, type World } from './world';

const text = z.string().min(1);
const agent = text.default('anna@example.com');

/** What can happen to the session of a user, besides what the commands do. */
export const moveSchema = z.discriminatedUnion('move', [
	/** The user opens the chat and talks with the chatbot. */
	z.object({ move: z.literal('begin') }).strict(),
	/** The user waits in the queue of a group. */
	z.object({ move: z.literal('queue'), agentGroup: z.number().int().optional() }).strict(),
	/** An agent is to accept it. */
	z.object({ move: z.literal('ring'), agent }).strict(),
	/** An agent answers: the one who is to accept it, unless another is named. */
	z.object({ move: z.literal('answer'), agent: text.optional() }).strict(),
	z.object({ move: z.literal('end'), by: z.enum(['agent', 'user', 'timeOut']) }).strict(),
	/** Of the session at hand, or of the one that ended last. */
	z.object({ move: z.literal('rate'), rating: z.number().int().min(1).max(5) }).strict(),
	z
		.object({ move: z.literal('say'), role: z.enum(['user', 'agent', 'system']), text: z.string() })
		.strict(),
]);

export type Move = z.input<typeof moveSchema>;

export type Moved = { done: true; sessionId: string } | { done: false; reason: string };

const begin = (sessions: Sessions, userId: string, account: string): Session =>
	sessions.open({ userId, account, state: 'Chatbot', agent: null });

const speaker = (session: Session, role: 'user' | 'agent' | 'system'): string => {
	if (role === 'user') return session.userId;
	return (role === 'agent' ? session.agent : null) ?? session.account;
};

const isOpen = (session: Session | undefined): session is Session =>
	session !== undefined && session.state !== 'NotInSession';

/** The user's session, begun with the chatbot when there is none. */
export const sessionAtHand = (
	world: World,
	sessions: Sessions,
	userId: string,
	account = DEFAULT_ACCOUNT,
): Session => {
	const session = world.sessions.get(sessionKey(userId, account));
	return isOpen(session) ? session : begin(sessions, userId, account);
};

/** Moves the session of a user with an account; says why when it cannot. */
export const createMoves = (world: World, sessions: Sessions) => {
	return (userId: string, wish: Move, account = DEFAULT_ACCOUNT): Moved => {
		const move = moveSchema.parse(wish);
		const session = world.sessions.get(sessionKey(userId, account));
		const done = ({ sessionId }: Session): Moved => ({ done: true, sessionId });
		if (move.move === 'begin') {
			if (isOpen(session)) return { done: false, reason: `the session is ${session.state}` };
			return done(begin(sessions, userId, account));
		}
		if (move.move === 'rate' && session !== undefined) {
			sessions.rate(session, move.rating);
			return done(session);
		}
		if (!isOpen(session)) return { done: false, reason: 'the user is in no session' };
		if (move.move === 'queue') sessions.queue(session, move.agentGroup ?? null);
		if (move.move === 'ring') sessions.assign(session, move.agent, 'WaitingForAgentAnswering');
		if (move.move === 'answer') {
			sessions.assign(session, move.agent ?? session.agent ?? 'anna@example.com', 'Agent');
		}
		if (move.move === 'end') sessions.end(session, move.by);
		if (move.move === 'say') {
			sessions.say(session.sessionId, move.role, speaker(session, move.role), move.text);
		}
		return done(session);
	};
};
