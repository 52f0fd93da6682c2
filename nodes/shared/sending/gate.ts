import { newSignal } from './waiting';

/** Requests of a signer are not sent any more, since all would be refused alike. */
export interface Refused<Reason> {
	kind: 'refused';
	reason: Reason;
}

/** Lets the requests of one signer through: the first one alone, and none once they are refused alike. */
export interface Gate<Reason> {
	/** Resolves when a request may go on, or when the gate is closed for good or `stopped` resolves. */
	pass(stopped: Promise<void>): Promise<void>;
	/** A request that had passed starts. */
	noteStart(now: number): void;
	/** A request that had passed was not sent, or got nothing back at all. */
	noteNothing(): void;
	/** @param refusal why every other request would be refused alike; the first one counts */
	noteReply(refusal: Reason | undefined): void;
	/** To be called every 25 ms while the first one is unanswered: lets others go when it is slow to be. */
	openWhenSlow(now: number): void;
	refused(): Refused<Reason> | undefined;
	/** Whether nobody waits for a first answer any more. */
	isOpen(): boolean;
}

/**
 * The first request goes alone for so many looks, 150 ms; a slow answer must not hold up all others. Then twice as many
 * may go each time. Not by the clock: in a busy process the answer may be there, and only not be read yet.
 */
const FIRST_ALONE_LOOKS = 6;
/** No more than that before anybody has been answered, since all may be refused alike; until an answer is overdue. */
const MOST_BEFORE_ANSWER = 40;
const OVERDUE_AFTER_MS = 3000;

export function createGate<Reason>(): Gate<Reason> {
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
		async pass(stopped) {
			// Nothing is hung on `stopped` for it, which would be kept until the run ends.
			if (hasAnswered) return;
			let isStopped = false;
			const whenStopped = stopped.then(() => {
				isStopped = true;
			});
			while (!hasAnswered && passed >= allowed && !isStopped) {
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
		noteReply(refusal) {
			hasAnswered = true;
			if (refusal !== undefined) refused ??= { kind: 'refused', reason: refusal };
			tell();
		},
		openWhenSlow(now) {
			if (hasAnswered || firstStartedAt === undefined) return;
			looks += 1;
			if (looks < FIRST_ALONE_LOOKS) return;
			const most = now - firstStartedAt < OVERDUE_AFTER_MS ? MOST_BEFORE_ANSWER : Infinity;
			allowed = Math.min(2 * allowed, most);
			tell();
		},
		refused: () => refused,
		isOpen: () => hasAnswered,
	};
}
