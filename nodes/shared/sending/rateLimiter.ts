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
/** A gap is cut by as much at most, and by no more than half: starts in quick succession would be a burst. */
const MOST_CATCH_UP_MS = 3;
/** Late timers and short stalls are made up for, cut by cut; what a long stall took stays lost. */
const MOST_DEBT_MS = 100;
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
 * One request after the other, 1000 / `requestsPerSecond` ms apart. After late timers gaps are up to 3 ms shorter,
 * yet no second holds more than `requestsPerSecond` starts.
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
	/** How far the starts lag behind the pace, as far as it may be made up for. */
	let debt = 0;
	/** The last starts, as many as a second may hold. */
	const lastStarts: number[] = [];
	let queue: Promise<unknown> = Promise.resolve();

	function recover(now: number): void {
		const steps = Math.floor((now - changedAt) / RECOVERY_STEP_MS);
		if (steps <= 0 || current >= fullPace) return;
		current = Math.min(fullPace, current + (steps * fullPace) / RECOVERY_STEPS_TO_FULL_PACE);
		changedAt += steps * RECOVERY_STEP_MS;
	}

	function due(): number {
		const secondIsFull = lastStarts.length >= Math.ceil(fullPace);
		return secondIsFull ? Math.max(nextDue, lastStarts[0] + 1000) : nextDue;
	}

	async function waitForTurn(): Promise<boolean> {
		const hadToWait = due() > clock.now();
		// A pause may be put on while the wait is under way.
		while (due() > clock.now() && !isStopped()) await sleepUntil(due(), clock, isStopped);
		if (isStopped()) return false;
		noteStart(clock.now(), hadToWait);
		return true;
	}

	function noteStart(now: number, hadToWait: boolean): void {
		recover(now);
		const gap = 1000 / current;
		const mostCut = Math.min(gap / 2, MOST_CATCH_UP_MS);
		// Nobody is late who did not ask before the turn was due: a rest earns no burst.
		debt = Math.min(debt + Math.max(0, now - nextDue), hadToWait ? MOST_DEBT_MS : mostCut);
		const cut = Math.min(debt, mostCut);
		debt -= cut;
		nextDue = now + gap - cut;
		started++;
		if (fullPace === Infinity) return;
		lastStarts.push(now);
		if (lastStarts.length > Math.ceil(fullPace)) lastStarts.shift();
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
			nextDue = Math.max(nextDue, pausedUntil);
			if (requestStartedAt < slowedAt) return;
			recover(now);
			if (fullPace === Infinity) {
				// There was no pace, so the rate reached until now is taken for the limit.
				current = started / Math.max(1, (now - runStartedAt) / 1000);
				fullPace = Math.max(current, LEAST_FULL_PACE);
			}
			current = Math.max(current / 2, Math.min(SLOWEST_PER_SECOND, fullPace));
			slowedAt = now;
			debt = 0;
			changedAt = pausedUntil;
		},
	};
}
