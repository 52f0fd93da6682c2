import { sessionAtHand } from './moves';
import type { Sessions } from './sessions';
import { addressFault, eventBody, eventSchema, eventUrl, post, type Receipt } from './webhook';
import type { World } from './world';
import type { z } from 'zod';

export type EventWish = z.input<typeof eventSchema>;

/** `refused`: nothing was sent, and why. */
export type Notified =
	{ refused: string } | { sent: { url: string; body: object }; answer: Receipt };

export interface NotifyParts {
	world: World;
	sessions: Sessions;
	now: () => number;
}

/**
 * Sends one of Desk's callbacks about the user's session; a user without one begins one with the chatbot. A text of
 * ChatBot.UserSendMsg stands in the session's messages too.
 */
export const createNotify = ({ world, sessions, now }: NotifyParts) => {
	return async (wish: EventWish): Promise<Notified> => {
		const event = eventSchema.parse(wish);
		const fault = await addressFault(event.url);
		if (fault !== null) return { refused: fault };
		const session = sessionAtHand(world, sessions, event.userId, event.account);
		if (event.event === 'ChatBot.UserSendMsg' && event.text !== undefined) {
			sessions.say(session.sessionId, 'user', session.userId, event.text);
		}
		const url = eventUrl(event, String(world.apps[0].sdkAppId), now());
		const body = eventBody(event, session, now());
		return { sent: { url: url.href, body }, answer: await post(url, body, event.timeoutMs) };
	};
};
