import { type Clock, newSignal, createSlots } from './waiting';
import { createGate, type Gate, type Refused } from './gate';
import type { Place, RateLimiter } from './rateLimiter';

export interface SchedulerSettings {
	/** Most requests in flight at once. */
	concurrency: number;
	/** Most starts per second of an application; 0 means no pace. */
	requestsPerSecond: number;
}

/** What a run shares with others of its process, and how it is cancelled. */
export interface SchedulerContext {
	clock: Clock;
	/** The rate limiter of an application. */
	limiterOf: (app: string) => RateLimiter;
	cancelSignal?: AbortSignal;
}

/** Where a request goes to. */
export interface Destination {
	/** Whose rate limit it counts against. */
	app: string;
	/** Requests of one signer are refused together. */
	signer: string;
}

/** What a reply means for all other requests of its application. */
export interface Effect<Reason> {
	/** Every other request of the same signer would be refused alike. */
	refusal?: Reason;
	/** Too many requests were sent: milliseconds for which none may start. */
	pauseMs?: number;
	/** The server gave an answer of its own, so there is no rate limit now. */
	isServed?: boolean;
}

/**
 * How a request ended that was to be sent:
 *  - `answered`: it was sent, and this came back
 *  - `stopped`: not sent, since the run was halted or cancelled
 *  - `refused`: not sent, since requests of its signer are refused for this reason
 *  - `limited`: not sent, since the rate limit of the application does not lift
 */
export type Sent<Reply, Reason> =
	| { kind: 'answered'; reply: Reply; startedAt: number; endedAt: number }
	| { kind: 'stopped' }
	| { kind: 'limited' }
	| Refused<Reason>;

/** An item's share of the concurrency. It is held while the item works or its request is in flight. */
export interface Slot {
	/** Lets another item work meanwhile. Resolves with undefined when the run is stopped before. */
	rest<T>(waiting: Promise<T>): Promise<T | undefined>;
	/** Rests until that time, or until the run is stopped. */
	restUntil(time: number): Promise<void>;
}

export interface Scheduler<Reason> {
	/** Works through 0 .. count - 1; resolves when all are done. */
	forEach(count: number, work: (index: number, slot: Slot) => Promise<void>): Promise<void>;
	/** Sends one request when concurrency, pace and pauses allow it. The first one of a signer goes alone. */
	request<Reply>(
		to: Destination,
		send: () => Promise<Reply>,
		effectOf: (reply: Reply) => Effect<Reason>,
	): Promise<Sent<Reply, Reason>>;
	/** No further request starts; those in flight finish. */
	halt(): void;
	isStopped(): boolean;
	now(): number;
}

/**
 * Tencent gives up after 3 s (https://cloud.tencent.com/document/product/269/1519), so a request that is still
 * unanswered then no longer counts against the concurrency, up to as many again.
 */
const LATE_AFTER_MS = 3000;
const LOOK_EVERY_MS = 250;

const GIVEN_UP = { kind: 'limited' } as const;

interface InFlight {
	startedAt: number;
	isLate: boolean;
}

/** Decides when the requests of one run start. Knows nothing of what they say. */
export function createScheduler<Reason>(
	settings: SchedulerSettings,
	{ clock, limiterOf, cancelSignal }: SchedulerContext,
): Scheduler<Reason> {
	const slots = createSlots(settings.concurrency);
	const gates = new Map<string, Gate<Reason>>();
	const places = new Map<string, Place>();
	const inFlight = new Set<InFlight>();
	const stop = newSignal();
	let halted = false;
	let isLooking = false;

	const isStopped = () => halted || cancelSignal?.aborted === true;

	function halt(): void {
		halted = true;
		stop.give();
	}

	function gateOf(signer: string): Gate<Reason> {
		const known = gates.get(signer) ?? createGate<Reason>();
		gates.set(signer, known);
		return known;
	}

	function placeOf(app: string): Place {
		const known = places.get(app) ?? limiterOf(app).join(settings.requestsPerSecond);
		places.set(app, known);
		return known;
	}

	/** One timer for all requests in flight; ends with the last of them. */
	async function look(): Promise<void> {
		if (isLooking) return;
		isLooking = true;
		while (inFlight.size > 0) {
			await clock.sleep(LOOK_EVERY_MS);
			const now = clock.now();
			letLateOnesGo(now);
			for (const gate of gates.values()) gate.openWhenSlow(now);
		}
		isLooking = false;
	}

	function letLateOnesGo(now: number): void {
		let late = [...inFlight].filter(({ isLate }) => isLate).length;
		for (const request of inFlight) {
			if (request.isLate || now - request.startedAt < LATE_AFTER_MS) continue;
			if (++late >= settings.concurrency) return;
			request.isLate = true;
			slots.release();
		}
	}

	function newSlot(): Slot {
		const rest: Slot['rest'] = async (waiting) => {
			slots.release();
			const result = await Promise.race([waiting, stop.given.then(() => undefined)]);
			await slots.acquire();
			return result;
		};
		return {
			rest,
			restUntil: async (time) => {
				// A timer may fire a little early, and whoever asks too soon is not told.
				for (let left; (left = time - clock.now()) > 0 && !isStopped();) {
					await rest(clock.sleep(left));
				}
			},
		};
	}

	return {
		async forEach(count, work) {
			cancelSignal?.addEventListener('abort', halt);
			const items: Array<Promise<void>> = [];
			for (let index = 0; index < count; index++) {
				await slots.acquire();
				items.push(work(index, newSlot()).finally(() => slots.release()));
			}
			await Promise.all(items);
			cancelSignal?.removeEventListener('abort', halt);
			for (const place of places.values()) place.leave();
		},

		async request(to, request, effectOf) {
			const gate = gateOf(to.signer);
			const place = placeOf(to.app);
			await gate.pass(stop.given);
			const ended = () => gate.refused() ?? (place.isGivenUp() ? GIVEN_UP : undefined);
			const isOver = () => isStopped() || ended() !== undefined;
			const hasTurn = !isOver() && (await place.turn(isOver));
			// Asked again after the wait: the sending may have ended meanwhile.
			if (!hasTurn || isOver()) {
				gate.noteNothing();
				return ended() ?? { kind: 'stopped' };
			}
			const entry = { startedAt: clock.now(), isLate: false };
			const { startedAt } = entry;
			gate.noteStart(startedAt);
			inFlight.add(entry);
			void look();
			let isAnswered = false;
			try {
				const reply = await request();
				const endedAt = clock.now();
				isAnswered = true;
				const { refusal, isServed, pauseMs } = effectOf(reply);
				if (isServed) place.noteServed();
				if (pauseMs !== undefined) place.noteLimit(pauseMs, startedAt);
				gate.noteReply(refusal);
				return { kind: 'answered', reply, startedAt, endedAt };
			} finally {
				inFlight.delete(entry);
				if (!isAnswered) gate.noteNothing();
				if (entry.isLate) await slots.acquire();
			}
		},

		halt,
		isStopped,
		now: () => clock.now(),
	};
}
