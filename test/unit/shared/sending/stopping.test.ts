import fc from 'fast-check';

import { createBench, START, to } from './schedulerBench';

describe('a run that is halted', () => {
	test('starts nothing more, and lets what is in flight finish', async () => {
		const { clock, scheduler, log, send } = createBench({ concurrency: 5, requestsPerSecond: 0 });
		const sent: Array<{ kind: string }> = [];
		clock.at(START + 250, scheduler.halt);
		await clock.run(
			scheduler.forEach(50, async (i) => {
				sent[i] = await send(`${i}`);
			}),
		);
		expect(Math.max(...log.map(({ startedAt }) => startedAt))).toBeLessThan(START + 250);
		expect(log.every(({ endedAt }) => endedAt !== Infinity)).toBe(true);
		const answered = sent.filter(({ kind }) => kind === 'answered').length;
		const stopped = sent.filter(({ kind }) => kind === 'stopped').length;
		expect({ answered, stopped }).toEqual({ answered: log.length, stopped: 50 - log.length });
		expect(log.length).toBe(11);
		expect(clock.now()).toBe(START + 300);
	});

	test('still sends a look, until it is cancelled', async () => {
		const { clock, scheduler, cancel } = createBench();
		const look = async () =>
			await scheduler.look(
				to('app'),
				async () => {},
				() => ({}),
			);
		scheduler.halt();
		expect(await clock.run(look())).toMatchObject({ kind: 'answered' });
		cancel();
		expect(await clock.run(look())).toEqual({ kind: 'stopped' });
	});

	test('says so to who asks', () => {
		const { scheduler } = createBench();
		expect(scheduler.isStopped()).toBe(false);
		scheduler.halt();
		expect(scheduler.isStopped()).toBe(true);
	});

	test('while the first request is under way, sends none of those that wait for its answer', async () => {
		const { clock, scheduler, send } = createBench();
		clock.at(START + 50, scheduler.halt);
		const sent = await clock.run(
			Promise.all(['a', 'b', 'c'].map(async (name) => await send(name))),
		);
		expect(sent.map(({ kind }) => kind)).toEqual(['answered', 'stopped', 'stopped']);
	});
});

describe('a run that is cancelled', () => {
	test('starts nothing more, and ends every wait within 100 ms', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 0, max: 4000 }),
				fc.constantFrom(0, 2, 30, 190),
				fc.boolean(),
				async (cancelAfter, requestsPerSecond, paused) => {
					const {
						clock: ownClock,
						scheduler,
						cancel,
					} = createBench({ concurrency: 20, requestsPerSecond });
					ownClock.at(START + cancelAfter, cancel);
					const starts: number[] = [];
					const request = async (ms: number, pauseMs?: number) =>
						await scheduler.request(
							to('app'),
							async () => {
								starts.push(ownClock.now());
								await ownClock.sleep(ms);
							},
							() => ({ pauseMs }),
						);
					await ownClock.run(request(0, paused ? 60_000 : undefined));
					await ownClock.run(
						scheduler.forEach(2000, async (_, slot) => {
							await request(40);
							await slot.restUntil(ownClock.now() + 30_000);
						}),
					);
					expect(Math.max(...starts)).toBeLessThanOrEqual(START + cancelAfter);
					// Requests in flight take 40 ms.
					expect(ownClock.now()).toBeLessThanOrEqual(START + cancelAfter + 100 + 40);
				},
			),
			{ numRuns: 60 },
		);
	});
});
