import fc from 'fast-check';

import { createApplications } from '../../../../nodes/shared/sending/scheduler';
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
					const { clock, scheduler, log, send } = createBench({ concurrency, requestsPerSecond });
					const begun: number[] = [];
					let working = 0;
					await clock.run(
						scheduler.forEach(durations.length, async (i) => {
							begun.push(i);
							expect(++working).toBeLessThanOrEqual(concurrency);
							// Two requests one after the other, as a retry or a look is.
							for (const ms of [durations[i], 10])
								await send(`${i % 3}`, { signer: `${i % 3}`, ms });
							working--;
						}),
					);
					expect(begun).toEqual(durations.map((_, i) => i));
					expect(log).toHaveLength(2 * durations.length);
					expect(working).toBe(0);
					for (const app of ['0', '1', '2']) {
						const starts = log.filter(({ name }) => name === app).map(({ startedAt }) => startedAt);
						const most = requestsPerSecond === 0 ? Infinity : requestsPerSecond + 1;
						expect(mostInASecond(starts)).toBeLessThanOrEqual(most);
					}
				},
			),
			{ numRuns: 80 },
		);
	});

	test('uses as many at once as it may', async () => {
		const { clock, scheduler } = createBench({ concurrency: 4 });
		await clock.run(scheduler.forEach(20, async () => await clock.sleep(10)));
		expect(clock.now()).toBe(START + 50);
	});

	test('keeps the pace for retries and looks too, since every request takes its turn', async () => {
		const { clock, scheduler, send, startTimes } = createBench({ requestsPerSecond: 100 });
		await clock.run(
			scheduler.forEach(50, async (i) => {
				for (let tries = 0; tries < 4; tries++) await send(`${i}`, { ms: 1 });
			}),
		);
		expect(mostInASecond(startTimes())).toBeLessThanOrEqual(101);
		expect(clock.now() - START).toBeLessThan(2100);
	});
});

test('an answer comes with the times it was sent and received', async () => {
	const { clock, send } = createBench({ concurrency: 1, requestsPerSecond: 10 });
	await clock.run(send('first', { ms: 0 }));
	const times = { startedAt: START + 100, endedAt: START + 140 };
	expect(await clock.run(send('a', { ms: 40 }))).toEqual({
		kind: 'answered',
		reply: 'a',
		...times,
	});
});

describe('an item that rests', () => {
	test.each([0, 0.4, 1, 7])(
		'goes on at its time, never before it, also when timers fire %d ms early',
		async (early) => {
			const clock = firesEarly(createVirtualClock(START), early);
			const { scheduler } = createBench({ clock });
			const { halted } = scheduler;
			await clock.run(
				scheduler.forEach(1, async (_, slot) => {
					await slot.restUntil(START - 1, halted);
					expect(clock.now()).toBe(START);
					await slot.restUntil(START + 33_517, halted);
				}),
			);
			expect(clock.now() - START - 33_517).toBeGreaterThanOrEqual(0);
			expect(clock.now() - START - 33_517).toBeLessThan(early === 0 ? 0.001 : 10);
		},
	);

	test('goes on at once when the run is halted, or only when it is cancelled; no timer stays behind for more than 5 s', async () => {
		const { clock, scheduler, cancel } = createBench();
		const { halted, cancelled } = scheduler;
		const rests: unknown[] = [];
		const sleep = jest.spyOn(clock, 'sleep');
		clock.at(START + 1234, scheduler.halt);
		clock.at(START + 2345, cancel);
		await clock.run(
			scheduler.forEach(1, async (_, slot) => {
				for (const until of [halted, cancelled]) {
					await slot.restUntil(START + 60_000, until);
					rests.push(clock.now() - START);
				}
				rests.push(await slot.rest(new Promise(() => {}), cancelled));
				await slot.restUntil(START + 60_000, cancelled);
				rests.push(clock.now() - START);
			}),
		);
		expect(rests).toEqual([1234, 2345, undefined, 2345]);
		await clock.run(clock.sleep(5000));
		const asked = sleep.mock.calls.length;
		await clock.run(clock.sleep(60_000));
		expect(sleep.mock.calls.length).toBe(asked + 1);
		expect(Math.max(...sleep.mock.calls.slice(0, -1).map(([ms]) => ms))).toBeLessThanOrEqual(5000);
	});

	test('holds up nobody: the others work meanwhile, with all the places there are', async () => {
		const { clock, scheduler, send, log } = createBench({ concurrency: 2 });
		await clock.run(
			scheduler.forEach(42, async (i, slot) => {
				if (i < 2) await slot.restUntil(START + 30_000, scheduler.halted);
				await send(`${i}`, { ms: 10 });
			}),
		);
		const others = log.filter(({ name }) => Number(name) >= 2);
		expect(others).toHaveLength(40);
		// The first goes alone, 39 others two by two.
		expect(Math.max(...others.map(({ endedAt }) => endedAt))).toBe(START + 10 + 200);
	});

	test('comes back within the number that may work at once', async () => {
		const { clock, scheduler } = createBench({ concurrency: 2 });
		let working = 0;
		await clock.run(
			scheduler.forEach(30, async (_, slot) => {
				for (let step = 0; step < 3; step++) {
					expect(++working).toBeLessThanOrEqual(2);
					await clock.sleep(7);
					working--;
					await slot.restUntil(clock.now() + 5, scheduler.halted);
				}
			}),
		);
	});
});

describe('requests that Desk leaves unanswered', () => {
	test('count against the concurrency for 3 s only, so that they do not hold up all others', async () => {
		const { sendBatch, log } = createBench({ concurrency: 10 });
		await sendBatch(110, (i) => ({ ms: i >= 1 && i <= 10 ? 10_000 : 10 }));
		const healthy = log.filter(({ name }) => Number(name) > 10);
		expect(Math.max(...healthy.map(({ endedAt }) => endedAt))).toBeLessThan(START + 4000);
	});

	test('are never more than as many again', async () => {
		const { sendBatch, log } = createBench({ concurrency: 5 });
		await sendBatch(60, (i) => ({ ms: i === 0 ? 1 : 60_000 }));
		const inFlight = ({ startedAt: at }: (typeof log)[number]) =>
			log.filter(({ startedAt, endedAt }) => startedAt <= at && endedAt > at).length;
		expect(Math.max(...log.map(inFlight))).toBe(9);
	});

	test('hold back the next one when only one may be under way at all', async () => {
		const { sendBatch, starts } = createBench({ concurrency: 1 });
		await sendBatch(2, () => ({ ms: 10_000 }));
		expect(starts()).toEqual(['0 at 0', '1 at 10000']);
	});
});

describe('a rate-limit answer', () => {
	const limitedFor = (pauseMs: number) => () => ({ pauseMs });

	test('holds every request of the application for as long as it says, but not those of another', async () => {
		const { sendBatch, log } = createBench({ concurrency: 10, requestsPerSecond: 100 });
		const effectOf = (i: number) => (i === 30 ? limitedFor(5000) : noEffect);
		await sendBatch(60, (i) => ({ signer: `app ${i % 2}`, ms: 20, effectOf: effectOf(i) }));
		const limitedAt = log.find(({ name }) => name === '30')?.endedAt ?? NaN;
		const inPause = log.filter(
			({ startedAt }) => startedAt > limitedAt && startedAt < limitedAt + 5000,
		);
		expect(new Set(inPause.map(({ name }) => Number(name) % 2))).toEqual(new Set([1]));
		expect(log).toHaveLength(60);
	});

	test('that asks for more than a minute ends the sending of the application at once', async () => {
		const { clock, log, sendBatch } = createBench();
		const sent = await sendBatch(200, () => ({ effectOf: limitedFor(3_600_000) }));
		expect(log).toHaveLength(1);
		expect(sent[199]).toEqual({ kind: 'opened', why: { by: 'limit' } });
		expect(sent.filter(({ kind }) => kind === 'opened')).toHaveLength(199);
		expect(clock.now()).toBe(START + 100);
	});

	test('a minute long is waited for', async () => {
		const { sendBatch, starts } = createBench();
		await sendBatch(2, (i) => ({ ms: 10, effectOf: i === 0 ? limitedFor(60_000) : noEffect }));
		expect(starts()).toEqual(['0 at 0', '1 at 60010']);
	});

	test.each([
		['with other answers between is no limit that stays: everybody is sent', noEffect, 'answered'],
		['is not lifted by requests that get nothing back', () => ({}), 'opened'],
	])('%s', async (_what, between, kind) => {
		const { clock, sendBatch } = createBench({ requestsPerSecond: 10 });
		const effectOf = (i: number) => (i % 5 === 0 ? between : limitedFor(400));
		const sent = await sendBatch(300, (i) => ({ ms: 20, effectOf: effectOf(i) }));
		expect(sent.at(-1)?.kind).toBe(kind);
		expect(clock.now() > START + 90_000).toBe(kind === 'answered');
	});
});

test('an outage ends the sending for all runs under way, also for what waits for its turn', async () => {
	const clock = createVirtualClock(START);
	const applications = createApplications<string>(clock);
	const [one, other] = [1, 2].map(() =>
		createBench({ clock, applications, requestsPerSecond: 1 }),
	) as [ReturnType<typeof createBench>, ReturnType<typeof createBench>];
	await clock.run(Promise.all([one.send('a'), other.send('b')]));
	const waiting = Promise.all(['c', 'd', 'e'].map(async (name) => await other.send(name)));
	for (let i = 0; i < 3; i++) one.scheduler.noteWork(to('app'), 'no connection', START - 60_000);
	const why = { by: 'outage', reason: 'no connection' };
	expect(await clock.run(waiting)).toEqual(Array(3).fill({ kind: 'opened', why }));
	one.scheduler.close();
	other.scheduler.close();
});

test('several runs of one application keep to its limit together, and none of them starves', async () => {
	const clock = createVirtualClock(START);
	const applications = createApplications<string>(clock);
	const benches = Array.from({ length: 20 }, () =>
		createBench({ clock, applications, requestsPerSecond: 190 }),
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
	const inOrder = benches.flatMap(({ startTimes }) => startTimes()).sort((a, b) => a - b);
	expect(inOrder).toHaveLength(1000);
	expect(mostInASecond(inOrder)).toBeLessThanOrEqual(191);
	// 1,000 requests at 190 per second take 5.3 s; who came at the same time ends at about the same time.
	expect(Math.max(...ends)).toBeLessThan(5500);
	expect(Math.min(...ends)).toBeGreaterThan(3000);
});

describe('a run that is stopped', () => {
	test('starts nothing more, and lets what is in flight finish', async () => {
		const { clock, scheduler, log, sendBatch } = createBench({ concurrency: 5 });
		clock.at(START + 250, scheduler.halt);
		const sent = await sendBatch(50, () => ({}));
		expect(Math.max(...log.map(({ startedAt }) => startedAt))).toBeLessThan(START + 250);
		expect(sent.filter(({ kind }) => kind === 'answered')).toHaveLength(11);
		expect(sent.filter(({ kind }) => kind === 'stopped')).toHaveLength(39);
		expect(clock.now()).toBe(START + 300);
	});

	test('still sends a look, until it is cancelled', async () => {
		const { clock, scheduler, cancel, send } = createBench();
		scheduler.halt();
		expect(scheduler.halted.isGiven()).toBe(true);
		expect(await clock.run(send('a', { isLook: true }))).toMatchObject({ kind: 'answered' });
		cancel();
		expect(await clock.run(send('b', { isLook: true }))).toEqual({ kind: 'stopped' });
	});

	test('while the first request is under way, sends none of those that wait for its answer', async () => {
		const { clock, scheduler, sendAll } = createBench();
		clock.at(START + 50, scheduler.halt);
		const sent = await sendAll(['a', 'b', 'c']);
		expect(sent.map(({ kind }) => kind)).toEqual(['answered', 'stopped', 'stopped']);
	});

	test('by a cancelled execution starts nothing more, and ends every wait within 100 ms', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 0, max: 4000 }),
				fc.constantFrom(0, 2, 30, 190),
				fc.constantFrom(undefined, 60_000),
				async (cancelAfter, requestsPerSecond, pauseMs) => {
					const bench = createBench({ concurrency: 20, requestsPerSecond });
					const { clock, scheduler, send, startTimes } = bench;
					clock.at(START + cancelAfter, bench.cancel);
					await clock.run(send('first', { ms: 0, effectOf: () => ({ pauseMs }) }));
					await clock.run(
						scheduler.forEach(2000, async (i, slot) => {
							await send(`${i}`, { ms: 40 });
							await slot.restUntil(clock.now() + 30_000, scheduler.halted);
						}),
					);
					expect(Math.max(...startTimes())).toBeLessThanOrEqual(START + cancelAfter);
					// Requests in flight take 40 ms.
					expect(clock.now()).toBeLessThanOrEqual(START + cancelAfter + 100 + 40);
				},
			),
			{ numRuns: 60 },
		);
	});
});
