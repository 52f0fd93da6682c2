import { createCircuitBreaker, type CircuitBreaker } from './circuitBreaker';
import { createRateLimiter, type RateLimiter } from './rateLimiter';
import type { Clock } from './waiting';

/** What all runs of one application share in this process, since Tencent counts the requests of an application. */
export interface Application<Reason> {
	limiter: RateLimiter;
	breaker: CircuitBreaker<Reason>;
}

/** The applications of this process, by name. */
export interface Applications<Reason> {
	of(name: string): Application<Reason>;
}

const MOST_KEPT = 100;

export function createApplications<Reason>(clock: Clock): Applications<Reason> {
	const kept = new Map<string, Application<Reason>>();
	return {
		of(name) {
			const known = kept.get(name) ?? {
				limiter: createRateLimiter(clock),
				breaker: createCircuitBreaker<Reason>(clock),
			};
			// The one used last stands last, so that the longest unused are forgotten.
			kept.delete(name);
			kept.set(name, known);
			for (const [oldest, { limiter }] of kept) {
				if (kept.size <= MOST_KEPT) break;
				if (limiter.isIdle() && oldest !== name) kept.delete(oldest);
			}
			if (known.limiter.isIdle()) known.breaker.reset();
			return known;
		},
	};
}
