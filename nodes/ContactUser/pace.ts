/** The time source of a run; tests bring their own. Times are milliseconds. */
export interface Clock {
	now(): number;
	sleep(ms: number): Promise<void>;
}

/** When the next request may start. Shared by everything that a run sends. */
export interface Pace {
	/** Resolves with true when a request may start now, with false when the run was stopped meanwhile. */
	turn(): Promise<boolean>;
	/** Lets nobody start for `ms`, and halves the pace; refusals of requests started before the last one do not count again. */
	slowDown(ms: number, requestStartedAt: number): void;
}

/** Waits are cut into slices, so that a cancelled run ends within 100 ms. */
const SLICE_MS = 50;
/** A timer may be late by as much; making up for more after a stall would be a burst. */
const MOST_CATCH_UP_MS = 3;
const RECOVERY_STEP_MS = 1000;
const RECOVERY_STEPS_TO_FULL_PACE = 10;

/**
 * @param requestsPerSecond the pace; 0 means none, until a rate-limit answer shows that there is one
 * @param isStopped asked before and after every wait
 */
export function createPace(
	requestsPerSecond: number,
	clock: Clock,
	isStopped: () => boolean,
): Pace {
	const configured = requestsPerSecond === 0 ? Infinity : requestsPerSecond;
	let current = configured;
	let fullPace = configured;
	let changedAt = clock.now();
	let slowedAt = -Infinity;
	let pausedUntil = 0;
	let nextDue = 0;
	const runStartedAt = clock.now();
	let started = 0;
	let queue: Promise<unknown> = Promise.resolve();

	function recover(now: number): void {
		const steps = Math.floor((now - changedAt) / RECOVERY_STEP_MS);
		if (steps <= 0 || current >= fullPace) return;
		current = Math.min(fullPace, current + (steps * fullPace) / RECOVERY_STEPS_TO_FULL_PACE);
		changedAt += steps * RECOVERY_STEP_MS;
	}

	async function waitForTurn(): Promise<boolean> {
		for (;;) {
			if (isStopped()) return false;
			const now = clock.now();
			const waitMs = Math.max(nextDue, pausedUntil) - now;
			if (waitMs <= 0) {
				recover(now);
				book(now);
				return true;
			}
			await clock.sleep(Math.min(waitMs, SLICE_MS));
		}
	}

	function book(now: number): void {
		const gap = 1000 / current;
		const catchUp = Math.min(gap / 2, MOST_CATCH_UP_MS);
		nextDue = Math.max(nextDue, now - catchUp) + gap;
		started++;
	}

	return {
		async turn() {
			// One after the other, or several waiting requests would find the same gap free.
			const turn = queue.then(waitForTurn);
			queue = turn;
			return await turn;
		},
		slowDown(ms, requestStartedAt) {
			const now = clock.now();
			pausedUntil = Math.max(pausedUntil, now + ms);
			if (requestStartedAt < slowedAt) return;
			if (fullPace === Infinity) {
				fullPace = started / Math.max(1, (now - runStartedAt) / 1000);
				current = fullPace;
			}
			recover(now);
			current = Math.max(current / 2, Math.min(1, fullPace));
			slowedAt = now;
			changedAt = Math.max(now, pausedUntil);
		},
	};
}
