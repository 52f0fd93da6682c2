import { LONGEST_PAUSE_MS, type Clock } from './waiting';

/** Why a circuit breaker opened: a rate limit that does not lift, or work that came to nothing for over a minute. */
export type Opened<Reason> = { by: 'limit' } | { by: 'outage'; reason: Reason };

/** Ends what is sent to an application that does nothing any more. One for all runs of an application in this process. */
export interface CircuitBreaker<Reason> {
	/** Gives what opened the breaker since this call, if anything did: who comes later tries anew. */
	watch(): () => Opened<Reason> | undefined;
	/**
	 * Too many requests were sent, and none may start for `pauseMs`.
	 * @returns whether that shows a limit that does not lift
	 */
	noteLimit(pauseMs: number): boolean;
	/** The server gave an answer of its own, so there is no rate limit now. */
	noteServed(): void;
	/**
	 * One piece of work has ended, all its tries included.
	 * @param nothing why the server did nothing for it; undefined when it did something
	 */
	noteWork(nothing: Reason | undefined, begunAt: number): void;
	/** Forgets what it has counted. */
	reset(): void;
}

/** A rate limit that lasts longer than that, pauses and all, does not lift. */
const LONGEST_LIMIT_MS = 75_000;
const MOST_REFUSALS = 20;
const LEAST_LIMIT_MS = 30_000;
/** Each piece of work is tried for seconds, so thousands of them would hold a worker for hours. */
const LONGEST_OUTAGE_MS = 60_000;
const LEAST_FAILURES = 3;

export function createCircuitBreaker<Reason>(clock: Clock): CircuitBreaker<Reason> {
	/** Refusals with no other answer between, and when the pause of the last one ends. */
	let refusals: { since: number; count: number; pausedUntil: number } | undefined;
	/** Pieces of work in a row for which the server did nothing. */
	let failures: { since: number; count: number } | undefined;
	let succeededAt = -Infinity;
	let timesOpened = 0;
	let opened: Opened<Reason> | undefined;

	function open(why: Opened<Reason>): void {
		timesOpened++;
		opened = why;
		refusals = undefined;
		failures = undefined;
	}

	return {
		watch() {
			const timesBefore = timesOpened;
			return () => (timesOpened > timesBefore ? opened : undefined);
		},
		noteLimit(pauseMs) {
			const now = clock.now();
			// Long after the pause it is another limit: requests without a clear answer may have come between.
			if (refusals !== undefined && now - refusals.pausedUntil > LEAST_LIMIT_MS) refusals = undefined;
			refusals = {
				since: refusals?.since ?? now,
				count: (refusals?.count ?? 0) + 1,
				pausedUntil: now + pauseMs,
			};
			const lastsMs = now - refusals.since;
			const doesNotLift =
				pauseMs > LONGEST_PAUSE_MS ||
				lastsMs + pauseMs > LONGEST_LIMIT_MS ||
				(refusals.count >= MOST_REFUSALS && lastsMs >= LEAST_LIMIT_MS);
			if (doesNotLift) open({ by: 'limit' });
			return doesNotLift;
		},
		noteServed() {
			refusals = undefined;
		},
		noteWork(nothing, begunAt) {
			if (nothing === undefined) {
				failures = undefined;
				succeededAt = clock.now();
				return;
			}
			failures = {
				// What waited in line while others were served did not fail meanwhile.
				since: Math.max(Math.min(failures?.since ?? begunAt, begunAt), succeededAt),
				count: (failures?.count ?? 0) + 1,
			};
			const lastsMs = clock.now() - failures.since;
			if (failures.count >= LEAST_FAILURES && lastsMs >= LONGEST_OUTAGE_MS) {
				open({ by: 'outage', reason: nothing });
			}
		},
		reset() {
			refusals = undefined;
			failures = undefined;
		},
	};
}
