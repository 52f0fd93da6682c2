import { sleep, type IExecuteFunctions } from 'n8n-workflow';

import { backoffMs, LONGEST_PAUSE_MS, type Clock } from '../sending/waiting';
import { createRateLimiters, type Place } from '../sending/rateLimiter';
import { rateLimitIn, type DeskReply } from '../api/reply';
import { callDesk, type DeskCall, type DeskContext } from '../api/callDesk';
import { appOf } from './credential';

/** Milliseconds that never run backwards: setting the system's clock back must not stop a run. */
export const CLOCK: Clock = { now: () => performance.now(), sleep };

/** When this process began, in Unix milliseconds and fractions of them: no two that share an execution have the same. */
export const PROCESS_ID = performance.timeOrigin;

/** Tencent counts the requests of an application, so all runs of this n8n process share what may start. */
export const RATE_LIMITERS = createRateLimiters(CLOCK);

/** Most commands allow 200 per second (https://cloud.tencent.com/document/product/269/93324); 5 % under it loses nothing. */
export const DEFAULT_REQUESTS_PER_SECOND = 190;

/** Whether the execution was cancelled; what is none, such as a poll, never is. */
export function isCancelled(context: DeskContext): boolean {
	return (context as IExecuteFunctions).getExecutionCancelSignal?.()?.aborted === true;
}

/** By application: the place of all single requests that are under way or wait. */
const singles = new Map<string, { place: Place; count: number }>();

/**
 * A place for one request. All share it: the limiter lets go first who started something longest ago, so that new ones
 * again and again would leave nothing for a run.
 * @returns what gives it up
 */
function joinForOne(app: string): { place: Place; leave: () => void } {
	const known = singles.get(app);
	const shared = known ?? {
		place: RATE_LIMITERS.of(app).join(DEFAULT_REQUESTS_PER_SECOND),
		count: 0,
	};
	shared.count++;
	singles.set(app, shared);
	return {
		place: shared.place,
		leave() {
			if (--shared.count > 0) return;
			singles.delete(app);
			shared.place.leave();
		},
	};
}

/**
 * Sends one command when the pace of its application allows it, which it shares with all that is under way in this
 * process: a rate-limit answer slows down all of them. It ends none of them, and nothing ends this one, which is sent
 * again a few times only.
 * @returns undefined when the execution was cancelled before its turn came
 */
export async function callDeskAtPace(
	context: DeskContext,
	call: DeskCall,
): Promise<DeskReply | undefined> {
	const { place, leave } = joinForOne(appOf(call.credential.account));
	try {
		if (!(await place.turn(() => isCancelled(context)))) return undefined;
		const startedAt = CLOCK.now();
		const reply = await callDesk(context, call);
		const limit = rateLimitIn(reply);
		const pauseMs = limit && backoffMs(1, Math.random, limit.retryAfterMs);
		if (pauseMs !== undefined && pauseMs <= LONGEST_PAUSE_MS) place.slowDown(pauseMs, startedAt);
		return reply;
	} finally {
		leave();
	}
}
