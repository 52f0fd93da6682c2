import fc from 'fast-check';

import { createRateLimiters } from '../../../../nodes/shared/sending/rateLimiter';
import { createVirtualClock, firesEarly } from '../../virtualClock';
import { createBench, noEffect, START, to } from './schedulerBench';
import { mostInASecond } from './starts';

describe('working through a batch', () => {
	test('does every piece of work once, in order, and no more than allowed at once', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 60 }),
				fc.integer({ min: 1, max: 12 }),
				fc.constantFrom(0, 5, 50, 190),
				async (durations, concurrency, requestsPerSecond) => {
					const { clock: ownClock, scheduler } = createBench({ concurrency, requestsPerSecond });
					const begun: number[] = [];
					const starts: number[] = [];
					const startsOf = new Map<number, number[]>([0, 1, 2].map((app) => [app, []]));
					let working = 0;
					let inFlight = 0;
					let mostInFlight = 0;
					await ownClock.run(
						scheduler.forEach(durations.length, async (i) => {
							begun.push(i);
							working++;
							expect(working).toBeLessThanOrEqual(concurrency);
							// Two requests one after the other, as a retry or a session read is.
							for (const ms of [durations[i], 10]) {
								await scheduler.request(
									to(`app ${i % 3}`),
									async () => {
										starts.push(ownClock.now());
										startsOf.get(i % 3)?.push(ownClock.now());
										mostInFlight = Math.max(mostInFlight, ++inFlight);
										await ownClock.sleep(ms);
										inFlight--;
									},
									noEffect,
								);
							}
							working--;
						}),
					);
					expect(begun).toEqual(durations.map((_, i) => i));
					expect(starts).toHaveLength(2 * durations.length);
					expect(mostInFlight).toBeLessThanOrEqual(concurrency);
					expect(working).toBe(0);
					if (requestsPerSecond > 0) {
						for (const ofApp of startsOf.values()) {
							expect(mostInASecond(ofApp)).toBeLessThanOrEqual(requestsPerSecond + 1);
						}
					}
				},
			),
			{ numRuns: 80 },
		);
	});

	test('uses as many at once as it may', async () => {
		const { clock, scheduler } = createBench({ concurrency: 4 });
		let working = 0;
		let most = 0;
		await clock.run(
			scheduler.forEach(20, async () => {
				most = Math.max(most, ++working);
				await clock.sleep(10);
				working--;
			}),
		);
		expect(most).toBe(4);
		expect(clock.now()).toBe(START + 50);
	});

	test('of nothing ends at once', async () => {
		const { clock, scheduler } = createBench();
		await clock.run(scheduler.forEach(0, async () => await clock.sleep(1000)));
		expect(clock.now()).toBe(START);
	});

	test('keeps the pace for retries and session reads too, since every request takes its turn', async () => {
		const { clock, scheduler, log, send } = createBench({
			concurrency: 50,
			requestsPerSecond: 100,
		});
		await clock.run(
			scheduler.forEach(50, async (i) => {
				for (let tries = 0; tries < 4; tries++) await send(`${i}`, { ms: 1 });
			}),
		);
		const starts = log.map(({ startedAt }) => startedAt);
		expect(starts).toHaveLength(200);
		expect(mostInASecond(starts)).toBeLessThanOrEqual(101);
		expect(starts[199] - starts[0]).toBeLessThan(2100);
	});
});

test('an answer comes with the times it was sent and received', async () => {
	const { clock, send } = createBench({ concurrency: 1, requestsPerSecond: 10 });
	await clock.run(send('first', { ms: 0 }));
	expect(await clock.run(send('a', { ms: 40 }))).toEqual({
		kind: 'answered',
		reply: 'a',
		startedAt: START + 100,
		endedAt: START + 140,
	});
});

describe('an item that rests', () => {
	test.each([0.4, 1, 7])(
		'never goes on before its time, also when timers fire %d ms early',
		async (early) => {
			const clock = firesEarly(createVirtualClock(START), early);
			const { scheduler } = createBench({ clock });
			await clock.run(scheduler.forEach(1, async (_, slot) => await slot.restUntil(START + 3500)));
			expect(clock.now()).toBeGreaterThanOrEqual(START + 3500);
			expect(clock.now()).toBeLessThan(START + 3510);
		},
	);

	test('until a time goes on at that time, to the millisecond', async () => {
		const { clock, scheduler } = createBench();
		await clock.run(scheduler.forEach(1, async (_, slot) => await slot.restUntil(START + 3517)));
		expect(clock.now()).toBe(START + 3517);
	});

	test('until a time that is past goes on at once', async () => {
		const { clock, scheduler } = createBench();
		await clock.run(scheduler.forEach(1, async (_, slot) => await slot.restUntil(START - 1)));
		expect(clock.now()).toBe(START);
	});

	test('goes on at once when the run is halted, but not before a look; when it is cancelled, also then, and is told so', async () => {
		const { clock, scheduler, cancel } = createBench();
		const rests: unknown[] = [];
		clock.at(START + 1234, scheduler.halt);
		clock.at(START + 2345, cancel);
		await clock.run(
			scheduler.forEach(1, async (_, slot) => {
				await slot.restUntil(START + 60_000);
				rests.push(clock.now() - START);
				await slot.restToLook(START + 60_000);
				rests.push(clock.now() - START);
				rests.push(await slot.rest(new Promise(() => {})));
			}),
		);
		expect(rests).toEqual([1234, 2345, undefined]);
	});

	test('holds up nobody: the others work meanwhile, with all the places there are', async () => {
		const { clock, scheduler, send, log } = createBench({ concurrency: 2 });
		await clock.run(
			scheduler.forEach(42, async (i, slot) => {
				if (i < 2) await slot.restUntil(START + 30_000);
				await send(`${i}`, { ms: 10 });
			}),
		);
		const others = log.filter(({ name }) => Number(name) >= 2);
		expect(others).toHaveLength(40);
		// The first goes alone, 39 others two by two.
		expect(Math.max(...others.map(({ endedAt }) => endedAt))).toBe(START + 10 + 20 * 10);
	});

	test('works again only when there is a place', async () => {
		const { clock, scheduler } = createBench({ concurrency: 2 });
		let working = 0;
		let most = 0;
		await clock.run(
			scheduler.forEach(30, async (_, slot) => {
				for (let step = 0; step < 3; step++) {
					most = Math.max(most, ++working);
					await clock.sleep(7);
					working--;
					await slot.restUntil(clock.now() + 5);
				}
			}),
		);
		expect(most).toBe(2);
	});
});

describe('requests that Desk leaves unanswered', () => {
	test('count against the concurrency for 3 s only, so that they do not hold up all others', async () => {
		const { clock, scheduler, send, log } = createBench({ concurrency: 10 });
		await clock.run(
			scheduler.forEach(110, async (i) => {
				await send(`${i}`, { ms: i >= 1 && i <= 10 ? 10_000 : 10 });
			}),
		);
		const healthy = log.filter(({ name }) => Number(name) > 10);
		expect(Math.max(...healthy.map(({ endedAt }) => endedAt))).toBeLessThan(START + 4000);
	});

	test('are never more than as many again', async () => {
		const { clock, scheduler } = createBench({ concurrency: 5 });
		let inFlight = 0;
		let most = 0;
		await clock.run(
			scheduler.forEach(60, async (i) => {
				const hang = async () => {
					most = Math.max(most, ++inFlight);
					await clock.sleep(i === 0 ? 1 : 60_000);
					inFlight--;
				};
				await scheduler.request(to('app'), hang, noEffect);
			}),
		);
		expect(most).toBe(9);
	});

	test('hold back the next one when only one may be under way at all', async () => {
		const { clock, scheduler, send, starts } = createBench({ concurrency: 1 });
		await clock.run(
			scheduler.forEach(2, async (i) => {
				await send(`${i}`, { ms: 10_000 });
			}),
		);
		expect(starts()).toEqual(['0 at 0', '1 at 10000']);
	});
});

describe('a rate-limit answer', () => {
	const limitedFor = (pauseMs: number) => () => ({ pauseMs });

	test('holds every request of the application for as long as it says, but not those of another', async () => {
		const { clock, scheduler, log, send } = createBench({
			concurrency: 10,
			requestsPerSecond: 100,
		});
		await clock.run(
			scheduler.forEach(60, async (i) => {
				const effectOf = i === 30 ? limitedFor(5000) : noEffect;
				await send(`${i}`, { signer: `app ${i % 2}`, ms: 20, effectOf });
			}),
		);
		const limitedAt = log.find(({ name }) => name === '30')?.endedAt ?? NaN;
		const startsOf = (app: number) =>
			log.filter(({ name }) => Number(name) % 2 === app).map(({ startedAt }) => startedAt);
		const isInPause = (start: number) => start > limitedAt && start < limitedAt + 5000;
		expect(startsOf(0).filter(isInPause)).toEqual([]);
		expect(startsOf(1).filter(isInPause).length).toBeGreaterThan(0);
		expect(log).toHaveLength(60);
	});

	test('that asks for more than a minute ends the sending of the application at once', async () => {
		const { clock, scheduler, log, send } = createBench();
		const sent: Array<{ kind: string }> = [];
		await clock.run(
			scheduler.forEach(200, async (i) => {
				sent[i] = await send(`${i}`, { effectOf: limitedFor(3_600_000) });
			}),
		);
		expect(log).toHaveLength(1);
		expect(sent.filter(({ kind }) => kind === 'limited')).toHaveLength(199);
		expect(clock.now()).toBe(START + 100);
	});

	test('a minute long is waited for', async () => {
		const { clock, scheduler, send, starts } = createBench();
		await clock.run(
			scheduler.forEach(2, async (i) => {
				await send(`${i}`, { ms: 10, effectOf: i === 0 ? limitedFor(60_000) : noEffect });
			}),
		);
		expect(starts()).toEqual(['0 at 0', '1 at 60010']);
	});

	test('with other answers between is no limit that stays: everybody is sent', async () => {
		const { clock, scheduler, log, send } = createBench({ requestsPerSecond: 10 });
		await clock.run(
			scheduler.forEach(300, async (i) => {
				await send(`${i}`, { ms: 20, effectOf: i % 5 === 0 ? noEffect : limitedFor(400) });
			}),
		);
		expect(clock.now()).toBeGreaterThan(START + 100_000);
		expect(log).toHaveLength(300);
	});

	test('is not lifted by requests that get nothing back', async () => {
		const { clock, scheduler, send } = createBench({ requestsPerSecond: 10 });
		const kinds: string[] = [];
		await clock.run(
			scheduler.forEach(300, async (i) => {
				const effectOf = i % 5 === 0 ? () => ({}) : limitedFor(400);
				kinds[i] = (await send(`${i}`, { ms: 20, effectOf })).kind;
			}),
		);
		expect(clock.now()).toBeLessThan(START + 90_000);
		expect(kinds.at(-1)).toBe('limited');
	});

	test('19 times in a row within half a minute does not end anything yet', async () => {
		const { clock, scheduler, log, send } = createBench();
		await clock.run(
			scheduler.forEach(40, async (i) => {
				await send(`${i}`, { ms: 20, effectOf: i < 19 ? limitedFor(700) : noEffect });
			}),
		);
		expect(log).toHaveLength(40);
	});
});

test('several runs of one application keep to its limit together, and none of them starves', async () => {
	const clock = createVirtualClock(START);
	const limiters = createRateLimiters(clock);
	const benches = Array.from({ length: 20 }, () =>
		createBench({ clock, limiters, requestsPerSecond: 190 }),
	);
	const ends: number[] = [];
	await clock.run(
		Promise.all(
			benches.map(async ({ scheduler, send }, run) => {
				await scheduler.forEach(50, async (i) => {
					await send(`${i}`, { ms: 20 });
				});
				ends[run] = clock.now() - START;
			}),
		),
	);
	const starts = benches.flatMap(({ log }) => log.map(({ startedAt }) => startedAt));
	const inOrder = starts.sort((a, b) => a - b);
	expect(inOrder).toHaveLength(1000);
	expect(mostInASecond(inOrder)).toBeLessThanOrEqual(191);
	// 1,000 requests at 190 per second take 5.3 s; who came at the same time ends at about the same time.
	expect(Math.max(...ends)).toBeLessThan(5500);
	expect(Math.min(...ends)).toBeGreaterThan(3000);
});

test('a run with a slower pace of its own keeps to it beside a faster one', async () => {
	const clock = createVirtualClock(START);
	const limiters = createRateLimiters(clock);
	const [slow, fast] = [10, 100].map((requestsPerSecond) =>
		createBench({ clock, limiters, requestsPerSecond }),
	);
	await clock.run(
		Promise.all(
			[slow, fast].map(async ({ scheduler, send }, i) => {
				await scheduler.forEach([30, 200][i], async (j) => {
					await send(`${j}`, { ms: 5 });
				});
			}),
		),
	);
	const startsOf = ({ log }: typeof slow) => log.map(({ startedAt }) => startedAt);
	expect(mostInASecond(startsOf(slow))).toBeLessThanOrEqual(11);
	expect(
		mostInASecond([...startsOf(slow), ...startsOf(fast)].sort((a, b) => a - b)),
	).toBeLessThanOrEqual(101);
	expect(Math.max(...startsOf(fast)) - START).toBeLessThan(2400);
});
