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
	/** Lets another item work meanwhile. Resolves with undefined when the run is cancelled before. */
	rest<T>(waiting: Promise<T>): Promise<T | undefined>;
	/** Rests until that time, or until the run is halted or cancelled. */
	restUntil(time: number): Promise<void>;
	/** The same before a look, which a halted run still takes. */
	restToLook(time: number): Promise<void>;
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
	/** The same for a request that changes nothing: a halted run still sends it, a cancelled one does not. */
	look<Reply>(
		to: Destination,
		send: () => Promise<Reply>,
		effectOf: (reply: Reply) => Effect<Reason>,
	): Promise<Sent<Reply, Reason>>;
	/** No further request starts but looks; those in flight finish. */
	halt(): void;
	/** Resolves when the run is halted or cancelled. */
	stopped: Promise<void>;
	/** Whether it is halted or cancelled. */
	isStopped(): boolean;
	isCancelled(): boolean;
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
	const cancelled = newSignal();
	let halted = false;
	let isWatching = false;

	const isCancelled = () => cancelSignal?.aborted === true;
	const isStopped = () => halted || isCancelled();

	function halt(): void {
		halted = true;
		stop.give();
	}

	function cancel(): void {
		halt();
		cancelled.give();
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
	async function watch(): Promise<void> {
		if (isWatching) return;
		isWatching = true;
		while (inFlight.size > 0) {
			await clock.sleep(LOOK_EVERY_MS);
			const now = clock.now();
			letLateOnesGo(now);
			for (const gate of gates.values()) gate.openWhenSlow(now);
		}
		isWatching = false;
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
			const result = await Promise.race([waiting, cancelled.given.then(() => undefined)]);
			await slots.acquire();
			return result;
		};
		const restUntil = async (time: number, ended: Promise<void>, isEnded: () => boolean) => {
			// A timer may fire a little early, and whoever asks too soon is not told.
			for (let left; (left = time - clock.now()) > 0 && !isEnded();) {
				await rest(Promise.race([clock.sleep(left), ended]));
			}
		};
		return {
			rest,
			restUntil: async (time) => await restUntil(time, stop.given, isStopped),
			restToLook: async (time) => await restUntil(time, cancelled.given, isCancelled),
		};
	}

	async function send<Reply>(
		{ app, signer }: Destination,
		request: () => Promise<Reply>,
		effectOf: (reply: Reply) => Effect<Reason>,
		ending: { given: Promise<void>; isGiven: () => boolean },
	): Promise<Sent<Reply, Reason>> {
		const gate = gateOf(signer);
		const place = placeOf(app);
		await gate.pass(ending.given);
		const ended = () => gate.refused() ?? (place.isGivenUp() ? GIVEN_UP : undefined);
		const isOver = () => ending.isGiven() || ended() !== undefined;
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
		void watch();
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
	}

	return {
		async forEach(count, work) {
			cancelSignal?.addEventListener('abort', cancel);
			const items: Array<Promise<void>> = [];
			for (let index = 0; index < count; index++) {
				await slots.acquire();
				items.push(work(index, newSlot()).finally(() => slots.release()));
			}
			await Promise.all(items);
			cancelSignal?.removeEventListener('abort', cancel);
			for (const place of places.values()) place.leave();
		},

		request: async (to, request, effectOf) =>
			await send(to, request, effectOf, { given: stop.given, isGiven: isStopped }),
		look: async (to, request, effectOf) =>
			await send(to, request, effectOf, { given: cancelled.given, isGiven: isCancelled }),

		halt,
		stopped: stop.given,
		isStopped,
		isCancelled,
		now: () => clock.now(),
	};
}
