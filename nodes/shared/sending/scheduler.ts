import type { Clock } from './clock';
import type { Place, RateLimiter } from './rateLimiter';
import { createSlots } from './slots';

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

/** What a reply means for all other requests to its destination. */
export interface Effect<Reason> {
	/** Every other request would be refused alike. */
	refusal?: Reason;
	/** Too many requests were sent: milliseconds for which none may start. */
	pauseMs?: number;
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
	| { kind: 'refused'; reason: Reason }
	| { kind: 'limited' };

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

/** The first request of a signer goes alone that long; a slow answer must not hold up all others. */
const FIRST_ALONE_MS = 1000;
/**
 * Tencent gives up after 3 s (https://cloud.tencent.com/document/product/269/1519), so a request that is still
 * unanswered then no longer counts against the concurrency, up to as many again.
 */
const LATE_AFTER_MS = 3000;
const LOOK_EVERY_MS = 250;

/** A rate limit that lasts longer than that does not lift. */
const LONGEST_PAUSE_MS = 60_000;
const LONGEST_LIMIT_MS = 75_000;
const LIMIT_ANSWERS = 20;
const LIMIT_ANSWERS_WITHIN_MS = 30_000;

interface Signer<Reason> {
	/** How many may start before the first answer, and how many have. */
	allowed: number;
	started: number;
	firstStartedAt?: number;
	hasAnswered: boolean;
	/** Given when more may start than before. */
	opened: Signal;
	ended?: Extract<Sent<never, Reason>, { kind: 'refused' | 'limited' }>;
	/** Rate-limit answers with no other answer between. */
	limit?: { since: number; answers: number };
}

interface Signal {
	given: Promise<void>;
	give: () => void;
}

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
	const signers = new Map<string, Signer<Reason>>();
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

	function signerOf(name: string): Signer<Reason> {
		const known = signers.get(name) ?? {
			allowed: 1,
			started: 0,
			hasAnswered: false,
			opened: newSignal(),
		};
		signers.set(name, known);
		return known;
	}

	function placeOf(app: string): Place {
		const known = places.get(app) ?? limiterOf(app).join(settings.requestsPerSecond);
		places.set(app, known);
		return known;
	}

	/** Tells those who wait that something has changed. */
	function open(signer: Signer<Reason>, change: Partial<Signer<Reason>>): void {
		const { opened } = signer;
		Object.assign(signer, change, { opened: newSignal() });
		opened.give();
	}

	/** Resolves when the request may start, or will not. */
	async function mayStart(signer: Signer<Reason>): Promise<void> {
		const mustWait = () => !signer.hasAnswered && signer.started >= signer.allowed;
		while (mustWait() && signer.ended === undefined && !isStopped()) {
			await Promise.race([signer.opened.given, stop.given]);
		}
		signer.started++;
	}

	function note(signer: Signer<Reason>, place: Place, effect: Effect<Reason>, startedAt: number) {
		const { refusal, pauseMs } = effect;
		if (refusal !== undefined) signer.ended ??= { kind: 'refused', reason: refusal };
		if (pauseMs === undefined) {
			signer.limit = undefined;
			return;
		}
		const now = clock.now();
		const { since, answers } = signer.limit ?? { since: now, answers: 0 };
		signer.limit = { since, answers: answers + 1 };
		const doesNotLift =
			pauseMs > LONGEST_PAUSE_MS ||
			now + pauseMs - since > LONGEST_LIMIT_MS ||
			(answers + 1 >= LIMIT_ANSWERS && now - since >= LIMIT_ANSWERS_WITHIN_MS);
		if (doesNotLift) signer.ended ??= { kind: 'limited' };
		else place.slowDown(pauseMs, startedAt);
	}

	/** One timer for all requests in flight; ends with the last of them. */
	async function look(): Promise<void> {
		if (isLooking) return;
		isLooking = true;
		while (inFlight.size > 0) {
			await clock.sleep(LOOK_EVERY_MS);
			const now = clock.now();
			letLateOnesGo(now);
			for (const signer of signers.values()) {
				const { hasAnswered, firstStartedAt } = signer;
				if (hasAnswered || now - (firstStartedAt ?? now) < FIRST_ALONE_MS) continue;
				open(signer, { allowed: signer.allowed * 2 });
			}
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
			const signer = signerOf(to.signer);
			const place = placeOf(to.app);
			await mayStart(signer);
			const isOver = () => isStopped() || signer.ended !== undefined;
			const hasTurn = !isOver() && (await place.turn(isOver));
			// Asked again after the wait: the destination may have been ended meanwhile.
			if (!hasTurn || isOver()) {
				open(signer, { started: signer.started - 1 });
				return signer.ended ?? { kind: 'stopped' };
			}
			const entry = { startedAt: clock.now(), isLate: false };
			signer.firstStartedAt ??= entry.startedAt;
			inFlight.add(entry);
			void look();
			let hasAnswered = false;
			try {
				const reply = await request();
				const endedAt = clock.now();
				hasAnswered = true;
				note(signer, place, effectOf(reply), entry.startedAt);
				return { kind: 'answered', reply, startedAt: entry.startedAt, endedAt };
			} finally {
				inFlight.delete(entry);
				if (!hasAnswered) open(signer, { started: signer.started - 1 });
				else if (!signer.hasAnswered) open(signer, { hasAnswered });
				if (entry.isLate) await slots.acquire();
			}
		},

		halt,
		isStopped,
		now: () => clock.now(),
	};
}

function newSignal(): Signal {
	let give = () => {};
	const given = new Promise<void>((resolve) => {
		give = resolve;
	});
	return { given, give };
}
