import type { Clock } from './waiting';

/**
 * When the next request of an application may start, for all runs of this process together. Each run keeps to its own
 * pace, all together keep to the largest of them. The virtual scheduling form of the generic cell rate algorithm
 * (https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm), with a lateness that only waiting earns, not a rest.
 */
export interface RateLimiter {
	/** @param perSecond the run's own pace; 0 means none, until a rate-limit answer shows that there is one */
	join(perSecond: number): PacedRun;
	/** Whether no run has joined: it may be forgotten. */
	isIdle(): boolean;
}

/** What a run that has joined may do. */
export interface PacedRun {
	/** Resolves with true when a request may start now, with false when `isStopped` says so meanwhile. */
	turn(isStopped: () => boolean): Promise<boolean>;
	/**
	 * Lets nobody start for `ms`, and halves the pace. Refusals of requests that started before the last slowing
	 * down do not halve it again.
	 */
	slowDown(ms: number, requestStartedAt: number): void;
	/** Whoever still waits gets false. */
	leave(): void;
}

/** Waits are cut into slices, so that a cancelled run ends within 100 ms. */
const SLICE_MS = 50;
const RECOVERY_STEP_MS = 1000;
const RECOVERY_STEPS_TO_FULL_PACE = 10;
const SLOWEST_PER_SECOND = 1;
/** A refusal early in a run without pace says little about the limit; Tencent's usual one is 200. */
const LEAST_FULL_PACE = 200;

/** What keeps to one pace: a run, or all runs together. */
interface Cell {
	perSecond: number;
	/** When the next start is due. */
	dueAt: number;
	lastAt: number;
	/** Since when it waits for its next start: the start before, or its joining. */
	waitsSince: number;
}

/** A gap is cut by as much at most, and by no more than half: starts in quick succession would be a burst. */
const MOST_CATCH_UP_MS = 3;
/** Late timers and short stalls are made up for, gap by gap; what a long stall took stays lost. */
const MOST_LATENESS_MS = 100;

function newCell(perSecond: number, waitsSince: number): Cell {
	return { perSecond, dueAt: -Infinity, lastAt: -Infinity, waitsSince };
}

/** When the next start may be, as late timers allow it. */
function earliestStart({ perSecond, dueAt, lastAt }: Cell): number {
	const gap = 1000 / perSecond;
	return Math.max(dueAt, lastAt + gap - Math.min(gap / 2, MOST_CATCH_UP_MS));
}

/** @param askedAt when the one that starts now has asked for it */
function noteStart(cell: Cell, askedAt: number, now: number): void {
	// Who came when a start was free is not late: a rest earns nothing.
	const isLate = askedAt < earliestStart(cell);
	const from = isLate ? Math.max(cell.dueAt, now - MOST_LATENESS_MS) : now;
	cell.dueAt = from + 1000 / cell.perSecond;
	cell.lastAt = now;
	cell.waitsSince = now;
}

/** A request that waits for its start. */
interface WaitingStart {
	askedAt: number;
	isStopped: () => boolean;
	resolve: (mayStart: boolean) => void;
	reject: (error: unknown) => void;
}

interface JoinedRun extends Cell {
	/** In the order in which they were asked for. */
	turns: WaitingStart[];
}

export function createRateLimiter(clock: Clock): RateLimiter {
	const runs = new Set<JoinedRun>();
	let isHandingOut = false;

	/** All runs together. */
	const whole = newCell(Infinity, -Infinity);
	/** Of the last second. */
	const lastStarts: number[] = [];
	/** The part of the full pace that is used, 0 to 1, and since when. */
	let share = 1;
	let sharedSince = 0;
	let slowedAt = -Infinity;
	let pausedUntil = -Infinity;
	/** For runs without a pace: how many started since when, and the limit that a refusal made out of it. */
	let started = 0;
	let startedSince = 0;
	let learned: number | undefined;

	function fullPace(): number {
		const asked = Math.max(...[...runs].map(({ perSecond }) => perSecond));
		return asked === Infinity ? (learned ?? Infinity) : asked;
	}

	function recover(now: number): void {
		const steps = Math.floor((now - sharedSince) / RECOVERY_STEP_MS);
		if (steps <= 0) return;
		share = Math.min(1, share + steps / RECOVERY_STEPS_TO_FULL_PACE);
		sharedSince += steps * RECOVERY_STEP_MS;
	}

	/** When all together may start the next one. */
	function openAt(now: number): number {
		recover(now);
		const full = fullPace();
		whole.perSecond = share === 1 ? full : full * share;
		while ((lastStarts[0] ?? Infinity) <= now - 1000) lastStarts.shift();
		// As many as a second may hold have started: the next one when the oldest of them is a second ago.
		const oldest = lastStarts.at(-Math.ceil(full));
		const roomAt = oldest === undefined ? -Infinity : oldest + 1000;
		return Math.max(earliestStart(whole), roomAt);
	}

	async function handOut(): Promise<void> {
		if (isHandingOut) return;
		isHandingOut = true;
		try {
			for (;;) {
				dismissStopped();
				const waiting = [...runs].filter(({ turns }) => turns.length > 0);
				if (waiting.length === 0) return;
				const now = clock.now();
				const opensAt = Math.max(openAt(now), Math.min(...waiting.map(earliestStart)));
				if (opensAt > now) {
					await clock.sleep(Math.min(opensAt - now, SLICE_MS));
					continue;
				}
				// Of those whose own pace allows it, the run that has waited longest.
				const run = waiting
					.filter((one) => earliestStart(one) <= now)
					.reduce((longest, one) => (one.waitsSince < longest.waitsSince ? one : longest));
				const { askedAt, resolve } = run.turns.shift() as WaitingStart;
				started++;
				if (whole.perSecond !== Infinity) lastStarts.push(now);
				noteStart(whole, askedAt, now);
				noteStart(run, askedAt, now);
				resolve(true);
			}
		} catch (error) {
			// Whoever waits must learn of it: nobody else would let them go.
			for (const run of runs) for (const { reject } of run.turns.splice(0)) reject(error);
		} finally {
			// At once, not a moment later: who asks meanwhile would wait for ever.
			isHandingOut = false;
		}
	}

	function dismissStopped(): void {
		for (const run of runs) {
			for (const turn of run.turns.filter(({ isStopped }) => isStopped())) {
				run.turns.splice(run.turns.indexOf(turn), 1);
				turn.resolve(false);
			}
		}
	}

	function slowDown(ms: number, requestStartedAt: number): void {
		const now = clock.now();
		pausedUntil = Math.max(pausedUntil, now + ms);
		// The pause makes nobody late.
		whole.dueAt = Math.max(whole.dueAt, pausedUntil);
		if (requestStartedAt < slowedAt) return;
		recover(now);
		if (fullPace() === Infinity) {
			// There was no pace, so the rate reached until now is taken for the limit.
			const reached = started / Math.max(1, (now - startedSince) / 1000);
			learned = Math.max(reached, LEAST_FULL_PACE);
			share = reached / learned;
		}
		share = Math.max(share / 2, Math.min(1, SLOWEST_PER_SECOND / fullPace()));
		slowedAt = now;
		sharedSince = pausedUntil;
	}

	return {
		join(perSecond) {
			const now = clock.now();
			if (runs.size === 0) {
				started = 0;
				startedSince = now;
				learned = undefined;
			}
			const run: JoinedRun = { ...newCell(perSecond === 0 ? Infinity : perSecond, now), turns: [] };
			runs.add(run);
			return {
				turn: async (isStopped) =>
					await new Promise<boolean>((resolve, reject) => {
						run.turns.push({ askedAt: clock.now(), isStopped, resolve, reject });
						void handOut();
					}),
				slowDown,
				leave: () => {
					runs.delete(run);
					for (const { resolve } of run.turns.splice(0)) resolve(false);
				},
			};
		},
		isIdle: () => runs.size === 0,
	};
}
