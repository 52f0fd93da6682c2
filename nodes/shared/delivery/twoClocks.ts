/**
 * The clocks of a process, in milliseconds. Either may mislead: the process's own stands still while the computer sleeps,
 * and somebody may set the system's (Unix time).
 */
export interface Clocks {
	processMs: () => number;
	unixMs: () => number;
}

/** A point of time by both clocks. */
export interface Moment {
	processMs: number;
	unixMs: number;
}

export function momentNow({ processMs, unixMs }: Clocks): Moment {
	return { processMs: processMs(), unixMs: unixMs() };
}

export function msBeforeNow(ms: number, clocks: Clocks): Moment {
	const now = momentNow(clocks);
	return { processMs: now.processMs - ms, unixMs: now.unixMs - ms };
}

/** By each clock. There may be as many moments as there are items. */
export function earliestOf(moments: Moment[]): Moment {
	return moments.reduce((first, one) => ({
		processMs: Math.min(first.processMs, one.processMs),
		unixMs: Math.min(first.unixMs, one.unixMs),
	}));
}

/** Milliseconds since then, by the clock that says more. */
export function mostMsSince(moment: Moment, clocks: Clocks): number {
	const now = momentNow(clocks);
	return Math.max(now.processMs - moment.processMs, now.unixMs - moment.unixMs);
}
