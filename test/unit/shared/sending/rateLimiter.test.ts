import fc from 'fast-check';

import type { Clock } from '../../../../nodes/shared/sending/waiting';
import { createRateLimiter } from '../../../../nodes/shared/sending/rateLimiter';
import { createVirtualClock } from '../../virtualClock';
import { gapsOf, mostInASecond, perSecond } from './starts';

const NEVER = () => false;
const START = 1_700_000_000_000;

/** A run that is alone with its application, on a clock of its own, which its timers may follow badly. */
function paced(rate: number, isStopped = NEVER, timersOf: (clock: Clock) => Clock = (own) => own) {
	const clock = createVirtualClock(START);
	const timers = timersOf(clock);
	const place = createRateLimiter(timers).join(rate);
	const pace = { turn: async () => await place.turn(isStopped), slowDown: place.slowDown };
	/** Takes turns one after the other, as often as asked, or until the pace says stop; gives the time of each. */
	async function take(count: number): Promise<number[]> {
		const starts: number[] = [];
		const work = async () => {
			while (starts.length < count && (await pace.turn())) starts.push(timers.now());
		};
		await clock.run(work());
		return starts;
	}
	return { clock, pace, take };
}

describe('the pace', () => {
	test.each([1, 10, 100, 190, 333])('%d per second are started a gap apart', async (rate) => {
		const { take } = paced(rate);
		const starts = await take(300);
		expect(starts[0]).toBe(START);
		const [first, ...others] = gapsOf(starts);
		// What a late timer may catch up with is there from the start.
		expect(first).toBeGreaterThanOrEqual(1000 / rate - 3);
		for (const gap of others) expect(gap).toBeCloseTo(1000 / rate, 2);
	});

	test('a pace of 0 holds nobody back', async () => {
		const { take } = paced(0);
		const starts = await take(300);
		expect(new Set(starts)).toEqual(new Set([START]));
	});

	test('holds for all who wait at once', async () => {
		const { clock, pace } = paced(100);
		const starts: number[] = [];
		const start = async () => {
			await pace.turn();
			starts.push(clock.now());
		};
		await clock.run(Promise.all(Array.from({ length: 50 }, start)));
		for (const gap of gapsOf(starts).slice(1)) expect(gap).toBeCloseTo(10, 2);
		expect(starts).toHaveLength(50);
	});

	test('lets those start first who asked first, also when another comes just as a turn is free', async () => {
		const { clock, pace } = paced(10);
		await clock.run(pace.turn());
		const started: string[] = [];
		const start = async (name: string) => {
			await pace.turn();
			started.push(name);
		};
		const late: Array<Promise<void>> = [];
		for (let ms = 1; ms <= 150; ms++) clock.at(START + ms, () => late.push(start(`late ${ms}`)));
		await clock.run(Promise.all([start('a'), start('b'), clock.sleep(200)]));
		await clock.run(Promise.all(late));
		expect(started.slice(0, 4)).toEqual(['a', 'b', 'late 1', 'late 2']);
	});

	test('is reached with the timers of a real machine, which count whole milliseconds and are late', async () => {
		const { take } = paced(190, NEVER, (clock) => ({
			now: () => Math.floor(clock.now()),
			sleep: async (ms) => await clock.sleep(Math.max(1, Math.floor(ms)) + 0.7),
		}));
		const starts = await take(1901);
		const seconds = (starts[1900] - starts[0]) / 1000;
		expect(seconds).toBeGreaterThanOrEqual(9.99);
		expect(seconds).toBeLessThan(10.3);
	});

	test('is reached by a process that is busy for 50 ms every second, without a burst', async () => {
		const { clock, take } = paced(190);
		for (let s = 1; s <= 12; s++) clock.at(START + s * 1000 - 300, () => clock.stall(50));
		const starts = await take(1901);
		expect((starts[1900] - starts[0]) / 1000).toBeLessThan(10.1);
		expect(mostInASecond(starts)).toBeLessThanOrEqual(191);
		expect(Math.min(...gapsOf(starts))).toBeGreaterThanOrEqual(1000 / 190 / 2 - 0.001);
	});

	test('however late timers are and however long the process stalls: a gap between starts, and at most one start more than the rate in any second', async () => {
		const rates = fc.oneof(fc.constant(190), fc.integer({ min: 1, max: 500 }));
		const delay = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 2000, noNaN: true }));
		const delays = fc.array(delay, { minLength: 1, maxLength: 30 });
		await fc.assert(
			fc.asyncProperty(rates, delays, fc.boolean(), async (rate, lateBy, wholeMs) => {
				let naps = 0;
				const { take } = paced(rate, NEVER, (clock) => ({
					now: () => (wholeMs ? Math.floor(clock.now()) : clock.now()),
					sleep: async (ms) => await clock.sleep(ms + lateBy[naps++ % lateBy.length]),
				}));
				const starts = await take(Math.min(300, 2 * rate + 20));
				expect(mostInASecond(starts)).toBeLessThanOrEqual(rate + 1);
				const gap = 1000 / rate;
				const least = gap - Math.min(gap / 2, 3);
				expect(Math.min(...gapsOf(starts))).toBeGreaterThanOrEqual(least - 0.001);
			}),
			{ numRuns: 60 },
		);
	});

	test('after a stall there is no burst: the time that was lost stays lost', async () => {
		const { clock, take } = paced(100);
		clock.at(START + 500, () => clock.stall(10_000));
		const starts = await take(200);
		expect(Math.max(...gapsOf(starts))).toBeGreaterThan(9000);
		const after = starts.filter((start) => start >= START + 10_500);
		expect(after.length).toBeGreaterThan(100);
		expect(mostInASecond(after)).toBeLessThanOrEqual(101);
		expect(Math.min(...gapsOf(after))).toBeGreaterThanOrEqual(7);
		// No more than a tenth of a second is made up for, or starts would come in bunches with rests between.
		expect(Math.max(...gapsOf(after))).toBeLessThanOrEqual(111);
	});

	test('who comes after a long rest starts at once, and earns no burst by it', async () => {
		const { clock, take } = paced(10);
		await take(1);
		await clock.run(clock.sleep(60_000));
		const starts = await take(5);
		expect(starts[0]).toBe(START + 60_000);
		expect(gapsOf(starts)[0]).toBeGreaterThanOrEqual(97);
		expect(starts[4] - starts[0]).toBeGreaterThanOrEqual(397);
	});
});

describe('a rate-limit answer', () => {
	test('lets nobody start for as long as it says', async () => {
		const { pace, take } = paced(100);
		pace.slowDown(7000, START);
		const starts = await take(3);
		expect(starts[0]).toBe(START + 7000);
	});

	test('holds those who wait already', async () => {
		const { clock, pace, take } = paced(10);
		clock.at(START + 250, () => pace.slowDown(5000, START + 200));
		const starts = await take(6);
		expect(starts[2]).toBeLessThan(START + 250);
		expect(starts[3]).toBe(START + 5250);
	});

	test('halves the pace, which recovers by a tenth of the whole each second after the pause', async () => {
		const { pace, take } = paced(100);
		pace.slowDown(3000, START);
		const starts = await take(700);
		const counts = perSecond(starts, START + 3000, 8);
		const expected = [50, 60, 70, 80, 90, 100, 100, 100];
		counts.forEach((count, s) => expect(Math.abs(count - expected[s])).toBeLessThanOrEqual(2));
	});

	test('never makes the pace faster than it was set, however long the run goes on', async () => {
		const { pace, take } = paced(20);
		pace.slowDown(100, START);
		const starts = await take(600);
		expect(mostInASecond(starts)).toBeLessThanOrEqual(21);
	});

	test('counts once for all requests that were under way when it came', async () => {
		const { clock, pace, take } = paced(100);
		await take(50);
		const slowedAt = clock.now();
		// Fifty requests were in flight; all of them are refused.
		for (let i = 0; i < 50; i++) pace.slowDown(1000, START + i * 9);
		const starts = await take(30);
		expect(gapsOf(starts)[1]).toBeCloseTo(20, 2);
		expect(starts[0]).toBe(slowedAt + 1000);
	});

	test('counts again when a request is refused that was started at the slower pace', async () => {
		const { pace, take } = paced(100);
		pace.slowDown(500, START);
		const [startedSlower] = await take(1);
		pace.slowDown(500, startedSlower);
		const starts = await take(3);
		expect(gapsOf(starts)[1]).toBeCloseTo(40, 2);
	});

	test('with a shorter pause does not cut a longer one short', async () => {
		const { pace, take } = paced(100);
		pace.slowDown(9000, START);
		pace.slowDown(1000, START - 1);
		expect(await take(1)).toEqual([START + 9000]);
	});

	test('again and again leaves one start per second at least', async () => {
		const { pace, take } = paced(100);
		for (let i = 0; i < 30; i++) pace.slowDown(0, START + i);
		const starts = await take(5);
		expect(Math.max(...gapsOf(starts))).toBeLessThanOrEqual(1000);
		expect(gapsOf(starts)[0]).toBeGreaterThan(990);
	});

	test('shows that there is a limit when no pace is set: half of what went before is the pace then, and it recovers to the usual limit of Tencent', async () => {
		const { clock, pace, take } = paced(0);
		await take(200);
		await clock.run(clock.sleep(2000));
		pace.slowDown(1000, START);
		const starts = await take(2000);
		expect(gapsOf(starts)[1]).toBeCloseTo(20, 2);
		expect(mostInASecond(starts)).toBeGreaterThan(190);
		expect(mostInASecond(starts)).toBeLessThanOrEqual(201);
	});

	test('on the very first request of a run without a pace does not leave the run at one start per second', async () => {
		const { pace, take } = paced(0);
		await take(1);
		pace.slowDown(1000, START);
		const starts = await take(2000);
		expect(starts[1999] - starts[0]).toBeLessThan(20_000);
	});
});

describe('a run that is stopped', () => {
	test('ends the wait of everybody within 100 ms, and nobody starts', async () => {
		let isStopped = false;
		const { clock, pace, take } = paced(1, () => isStopped);
		await take(1);
		pace.slowDown(60_000, START);
		clock.at(START + 5000, () => {
			isStopped = true;
		});
		const turns = await clock.run(
			Promise.all(Array.from({ length: 20 }, async () => await pace.turn())),
		);
		expect(turns).toEqual(Array.from({ length: 20 }, () => false));
		expect(clock.now()).toBeLessThanOrEqual(START + 5100);
	});

	test('starts nobody, even when the turn is free', async () => {
		const { clock, pace } = paced(0, () => true);
		expect(await clock.run(pace.turn())).toBe(false);
	});
});

test('a run that leaves lets go whoever waits in it, and nobody of another run', async () => {
	const clock = createVirtualClock(START);
	const limiter = createRateLimiter(clock);
	const [leaving, staying] = [limiter.join(1), limiter.join(1)];
	const turns = [leaving, leaving, staying, staying].map(async ({ turn }) => await turn(NEVER));
	clock.at(START + 500, () => leaving.leave());
	expect(await clock.run(Promise.all(turns))).toEqual([true, false, true, true]);
});

describe('runs of one application', () => {
	test('keep to the largest pace together, and each has its share: who has waited longest goes first', async () => {
		const clock = createVirtualClock(START);
		const limiter = createRateLimiter(clock);
		const started: string[] = [];
		const work = async (name: string, perSecond: number, count: number) => {
			const { turn } = limiter.join(perSecond);
			await Promise.all(
				Array.from({ length: count }, async () => {
					if (await turn(NEVER)) started.push(name);
				}),
			);
		};
		// The newcomer waits behind who has waited longer, and then they take turns.
		clock.at(START + 1000, () => void work('new', 10, 100));
		await clock.run(Promise.all([work('old', 10, 30), clock.sleep(3000)]));
		expect(clock.now() - START).toBeGreaterThanOrEqual((started.length - 2) * 100);
		expect(started.slice(10, 20).join()).toBe('old,old,new,old,new,old,new,old,new,old');
	});

	test('are rejected, not left waiting for ever, when something breaks while turns are handed out; later ones have theirs', async () => {
		const { clock, pace, take } = paced(10);
		await take(1);
		const breaks = jest.spyOn(clock, 'sleep').mockRejectedValueOnce(new Error('a defect'));
		const turns = await Promise.allSettled([pace.turn(), pace.turn()]);
		expect(turns.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
		breaks.mockRestore();
		expect(await clock.run(pace.turn())).toBe(true);
	});
});
