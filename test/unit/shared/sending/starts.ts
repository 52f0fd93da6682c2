import type { Clock } from '../../../../nodes/shared/sending/waiting';
import { createRateLimiter } from '../../../../nodes/shared/sending/rateLimiter';
import type { VirtualClock } from '../../virtualClock';

/** The place of a run that is alone with its application. */
export interface Pace {
	turn(): Promise<boolean>;
	slowDown(ms: number, requestStartedAt: number): void;
}

export function createPace(perSecond: number, clock: Clock, isStopped: () => boolean): Pace {
	const place = createRateLimiter(clock).join(perSecond);
	return { turn: async () => await place.turn(isStopped), slowDown: place.slowDown };
}

/** Takes turns one after the other, as often as asked, or until the pace says stop; gives the time of each. */
export async function takeTurns(pace: Pace, clock: VirtualClock, count: number): Promise<number[]> {
	const starts: number[] = [];
	const work = async () => {
		while (starts.length < count && (await pace.turn())) starts.push(clock.now());
	};
	await clock.run(work());
	return starts;
}
export function gapsOf(starts: number[]): number[] {
	return starts.slice(1).map((start, i) => start - starts[i]);
}

/** The most starts in any second that begins with a start, both ends counted. */
export function mostInASecond(starts: number[]): number {
	let most = 0;
	let from = 0;
	starts.forEach((start, i) => {
		while (starts[from] < start - 1000) from++;
		most = Math.max(most, i - from + 1);
	});
	return most;
}

/** How many starts fall into each second from `from` on. */
export function perSecond(starts: number[], from: number, seconds: number): number[] {
	return Array.from(
		{ length: seconds },
		(_, s) =>
			starts.filter((start) => start >= from + s * 1000 && start < from + (s + 1) * 1000).length,
	);
}
