import { LONGEST_PAUSE_MS } from './waiting';

/** Tells a rate limit that lifts from one that does not, by what an application is answered. */
export interface LastingLimit {
	/**
	 * Too many requests were sent, and none may start for `pauseMs`.
	 * @returns whether that shows a limit that does not lift; then all is counted anew
	 */
	noteRefusal(pauseMs: number, now: number): boolean;
	/** The server gave an answer of its own, so there is no rate limit now. */
	noteServed(): void;
}

/** A rate limit that lasts longer than that, pauses and all, does not lift. */
const LONGEST_LIMIT_MS = 75_000;
const MOST_REFUSALS = 20;
const LEAST_LIMIT_MS = 30_000;

export function createLastingLimit(): LastingLimit {
	/** Refusals with no other answer between. */
	let inARow: { since: number; count: number } | undefined;

	return {
		noteRefusal(pauseMs, now) {
			inARow = { since: inARow?.since ?? now, count: (inARow?.count ?? 0) + 1 };
			const lastsMs = now - inARow.since;
			const doesNotLift =
				pauseMs > LONGEST_PAUSE_MS ||
				lastsMs + pauseMs > LONGEST_LIMIT_MS ||
				(inARow.count >= MOST_REFUSALS && lastsMs >= LEAST_LIMIT_MS);
			if (doesNotLift) inARow = undefined;
			return doesNotLift;
		},
		noteServed() {
			inARow = undefined;
		},
	};
}
