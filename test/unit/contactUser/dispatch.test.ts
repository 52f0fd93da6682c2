import fc from 'fast-check';

import { createDispatch, type Dispatch } from '../../../nodes/ContactUser/dispatch';
import { createVirtualClock, type VirtualClock } from '../virtualClock';
import { mostInASecond } from './starts';

const START = 1_700_000_000_000;
const NEVER = () => false;
const NO_PACE = { concurrency: 50, requestsPerSecond: 0 };

interface Request {
	name: string;
	startedAt: number;
	endedAt: number;
}

let clock: VirtualClock;
let log: Request[];
beforeEach(() => {
	clock = createVirtualClock(START);
	log = [];
});

/** A request that takes `ms`, answers with its name, and leaves its times in the log. */
const sending = (name: string, ms: number) => async (): Promise<string> => {
	const request = { name, startedAt: clock.now(), endedAt: Infinity };
	log.push(request);
	await clock.sleep(ms);
	request.endedAt = clock.now();
	return name;
};

const noRefusal = () => undefined;
const refusedBy = (refusing: string) => (reply: string) =>
	reply === refusing ? `refused by ${refusing}` : undefined;

const send = async (
	dispatch: Dispatch<string>,
	name: string,
	{ group = 'app', ms = 100, refusalOf = noRefusal as (reply: string) => string | undefined } = {},
) => await dispatch.request(group, sending(name, ms), refusalOf);

const startsOf = () => log.map(({ name, startedAt }) => `${name} at ${startedAt - START}`);

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
		const dispatch = createDispatch<string>({ ...NO_PACE, concurrency: 4 }, clock, NEVER);
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
		const dispatch = createDispatch<string>(NO_PACE, clock, NEVER);
		await clock.run(dispatch.forEach(0, async () => await clock.sleep(1000)));
		expect(clock.now()).toBe(START);
	});

	test('keeps the pace for retries and session reads too, since every request takes its turn', async () => {
		const dispatch = createDispatch<string>(
			{ concurrency: 50, requestsPerSecond: 100 },
			clock,
			NEVER,
		);
		await clock.run(
			dispatch.forEach(50, async (i) => {
				for (let tries = 0; tries < 4; tries++) await send(dispatch, `${i}`, { ms: 1 });
			}),
		);
		const starts = log.map(({ startedAt }) => startedAt);
		expect(starts).toHaveLength(200);
		expect(mostInASecond(starts)).toBeLessThanOrEqual(101);
		expect(starts[199] - starts[0]).toBeLessThan(2100);
	});
});

test('an answer comes with the times it was sent and received', async () => {
	const dispatch = createDispatch<string>({ concurrency: 1, requestsPerSecond: 10 }, clock, NEVER);
	dispatch.slowDown(700, START);
	expect(await clock.run(send(dispatch, 'a', { ms: 40 }))).toEqual({
		kind: 'answered',
		reply: 'a',
		startedAt: START + 700,
		endedAt: START + 740,
	});
});

describe('the first request of an application', () => {
	test('goes alone; all others wait for its answer, and then go together', async () => {
		const dispatch = createDispatch<string>(NO_PACE, clock, NEVER);
		await clock.run(
			Promise.all(
				['a', 'b', 'c', 'd'].map(async (name) => await send(dispatch, name, { ms: 100 })),
			),
		);
		expect(startsOf()).toEqual(['a at 0', 'b at 100', 'c at 100', 'd at 100']);
	});

	test('does not hold back another application', async () => {
		const dispatch = createDispatch<string>(NO_PACE, clock, NEVER);
		await clock.run(
			Promise.all([
				send(dispatch, 'a1', { group: 'a', ms: 500 }),
				send(dispatch, 'a2', { group: 'a' }),
				send(dispatch, 'b1', { group: 'b' }),
				send(dispatch, 'b2', { group: 'b' }),
			]),
		);
		expect(startsOf()).toEqual(['a1 at 0', 'b1 at 0', 'b2 at 100', 'a2 at 500']);
	});

	test('lets the next one go alone when it could not be sent at all', async () => {
		const dispatch = createDispatch<string>(NO_PACE, clock, NEVER);
		const broken = dispatch.request(
			'app',
			async () => {
				await clock.sleep(10);
				throw new Error('broken');
			},
			noRefusal,
		);
		const others = Promise.all(['b', 'c'].map(async (name) => await send(dispatch, name)));
		await clock.run(Promise.all([expect(broken).rejects.toThrow('broken'), others]));
		expect(startsOf()).toEqual(['b at 10', 'c at 110']);
	});

	test('holds its place while a pause holds it', async () => {
		const dispatch = createDispatch<string>(
			{ concurrency: 50, requestsPerSecond: 1000 },
			clock,
			NEVER,
		);
		dispatch.slowDown(2000, START);
		await clock.run(Promise.all([send(dispatch, 'a'), send(dispatch, 'b')]));
		expect(startsOf()).toEqual(['a at 2000', 'b at 2100']);
	});
});

describe('an application that is refused', () => {
	test('costs one request: nobody else of it is sent, and everybody learns the reason', async () => {
		const dispatch = createDispatch<string>(NO_PACE, clock, NEVER);
		const refusalOf = refusedBy('0');
		const sent: unknown[] = [];
		await clock.run(
			dispatch.forEach(200, async (i) => {
				sent[i] = await send(dispatch, `${i}`, { refusalOf });
			}),
		);
		expect(startsOf()).toEqual(['0 at 0']);
		expect(sent[0]).toMatchObject({ kind: 'answered', reply: '0' });
		for (const other of sent.slice(1)) {
			expect(other).toEqual({ kind: 'refused', reason: 'refused by 0' });
		}
		expect(clock.now()).toBe(START + 100);
	});

	test('later in the run, costs no more than what was in flight', async () => {
		const settings = { concurrency: 10, requestsPerSecond: 0 };
		const dispatch = createDispatch<string>(settings, clock, NEVER);
		const refusalOf = (reply: string) => (Number(reply) >= 100 ? 'revoked' : undefined);
		const sent: Array<{ kind: string }> = [];
		await clock.run(
			dispatch.forEach(200, async (i) => {
				// Odd ones are quicker, so that answers come in between.
				sent[i] = await send(dispatch, `${i}`, { ms: 100 - (i % 2) * 50, refusalOf });
			}),
		);
		const sentAfter = log.filter(({ name }) => Number(name) >= 100).length;
		expect(sentAfter).toBeLessThanOrEqual(10);
		expect(sent.filter(({ kind }) => kind === 'refused')).toHaveLength(200 - log.length);
	});

	test('is not asked again by those who were waiting for their turn in the pace', async () => {
		const settings = { concurrency: 50, requestsPerSecond: 10 };
		const dispatch = createDispatch<string>(settings, clock, NEVER);
		await clock.run(send(dispatch, 'opens the gate', { ms: 1 }));
		const refusalOf = refusedBy('a');
		const sent = await clock.run(
			Promise.all(
				['a', 'b', 'c'].map(async (name) => await send(dispatch, name, { ms: 1, refusalOf })),
			),
		);
		expect(sent.map(({ kind }) => kind)).toEqual(['answered', 'refused', 'refused']);
	});

	test('does not stop another application', async () => {
		const dispatch = createDispatch<string>(NO_PACE, clock, NEVER);
		const refusalOf = refusedBy('a');
		const sent = await clock.run(
			Promise.all([
				send(dispatch, 'a', { group: 'a', refusalOf }),
				send(dispatch, 'b', { group: 'b', refusalOf }),
				send(dispatch, 'c', { group: 'b', refusalOf }),
			]),
		);
		expect(sent.map(({ kind }) => kind)).toEqual(['answered', 'answered', 'answered']);
	});

	test('keeps its first reason', async () => {
		const dispatch = createDispatch<string>(NO_PACE, clock, NEVER);
		await clock.run(send(dispatch, 'opens the gate', { ms: 1 }));
		const refusalOf = (reply: string) => `refused by ${reply}`;
		await clock.run(
			Promise.all([
				send(dispatch, 'slow', { ms: 50, refusalOf }),
				send(dispatch, 'quick', { ms: 10, refusalOf }),
			]),
		);
		expect(await send(dispatch, 'late', { refusalOf })).toEqual({
			kind: 'refused',
			reason: 'refused by quick',
		});
	});
});

describe('a run that is halted', () => {
	test('starts nothing more, and lets what is in flight finish', async () => {
		const settings = { concurrency: 5, requestsPerSecond: 0 };
		const dispatch = createDispatch<string>(settings, clock, NEVER);
		const sent: Array<{ kind: string }> = [];
		clock.at(START + 250, dispatch.halt);
		await clock.run(
			dispatch.forEach(50, async (i) => {
				sent[i] = await send(dispatch, `${i}`);
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
		const dispatch = createDispatch<string>(NO_PACE, clock, NEVER);
		expect(dispatch.isStopped()).toBe(false);
		dispatch.halt();
		expect(dispatch.isStopped()).toBe(true);
	});

	test('while the first request is under way, sends none of those that wait for its answer', async () => {
		const dispatch = createDispatch<string>(NO_PACE, clock, NEVER);
		clock.at(START + 50, dispatch.halt);
		const sent = await clock.run(
			Promise.all(['a', 'b', 'c'].map(async (name) => await send(dispatch, name))),
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

describe('waiting until a time', () => {
	test('ends at that time, to the millisecond', async () => {
		const dispatch = createDispatch<string>(NO_PACE, clock, NEVER);
		await clock.run(dispatch.waitUntil(START + 3517));
		expect(clock.now()).toBe(START + 3517);
	});

	test('that is past ends at once', async () => {
		const dispatch = createDispatch<string>(NO_PACE, clock, NEVER);
		await clock.run(dispatch.waitUntil(START - 1));
		expect(clock.now()).toBe(START);
	});

	test('ends within 100 ms when the run is stopped', async () => {
		const dispatch = createDispatch<string>(NO_PACE, clock, NEVER);
		clock.at(START + 1234, dispatch.halt);
		await clock.run(dispatch.waitUntil(START + 60_000));
		expect(clock.now()).toBeLessThanOrEqual(START + 1334);
	});
});

test('a pause after a rate-limit answer holds for every application and every worker', async () => {
	const dispatch = createDispatch<string>(
		{ concurrency: 10, requestsPerSecond: 100 },
		clock,
		NEVER,
	);
	clock.at(START + 300, () => dispatch.slowDown(5000, START + 290));
	await clock.run(
		dispatch.forEach(60, async (i) => {
			await send(dispatch, `${i}`, { group: `app ${i % 4}`, ms: 20 });
		}),
	);
	const starts = log.map(({ startedAt }) => startedAt - START);
	expect(starts.filter((start) => start > 300 && start < 5300)).toEqual([]);
	expect(starts.filter((start) => start <= 300).length).toBeGreaterThan(10);
	expect(starts).toHaveLength(60);
});
