import { createCircuitBreaker, type CircuitBreaker, type Opened } from './circuitBreaker';
import { createRateLimiter, type PacedRun, type RateLimiter } from './rateLimiter';
import { createSemaphore, newSignal, type Clock, type Signal } from './waiting';

interface SchedulerSettings {
	/** Most requests in flight at once. */
	concurrency: number;
	/** Most starts per second of an application; 0 means no pace. */
	requestsPerSecond: number;
}

/** What a run shares with others of its process, and how it is cancelled. */
interface SchedulerContext<Reason> {
	clock: Clock;
	applicationOf: (name: string) => Application<Reason>;
	cancelSignal?: AbortSignal;
}

/** Where a request goes to. */
export interface Destination {
	/** The application whose rate limit it counts against. */
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
 *  - `opened`: not sent, since the circuit breaker of the application has opened
 */
export type Sent<Reply, Reason> =
	| { kind: 'answered'; reply: Reply; startedAt: number; endedAt: number }
	| { kind: 'stopped' }
	| { kind: 'opened'; why: Opened<Reason> }
	| Refused<Reason>;

/** An item's share of the concurrency. It is held while the item works or its request is in flight. */
export interface Slot {
	/** Lets another item work meanwhile. Resolves with undefined when `until` is given before. */
	rest<T>(waiting: Promise<T>, until: Signal): Promise<T | undefined>;
	/** Rests until that time, or until `until` is given. */
	restUntil(time: number, until: Signal): Promise<void>;
}

export interface Scheduler<Reason> {
	/** Works through 0 .. count - 1; resolves when all are done. */
	forEach(count: number, work: (index: number, slot: Slot) => Promise<void>): Promise<void>;
	/**
	 * Sends one request when concurrency, pace and pauses allow it. The first one of a signer goes alone.
	 * @param until `halted` for what changes something, `cancelled` for what finds out how it ended
	 */
	request<Reply>(
		to: Destination,
		send: () => Promise<Reply>,
		effectOf: (reply: Reply) => Effect<Reason>,
		until: Signal,
	): Promise<Sent<Reply, Reason>>;
	/**
	 * One piece of work has ended.
	 * @param nothing why the server did nothing for it; undefined when it did something
	 */
	noteWork(to: Destination, nothing: Reason | undefined, begunAt: number): void;
	/** Nothing new starts; what is in flight finishes, and what became of it may be found out. */
	halt(): void;
	halted: Signal;
	/** The execution was cancelled: nothing starts any more. */
	cancelled: Signal;
	/** To be called when nothing is sent any more. */
	close(): void;
	now(): number;
}

/**
 * Tencent gives up after 3 s (https://cloud.tencent.com/document/product/269/1519), so a request that is still
 * unanswered then no longer counts against the concurrency, up to as many again.
 */
const LATE_AFTER_MS = 3000;
const LOOK_EVERY_MS = 250;
/** As long as a first request is unanswered, which holds up all others. */
const LOOK_SOON_MS = 25;
/** Rests are cut into slices, so that no timer outlives a run for longer. */
const SLICE_MS = 5000;

interface InFlight {
	startedAt: number;
	isLate: boolean;
}

interface Joined<Reason> extends PacedRun {
	breaker: CircuitBreaker<Reason>;
	opened: () => Opened<Reason> | undefined;
}

/** Decides when the requests of one run start. Knows nothing of what they say. */
export function createScheduler<Reason>(
	settings: SchedulerSettings,
	{ clock, applicationOf, cancelSignal }: SchedulerContext<Reason>,
): Scheduler<Reason> {
	const slots = createSemaphore(settings.concurrency);
	const gates = new Map<string, Gate<Reason>>();
	const joined = new Map<string, Joined<Reason>>();
	const inFlight = new Set<InFlight>();
	const halted = newSignal();
	const cancelled = newSignal();
	let isLooking = false;

	function cancel(): void {
		cancelled.give();
		halted.give();
	}
	cancelSignal?.addEventListener('abort', cancel);
	if (cancelSignal?.aborted) cancel();

	function gateOf(signer: string): Gate<Reason> {
		const known = gates.get(signer) ?? createGate<Reason>();
		gates.set(signer, known);
		return known;
	}

	function joinedTo(app: string): Joined<Reason> {
		const known = joined.get(app);
		if (known !== undefined) return known;
		const { limiter, breaker } = applicationOf(app);
		const paced = limiter.join(settings.requestsPerSecond);
		const own = { ...paced, breaker, opened: breaker.watch() };
		joined.set(app, own);
		return own;
	}

	/** One timer for all requests in flight; ends with the last of them. */
	async function look(): Promise<void> {
		if (isLooking) return;
		isLooking = true;
		while (inFlight.size > 0) {
			const isAnyAlone = [...gates.values()].some((gate) => !gate.isOpen());
			await clock.sleep(isAnyAlone ? LOOK_SOON_MS : LOOK_EVERY_MS);
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

	const slot: Slot = {
		async rest(waiting, until) {
			slots.release();
			const result = await Promise.race([waiting, until.given.then(() => undefined)]);
			await slots.acquire();
			return result;
		},
		async restUntil(time, until) {
			if (time <= clock.now() || until.isGiven()) return;
			const sleeping = async () => {
				// A timer may fire a little early, and whoever asks too soon is not told.
				for (let left; (left = time - clock.now()) > 0 && !until.isGiven();) {
					await clock.sleep(Math.min(left, SLICE_MS));
				}
			};
			await slot.rest(sleeping(), until);
		},
	};

	return {
		async forEach(count, work) {
			const items: Array<Promise<void>> = [];
			for (let index = 0; index < count; index++) {
				await slots.acquire();
				items.push(work(index, slot).finally(() => slots.release()));
			}
			await Promise.all(items);
		},

		async request(to, request, effectOf, until) {
			const gate = gateOf(to.signer);
			const run = joinedTo(to.app);
			await gate.pass(until);
			const ended = (): Exclude<Sent<never, Reason>, { kind: 'answered' }> | undefined => {
				const why = run.opened();
				return gate.refused() ?? (why && { kind: 'opened', why });
			};
			const isOver = () => until.isGiven() || ended() !== undefined;
			const hasTurn = !isOver() && (await run.turn(isOver));
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
				if (isServed) run.breaker.noteServed();
				const liftsLater = pauseMs !== undefined && !run.breaker.noteLimit(pauseMs);
				if (liftsLater) run.slowDown(pauseMs, startedAt);
				gate.noteReply(refusal);
				return { kind: 'answered', reply, startedAt, endedAt };
			} finally {
				inFlight.delete(entry);
				if (!isAnswered) gate.noteNothing();
				if (entry.isLate) await slots.acquire();
			}
		},

		noteWork: (to, nothing, begunAt) => applicationOf(to.app).breaker.noteWork(nothing, begunAt),
		halt: () => halted.give(),
		halted,
		cancelled,
		close() {
			cancelSignal?.removeEventListener('abort', cancel);
			for (const run of joined.values()) run.leave();
			joined.clear();
		},
		now: () => clock.now(),
	};
}

/** Requests of a signer are not sent any more, since all would be refused alike. */
interface Refused<Reason> {
	kind: 'refused';
	reason: Reason;
}

/**
 * The first request goes alone for so many looks, 150 ms; a slow answer must not hold up all others. Then twice as many
 * may go each time. Not by the clock: in a busy process the answer may be there, and only not be read yet.
 */
const FIRST_ALONE_LOOKS = 6;
/** No more than that before anybody has been answered, since all may be refused alike; until an answer is overdue. */
const MOST_BEFORE_ANSWER = 40;
const OVERDUE_AFTER_MS = 3000;

type Gate<Reason> = ReturnType<typeof createGate<Reason>>;

/** Lets the requests of one signer through: the first one alone, and none once they are refused alike. */
function createGate<Reason>() {
	/** How many may start before the first answer, and how many have. */
	let allowed = 1;
	let passed = 0;
	let firstStartedAt: number | undefined;
	let looks = 0;
	let hasAnswered = false;
	let changed = newSignal();
	let refused: Refused<Reason> | undefined;

	/** Those who wait look again. */
	function tell(): void {
		const { give } = changed;
		changed = newSignal();
		give();
	}

	return {
		/** Resolves when a request may go on, or when there is no use in waiting. */
		async pass(until: Signal): Promise<void> {
			if (hasAnswered) return;
			while (!hasAnswered && passed >= allowed && !until.isGiven()) {
				await Promise.race([changed.given, until.given]);
			}
			passed++;
		},
		/** A request that had passed starts. */
		noteStart(now: number): void {
			firstStartedAt ??= now;
		},
		/** A request that had passed was not sent, or got nothing back at all. */
		noteNothing(): void {
			passed--;
			tell();
		},
		/** @param refusal why every other request would be refused alike; the first one counts */
		noteReply(refusal: Reason | undefined): void {
			hasAnswered = true;
			if (refusal !== undefined) refused ??= { kind: 'refused', reason: refusal };
			tell();
		},
		/** To be called every 25 ms while the first one is unanswered: lets others go when it is slow to be. */
		openWhenSlow(now: number): void {
			if (hasAnswered || firstStartedAt === undefined) return;
			looks += 1;
			if (looks < FIRST_ALONE_LOOKS) return;
			const most = now - firstStartedAt < OVERDUE_AFTER_MS ? MOST_BEFORE_ANSWER : Infinity;
			allowed = Math.min(2 * allowed, most);
			tell();
		},
		refused: () => refused,
		/** Whether nobody waits for a first answer any more. */
		isOpen: () => hasAnswered,
	};
}

/** What all runs of one application share in this process, since Tencent counts the requests of an application. */
interface Application<Reason> {
	limiter: RateLimiter;
	breaker: CircuitBreaker<Reason>;
}

const MOST_KEPT = 100;

/** Gives the application of a name; one for all runs of the process. */
export function createApplications<Reason>(clock: Clock): (name: string) => Application<Reason> {
	const kept = new Map<string, Application<Reason>>();
	return (name) => {
		const known = kept.get(name) ?? {
			limiter: createRateLimiter(clock),
			breaker: createCircuitBreaker<Reason>(clock),
		};
		// The one used last stands last, so that the longest unused are forgotten.
		kept.delete(name);
		kept.set(name, known);
		for (const [oldest, { limiter }] of kept) {
			if (kept.size <= MOST_KEPT) break;
			if (limiter.isIdle() && oldest !== name) kept.delete(oldest);
		}
		if (known.limiter.isIdle()) known.breaker.reset();
		return known;
	};
}
