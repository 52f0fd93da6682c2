import { earliestStart, newCell, noteStart, type Cell } from './cell';
import { createLastingLimit } from './lastingLimit';
import type { Clock } from './waiting';

/**
 * When the next request of an application may start, for all runs of this process together. Each run keeps to its own
 * pace, all together keep to the largest of them. The virtual scheduling form of the generic cell rate algorithm
 * (https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm), with a lateness that only waiting earns, not a rest.
 */
export interface RateLimiter {
	/** @param perSecond the run's own pace; 0 means none, until a rate-limit answer shows that there is one */
	join(perSecond: number): Place;
	/** Whether no run has a place: it may be forgotten. */
	isIdle(): boolean;
}

/** The place of one run. */
export interface Place {
	/** Resolves with true when a request may start now, with false when `isStopped` says so meanwhile. */
	turn(isStopped: () => boolean): Promise<boolean>;
	/**
	 * Lets nobody start for `ms`, and halves the pace. Refusals of requests that started before the last slowing
	 * down do not halve it again.
	 */
	slowDown(ms: number, requestStartedAt: number): void;
	/** The same, unless that shows a limit that does not lift: then all runs that have a place are given up. */
	noteLimit(ms: number, requestStartedAt: number): void;
	/** A request got an answer of its own, so there is no rate limit now. */
	noteServed(): void;
	/** Whether the rate limit has proved not to lift since this place was taken; a later run tries anew. */
	isGivenUp(): boolean;
	leave(): void;
}

/** Waits are cut into slices, so that a cancelled run ends within 100 ms. */
const SLICE_MS = 50;
const RECOVERY_STEP_MS = 1000;
const RECOVERY_STEPS_TO_FULL_PACE = 10;
const SLOWEST_PER_SECOND = 1;
/** A refusal early in a run without pace says little about the limit; Tencent's usual one is 200. */
const LEAST_FULL_PACE = 200;

interface Waiter {
	cell: Cell;
	askedAt: number;
	isStopped: () => boolean;
	resolve: (mayStart: boolean) => void;
}

export function createRateLimiter(clock: Clock): RateLimiter {
	const cells = new Set<Cell>();
	let waiting: Waiter[] = [];
	let isHandingOut = false;

	/** All runs together. */
	const whole = newCell(Infinity);
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
	let lastingLimit = createLastingLimit();
	/** How often a limit has proved not to lift. */
	let lastingLimits = 0;

	function fullPace(): number {
		const asked = Math.max(...[...cells].map(({ perSecond }) => perSecond));
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

	/** Of the runs whose own pace allows it, the one that started something longest ago; in a run, who asked first. */
	function longestWaiting(now: number): Waiter | undefined {
		const ready = waiting.filter(({ cell }) => earliestStart(cell) <= now);
		const longestAgo = Math.min(...ready.map(({ cell }) => cell.lastAt));
		return ready.find(({ cell }) => cell.lastAt === longestAgo);
	}

	async function handOut(): Promise<void> {
		if (isHandingOut) return;
		isHandingOut = true;
		while (waiting.length > 0) {
			dismissStopped();
			const now = clock.now();
			const opensAt = openAt(now);
			const next = opensAt > now ? undefined : longestWaiting(now);
			if (next !== undefined) {
				waiting = waiting.filter((waiter) => waiter !== next);
				started++;
				if (whole.perSecond !== Infinity) lastStarts.push(now);
				noteStart(whole, next.askedAt, now);
				noteStart(next.cell, next.askedAt, now);
				next.resolve(true);
			} else if (waiting.length > 0) {
				const first = Math.min(...waiting.map(({ cell }) => earliestStart(cell)));
				await clock.sleep(Math.min(Math.max(opensAt, first) - now, SLICE_MS));
			}
		}
		isHandingOut = false;
	}

	function dismissStopped(): void {
		for (const waiter of waiting) if (waiter.isStopped()) waiter.resolve(false);
		waiting = waiting.filter(({ isStopped }) => !isStopped());
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

	function noteLimit(ms: number, requestStartedAt: number): void {
		if (!lastingLimit.noteRefusal(ms, clock.now())) return slowDown(ms, requestStartedAt);
		lastingLimits++;
	}

	return {
		join(perSecond) {
			if (cells.size === 0) {
				started = 0;
				startedSince = clock.now();
				learned = undefined;
				lastingLimit = createLastingLimit();
			}
			const cell = newCell(perSecond === 0 ? Infinity : perSecond);
			cells.add(cell);
			const lastingLimitsBefore = lastingLimits;
			return {
				turn: async (isStopped) =>
					await new Promise<boolean>((resolve) => {
						waiting.push({ cell, askedAt: clock.now(), isStopped, resolve });
						void handOut();
					}),
				slowDown,
				noteLimit,
				noteServed: () => lastingLimit.noteServed(),
				isGivenUp: () => lastingLimits > lastingLimitsBefore,
				leave: () => {
					cells.delete(cell);
				},
			};
		},
		isIdle: () => cells.size === 0,
	};
}

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
