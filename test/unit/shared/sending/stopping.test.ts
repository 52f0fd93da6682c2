import fc from 'fast-check';

import { createDispatch } from '../../../../nodes/shared/sending/scheduler';
import { createVirtualClock } from '../../virtualClock';
import { createBench, noRefusal, START } from './schedulerBench';

describe('a run that is halted', () => {
	test('starts nothing more, and lets what is in flight finish', async () => {
		const { clock, dispatch, log, send } = createBench({ concurrency: 5, requestsPerSecond: 0 });
		const sent: Array<{ kind: string }> = [];
		clock.at(START + 250, dispatch.halt);
		await clock.run(
			dispatch.forEach(50, async (i) => {
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

	test('says so to who asks', () => {
		const { dispatch } = createBench();
		expect(dispatch.isStopped()).toBe(false);
		dispatch.halt();
		expect(dispatch.isStopped()).toBe(true);
	});

	test('while the first request is under way, sends none of those that wait for its answer', async () => {
		const { clock, dispatch, send } = createBench();
		clock.at(START + 50, dispatch.halt);
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
					const ownClock = createVirtualClock(START);
					let cancelled = false;
					ownClock.at(START + cancelAfter, () => {
						cancelled = true;
					});
					const settings = { concurrency: 20, requestsPerSecond };
					const dispatch = createDispatch<string>(settings, ownClock, () => cancelled);
					const starts: number[] = [];
					const request = async (ms: number) =>
						await dispatch.request(
							'app',
							async () => {
								starts.push(ownClock.now());
								await ownClock.sleep(ms);
							},
							noRefusal,
						);
					await ownClock.run(request(0));
					if (paused) dispatch.slowDown(60_000, START);
					await ownClock.run(
						dispatch.forEach(2000, async () => {
							await request(40);
							await dispatch.waitUntil(ownClock.now() + 30_000);
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
