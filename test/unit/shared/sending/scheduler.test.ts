import fc from 'fast-check';

import { createDispatch } from '../../../../nodes/shared/sending/scheduler';
import { createVirtualClock } from '../../virtualClock';
import { createBench, NEVER, noRefusal, START } from './schedulerBench';
import { mostInASecond } from './starts';

describe('working through a batch', () => {
	test('does every piece of work once, in order, and no more than allowed at once', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 60 }),
				fc.integer({ min: 1, max: 12 }),
				fc.constantFrom(0, 5, 50, 190),
				async (durations, concurrency, requestsPerSecond) => {
					const ownClock = createVirtualClock(START);
					const dispatch = createDispatch<string>(
						{ concurrency, requestsPerSecond },
						ownClock,
						NEVER,
					);
					const begun: number[] = [];
					const starts: number[] = [];
					let working = 0;
					let inFlight = 0;
					let mostInFlight = 0;
					await ownClock.run(
						dispatch.forEach(durations.length, async (i) => {
							begun.push(i);
							working++;
							expect(working).toBeLessThanOrEqual(concurrency);
							// Two requests one after the other, as a retry or a session read is.
							for (const ms of [durations[i], 10]) {
								await dispatch.request(
									`app ${i % 3}`,
									async () => {
										starts.push(ownClock.now());
										mostInFlight = Math.max(mostInFlight, ++inFlight);
										await ownClock.sleep(ms);
										inFlight--;
									},
									noRefusal,
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
						expect(mostInASecond(starts)).toBeLessThanOrEqual(requestsPerSecond + 1);
					}
				},
			),
			{ numRuns: 80 },
		);
	});

	test('uses as many at once as it may', async () => {
		const { clock, dispatch } = createBench({ concurrency: 4 });
		let working = 0;
		let most = 0;
		await clock.run(
			dispatch.forEach(20, async () => {
				most = Math.max(most, ++working);
				await clock.sleep(10);
				working--;
			}),
		);
		expect(most).toBe(4);
		expect(clock.now()).toBe(START + 50);
	});

	test('of nothing ends at once', async () => {
		const { clock, dispatch } = createBench();
		await clock.run(dispatch.forEach(0, async () => await clock.sleep(1000)));
		expect(clock.now()).toBe(START);
	});

	test('keeps the pace for retries and session reads too, since every request takes its turn', async () => {
		const { clock, dispatch, log, send } = createBench({ concurrency: 50, requestsPerSecond: 100 });
		await clock.run(
			dispatch.forEach(50, async (i) => {
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
	const { clock, dispatch, send } = createBench({ concurrency: 1, requestsPerSecond: 10 });
	dispatch.slowDown(700, START);
	expect(await clock.run(send('a', { ms: 40 }))).toEqual({
		kind: 'answered',
		reply: 'a',
		startedAt: START + 700,
		endedAt: START + 740,
	});
});

describe('waiting until a time', () => {
	test('ends at that time, to the millisecond', async () => {
		const { clock, dispatch } = createBench();
		await clock.run(dispatch.waitUntil(START + 3517));
		expect(clock.now()).toBe(START + 3517);
	});

	test('that is past ends at once', async () => {
		const { clock, dispatch } = createBench();
		await clock.run(dispatch.waitUntil(START - 1));
		expect(clock.now()).toBe(START);
	});

	test('ends within 100 ms when the run is stopped', async () => {
		const { clock, dispatch } = createBench();
		clock.at(START + 1234, dispatch.halt);
		await clock.run(dispatch.waitUntil(START + 60_000));
		expect(clock.now()).toBeLessThanOrEqual(START + 1334);
	});
});

test('a pause after a rate-limit answer holds for every application and every worker', async () => {
	const { clock, dispatch, log, send } = createBench({ concurrency: 10, requestsPerSecond: 100 });
	clock.at(START + 300, () => dispatch.slowDown(5000, START + 290));
	await clock.run(
		dispatch.forEach(60, async (i) => {
			await send(`${i}`, { group: `app ${i % 4}`, ms: 20 });
		}),
	);
	const starts = log.map(({ startedAt }) => startedAt - START);
	expect(starts.filter((start) => start > 300 && start < 5300)).toEqual([]);
	expect(starts.filter((start) => start <= 300).length).toBeGreaterThan(10);
	expect(starts).toHaveLength(60);
});
