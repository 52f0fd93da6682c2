import { DESK_IS_DONE_AFTER_MS } from '../../shared/api/callDesk';
import { rateLimitIn, type DeskReply } from '../../shared/api/reply';
import { backoffMs } from '../../shared/sending/waiting';
import type { Effect } from '../../shared/sending/scheduler';
import { mostMsSince, type Moment } from './moment';
import type { ContactResult } from './results';
import { confirmedBySession, readSession, type SessionReading } from './session';
import type { ContactTask } from './task';
import { credentialRefusalIn } from './verdict';

/** A try of which it is not known whether it contacted the user. */
export interface TryInDoubt {
	customerServiceAccount: string;
	/** When its last request ended, on the clock of the process; later rather than earlier. */
	triedAt: number;
	/** When that request was sent; earlier rather than later. */
	sentAt: Moment;
	/** The one agent that it asked for, if that is known. */
	agent?: string | null;
}

/**
 * Later, "no session" no longer tells: an agent may have contacted the user and closed the session. Counted from the
 * start of the try, since the contact may have been made at once.
 */
export const SESSION_TELLS_UNTIL_MS = 60_000;

/** What the session of the user says about a try that had no clear answer. */
export async function confirm(
	task: ContactTask,
	{ customerServiceAccount, triedAt, sentAt, agent }: TryInDoubt,
): Promise<ContactResult | 'notContacted' | 'unknown'> {
	const believedFrom = triedAt + DESK_IS_DONE_AFTER_MS;
	for (const askAt of [triedAt, believedFrom]) {
		await task.slot.restToLook(askAt);
		const asked = await askSession(task, customerServiceAccount);
		// With another agent, the session may be older than the try, or have been handed on since.
		if (asked.shows === 'contacted' && !isAnotherAgent(asked.session.agent, agent)) {
			return confirmedBySession(asked.session);
		}
		const tells =
			asked.askedAt >= believedFrom && mostMsSince(sentAt, task.clocks) <= SESSION_TELLS_UNTIL_MS;
		if (asked.shows === 'notContacted' && tells) return 'notContacted';
		if (asked.askedAt > believedFrom) return 'unknown';
	}
	return 'unknown';
}

function isAnotherAgent(found: string | null, wanted: string | null | undefined): boolean {
	if (found === null || wanted === null || wanted === undefined) return false;
	return found.toLowerCase() !== wanted.toLowerCase();
}

/** One get_session_state; asked again only after a rate-limit answer. */
export async function askSession(
	{ calls, scheduler, to, settings, random }: ContactTask,
	customerServiceAccount: string,
): Promise<SessionReading & { askedAt: number }> {
	for (let tries = 1; ; tries++) {
		const effectOf = (reply: DeskReply): Effect<ContactResult> => {
			const limit = rateLimitIn(reply);
			if (limit !== undefined) return { pauseMs: backoffMs(tries, random, limit.retryAfterMs) };
			return { refusal: credentialRefusalIn(reply), isServed: reply.kind === 'answer' };
		};
		const sent = await scheduler.look(
			to,
			async () => await calls.sessionState(customerServiceAccount),
			effectOf,
		);
		if (sent.kind !== 'answered') return { shows: 'nothing', askedAt: -Infinity };
		if (rateLimitIn(sent.reply) === undefined) {
			return { ...readSession(sent.reply), askedAt: sent.startedAt };
		}
		if (tries > settings.maxRetries) return { shows: 'nothing', askedAt: -Infinity };
	}
}
