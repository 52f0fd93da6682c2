const LOOK_EVERY_MS = 20;

export interface Stalls {
	/** Milliseconds of the longest one since that time (of performance.now()); 0 when there was none. */
	longestSince(time: number): number;
	stop(): void;
}

/**
 * Notes when this process could not run for a while. What a busy machine keeps waiting for longer than a time-out
 * is a time-out, rightly; a test that expects none has to know.
 */
export function watchForStalls(): Stalls {
	const stalls: Array<{ at: number; ms: number }> = [];
	let lookedAt = performance.now();
	const timer = setInterval(() => {
		const now = performance.now();
		if (now - lookedAt > 2 * LOOK_EVERY_MS) stalls.push({ at: now, ms: now - lookedAt });
		lookedAt = now;
	}, LOOK_EVERY_MS);
	return {
		longestSince: (time) =>
			Math.max(0, ...stalls.filter(({ at }) => at >= time).map(({ ms }) => ms)),
		stop: () => clearInterval(timer),
	};
}
