import { LONGEST_PAUSE_MS, newSignal } from './waiting';

/** What a reply means for all other requests of its signer. */
export interface Effect<Reason> {
	/** Every other request would be refused alike. */
	refusal?: Reason;
	/** Too many requests were sent: milliseconds for which none may start. */
	pauseMs?: number;
	/** The server gave an answer of its own, so there is no rate limit now. */
	isServed?: boolean;
}

/** Why requests of a signer are not sent any more: they are refused, or the rate limit does not lift. */
export type Ended<Reason> = { kind: 'refused'; reason: Reason } | { kind: 'limited' };

/** Lets the requests of one signer through: the first one alone, and none once they are refused alike. */
export interface Gate<Reason> {
	/** Resolves when a request may go on, or when the gate is closed for good or `stopped` resolves. */
	pass(stopped: Promise<void>): Promise<void>;
	/** A request that had passed starts. */
	noteStart(now: number): void;
	/** A request that had passed was not sent, or got nothing back at all. */
	noteNothing(): void;
	/** @returns the milliseconds for which no request of the application may start */
	noteReply(effect: Effect<Reason>, now: number): number | undefined;
	/** To be called from time to time: lets others go when the first one is slow to answer. */
	openWhenSlow(now: number): void;
	ended(): Ended<Reason> | undefined;
}

/** The first request goes alone that long; a slow answer must not hold up all others. Then twice as many may go each time. */
const FIRST_ALONE_MS = 750;

/** A rate limit that lasts longer than that, pauses and all, does not lift. */
const LONGEST_LIMIT_MS = 75_000;
const MOST_LIMIT_ANSWERS = 20;
const LEAST_LIMIT_MS = 30_000;

export function createGate<Reason>(): Gate<Reason> {
	/** How many may start before the first answer, and how many have. */
	let allowed = 1;
	let passed = 0;
	let firstStartedAt: number | undefined;
	let hasAnswered = false;
	let changed = newSignal();
	let ended: Ended<Reason> | undefined;
	/** Rate-limit answers with no other answer between. */
	let limit: { since: number; answers: number } | undefined;

	/** Those who wait look again. */
	function tell(): void {
		const { give } = changed;
		changed = newSignal();
		give();
	}

	function doesNotLift(pauseMs: number, now: number): boolean {
		limit = { since: limit?.since ?? now, answers: (limit?.answers ?? 0) + 1 };
		const lastsMs = now - limit.since;
		return (
			pauseMs > LONGEST_PAUSE_MS ||
			lastsMs + pauseMs > LONGEST_LIMIT_MS ||
			(limit.answers >= MOST_LIMIT_ANSWERS && lastsMs >= LEAST_LIMIT_MS)
		);
	}

	return {
		async pass(stopped) {
			let isStopped = false;
			const whenStopped = stopped.then(() => {
				isStopped = true;
			});
			while (!hasAnswered && passed >= allowed && ended === undefined && !isStopped) {
				await Promise.race([changed.given, whenStopped]);
			}
			passed++;
		},
		noteStart(now) {
			firstStartedAt ??= now;
		},
		noteNothing() {
			passed--;
			tell();
		},
		noteReply({ refusal, pauseMs, isServed }, now) {
			hasAnswered = true;
			if (refusal !== undefined) ended ??= { kind: 'refused', reason: refusal };
			if (isServed) limit = undefined;
			const isOver = pauseMs !== undefined && doesNotLift(pauseMs, now);
			if (isOver) ended ??= { kind: 'limited' };
			tell();
			return isOver ? undefined : pauseMs;
		},
		openWhenSlow(now) {
			if (hasAnswered || firstStartedAt === undefined) return;
			if (now - firstStartedAt < FIRST_ALONE_MS) return;
			allowed *= 2;
			tell();
		},
		ended: () => ended,
	};
}
