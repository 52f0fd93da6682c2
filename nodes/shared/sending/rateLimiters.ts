import type { Clock } from './waiting';
import { createRateLimiter, type RateLimiter } from './rateLimiter';

const MOST_LIMITERS_KEPT = 100;

/** The rate limiter of each application, by a name of the application. */
export function createRateLimiters(clock: Clock): { of(app: string): RateLimiter } {
	const limiters = new Map<string, RateLimiter>();
	return {
		of(app) {
			const known = limiters.get(app) ?? createRateLimiter(clock);
			// The one used last stands last, so that the longest unused are forgotten.
			limiters.delete(app);
			limiters.set(app, known);
			for (const [name, limiter] of limiters) {
				if (limiters.size <= MOST_LIMITERS_KEPT) break;
				if (limiter.isIdle() && limiter !== known) limiters.delete(name);
			}
			return known;
		},
	};
}
