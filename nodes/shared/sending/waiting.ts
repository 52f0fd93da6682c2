/** The time source of all that waits; tests bring their own. Milliseconds that never run backwards. */
export interface Clock {
	now(): number;
	sleep(ms: number): Promise<void>;
}

/** A rate limit that lasts longer than that does not lift. */
export const LONGEST_PAUSE_MS = 60_000;
const FIRST_BACKOFF_MS = 500;
const LONGEST_BACKOFF_MS = 10_000;

/**
 * How long to wait before something is sent again: what the server asks for; without that (or with 0, which would use
 * up all retries at once) a time that doubles with each try. A random half keeps many from coming back at once.
 * @param tries how often it was sent already, at least 1
 * @param random from 0 up to 1
 */
export function backoffMs(
	tries: number,
	random: () => number,
	retryAfterMs: number | undefined,
): number {
	const longest = Math.min(FIRST_BACKOFF_MS * 2 ** (tries - 1), LONGEST_BACKOFF_MS);
	return retryAfterMs || longest * (0.5 + random() / 2);
}

/** Something that is given once, for all who wait for it. */
export interface Signal {
	given: Promise<void>;
	isGiven(): boolean;
	give(): void;
}

export function newSignal(): Signal {
	let isGiven = false;
	let resolve = () => {};
	const given = new Promise<void>((resolveGiven) => {
		resolve = resolveGiven;
	});
	return {
		given,
		isGiven: () => isGiven,
		give() {
			isGiven = true;
			resolve();
		},
	};
}

/** As many as it counts may hold it at once; who asked first gets it next. */
export interface Semaphore {
	acquire(): Promise<void>;
	release(): void;
}

export function createSemaphore(count: number): Semaphore {
	let free = count;
	const waiting: Array<() => void> = [];
	return {
		async acquire() {
			if (free > 0) free--;
			else await new Promise<void>((resolve) => waiting.push(resolve));
		},
		release() {
			const next = waiting.shift();
			if (next === undefined) free++;
			else next();
		},
	};
}
