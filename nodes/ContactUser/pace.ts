/** The time source of a run; tests bring their own. Milliseconds that never run backwards. */
export interface Clock {
	now(): number;
	sleep(ms: number): Promise<void>;
}

/** When the next request may start. Shared by everything that a run sends. */
export interface Pace {
	/** Resolves with true when a request may start now, with false when the run was stopped meanwhile. */
	turn(): Promise<boolean>;
	/**
	 * Lets nobody start for `ms`, and halves the pace. Refusals of requests that started before the last slowing
	 * down do not halve it again.
	 */
	slowDown(ms: number, requestStartedAt: number): void;
}

/** Waits are cut into slices, so that a cancelled run ends within 100 ms. */
const SLICE_MS = 50;
/** A timer may be late by as much; making up for more after a stall would be a burst. */
const MOST_CATCH_UP_MS = 3;
const RECOVERY_STEP_MS = 1000;
const RECOVERY_STEPS_TO_FULL_PACE = 10;
const SLOWEST_PER_SECOND = 1;
/** A refusal early in a run without pace says little about the limit; Tencent's usual one is 200. */
const LEAST_FULL_PACE = 200;

/** Resolves at that time, or earlier when the run is stopped. */
export async function sleepUntil(
	time: number,
	clock: Clock,
	isStopped: () => boolean,
): Promise<void> {
	for (let left = time - clock.now(); left > 0 && !isStopped(); left = time - clock.now()) {
		await clock.sleep(Math.min(left, SLICE_MS));
	}
}

/**
 * One request after the other, 1000 / `requestsPerSecond` ms apart (up to 3 ms less after a late timer).
 * @param requestsPerSecond the pace; 0 means none, until a rate-limit answer shows that there is one
 * @param isStopped asked before and after every wait
 */
export function createPace(
	requestsPerSecond: number,
	clock: Clock,
	isStopped: () => boolean,
): Pace {
	let fullPace = requestsPerSecond === 0 ? Infinity : requestsPerSecond;
	let current = fullPace;
	const runStartedAt = clock.now();
	let started = 0;
	let changedAt = runStartedAt;
	let slowedAt = -Infinity;
	let pausedUntil = runStartedAt;
	let nextDue = runStartedAt;
	let queue: Promise<unknown> = Promise.resolve();

	function recover(now: number): void {
		const steps = Math.floor((now - changedAt) / RECOVERY_STEP_MS);
		if (steps <= 0 || current >= fullPace) return;
		current = Math.min(fullPace, current + (steps * fullPace) / RECOVERY_STEPS_TO_FULL_PACE);
		changedAt += steps * RECOVERY_STEP_MS;
	}

	async function waitForTurn(): Promise<boolean> {
		// A pause may be put on while the wait is under way.
		while (Math.max(nextDue, pausedUntil) > clock.now() && !isStopped()) {
			await sleepUntil(Math.max(nextDue, pausedUntil), clock, isStopped);
		}
		if (isStopped()) return false;
		const now = clock.now();
		recover(now);
		const gap = 1000 / current;
		nextDue = Math.max(nextDue, now - Math.min(gap / 2, MOST_CATCH_UP_MS)) + gap;
		started++;
		return true;
	}

	return {
		async turn() {
			// One after the other: who asked first starts first.
			const turn = queue.then(waitForTurn);
			queue = turn;
			return await turn;
		},
		slowDown(ms, requestStartedAt) {
			const now = clock.now();
			pausedUntil = Math.max(pausedUntil, now + ms);
			if (requestStartedAt < slowedAt) return;
			recover(now);
			if (fullPace === Infinity) {
				// There was no pace, so the rate reached until now is taken for the limit.
				current = started / Math.max(1, (now - runStartedAt) / 1000);
				fullPace = Math.max(current, LEAST_FULL_PACE);
			}
			current = Math.max(current / 2, Math.min(SLOWEST_PER_SECOND, fullPace));
			slowedAt = now;
			changedAt = pausedUntil;
		},
	};
}
