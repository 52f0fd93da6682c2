import type { Clock } from '../../nodes/shared/sending/waiting';

export interface VirtualClock extends Clock {
	/** Lets time go on whenever everybody is asleep, until `work` settles; rejects when nobody would ever wake. */
	run<Result>(work: Promise<Result>): Promise<Result>;
	/** Time goes on while nobody can wake up, as in a process that is stopped for a while. */
	stall(ms: number): void;
	/** Calls back at that time, before anybody who sleeps until then. */
	at(time: number, action: () => void): void;
}

const MOST_WAKE_UPS = 200_000;

/** A clock that only goes on when everybody sleeps, so that hours pass in no time and every run is the same. */
export function createVirtualClock(startedAt = 0): VirtualClock {
	let now = startedAt;
	const sleepers: Array<{ until: number; wake: () => void }> = [];

	function addSleeper(until: number, wake: () => void): void {
		const after = sleepers.findIndex((sleeper) => sleeper.until > until);
		sleepers.splice(after === -1 ? sleepers.length : after, 0, { until, wake });
	}

	return {
		now: () => now,
		sleep: async (ms) => await new Promise((resolve) => addSleeper(now + Math.max(0, ms), resolve)),
		stall(ms) {
			now += ms;
		},
		at: addSleeper,
		async run(work) {
			let isSettled = false;
			const settle = () => {
				isSettled = true;
			};
			work.then(settle, settle);
			for (let wakeUps = 0; ; wakeUps++) {
				await everybodyIsAsleep();
				if (isSettled) return await work;
				const next = sleepers.shift();
				if (next === undefined) throw new Error('Everybody waits for something that never comes');
				if (wakeUps > MOST_WAKE_UPS) throw new Error('Somebody sleeps again and again');
				now = Math.max(now, next.until);
				next.wake();
			}
		},
	};
}

/** The same clock, whose timers fire early, as Node's do after a busy moment: they count from when it began. */
export function firesEarly(clock: VirtualClock, ms: number): VirtualClock {
	return {
		...clock,
		sleep: async (asked) => await clock.sleep(Math.max(Math.min(asked, 1), asked - ms)),
	};
}

/** All promises that can go on have gone on by then. */
async function everybodyIsAsleep(): Promise<void> {
	await new Promise((resolve) => setImmediate(resolve));
}
