import { createRateLimiters } from '../../../../nodes/shared/sending/rateLimiter';
import { createVirtualClock } from '../../virtualClock';
import { createBench, noEffect, refusedBy, START, to } from './schedulerBench';

describe('the first request of an application', () => {
	test('goes alone; all others wait for its answer, and then go together', async () => {
		const { clock, send, starts } = createBench();
		await clock.run(
			Promise.all(['a', 'b', 'c', 'd'].map(async (name) => await send(name, { ms: 100 }))),
		);
		expect(starts()).toEqual(['a at 0', 'b at 100', 'c at 100', 'd at 100']);
	});

	test('does not hold back another application', async () => {
		const { clock, send, starts } = createBench();
		await clock.run(
			Promise.all([
				send('a1', { signer: 'a', ms: 500 }),
				send('a2', { signer: 'a' }),
				send('b1', { signer: 'b' }),
				send('b2', { signer: 'b' }),
			]),
		);
		expect(starts()).toEqual(['a1 at 0', 'b1 at 0', 'b2 at 100', 'a2 at 500']);
	});

	test('lets the next one go alone when it could not be sent at all', async () => {
		const { clock, scheduler, send, starts } = createBench();
		const broken = scheduler.request(
			to('app'),
			async () => {
				await clock.sleep(10);
				throw new Error('broken');
			},
			noEffect,
		);
		const others = Promise.all(['b', 'c'].map(async (name) => await send(name)));
		await clock.run(Promise.all([expect(broken).rejects.toThrow('broken'), others]));
		expect(starts()).toEqual(['b at 10', 'c at 110']);
	});

	test('holds its place while a pause holds it', async () => {
		const clock = createVirtualClock(START);
		const limiters = createRateLimiters(clock);
		limiters.of('app').join(1000).slowDown(2000, START);
		const { send, starts } = createBench({ clock, limiters, requestsPerSecond: 1000 });
		await clock.run(Promise.all([send('a'), send('b')]));
		expect(starts()).toEqual(['a at 2000', 'b at 2100']);
	});

	test('lets others go when it is slow to answer: one after 750 ms, then twice as many each quarter', async () => {
		const { clock, send, log } = createBench();
		const names = Array.from({ length: 20 }, (_, i) => `${i}`);
		await clock.run(Promise.all(names.map(async (name) => await send(name, { ms: 2000 }))));
		const startedBy = (ms: number) => log.filter(({ startedAt }) => startedAt <= START + ms).length;
		expect([749, 750, 1000, 1250, 1500].map(startedBy)).toEqual([1, 2, 4, 8, 16]);
		expect(log).toHaveLength(20);
	});
});

describe('an application that is refused', () => {
	test('costs one request: nobody else of it is sent, and everybody learns the reason', async () => {
		const { clock, scheduler, send, starts } = createBench();
		const effectOf = refusedBy('0');
		const sent: unknown[] = [];
		await clock.run(
			scheduler.forEach(200, async (i) => {
				sent[i] = await send(`${i}`, { effectOf });
			}),
		);
		expect(starts()).toEqual(['0 at 0']);
		expect(sent[0]).toMatchObject({ kind: 'answered', reply: '0' });
		for (const other of sent.slice(1)) {
			expect(other).toEqual({ kind: 'refused', reason: 'refused by 0' });
		}
		expect(clock.now()).toBe(START + 100);
	});

	test('later in the run, costs no more than what was in flight', async () => {
		const { clock, scheduler, log, send } = createBench({ concurrency: 10, requestsPerSecond: 0 });
		const effectOf = (reply: string) => (Number(reply) >= 100 ? { refusal: 'revoked' } : {});
		const sent: Array<{ kind: string }> = [];
		await clock.run(
			scheduler.forEach(200, async (i) => {
				// Odd ones are quicker, so that answers come in between.
				sent[i] = await send(`${i}`, { ms: 100 - (i % 2) * 50, effectOf });
			}),
		);
		const sentAfter = log.filter(({ name }) => Number(name) >= 100).length;
		expect(sentAfter).toBeLessThanOrEqual(10);
		expect(sent.filter(({ kind }) => kind === 'refused')).toHaveLength(200 - log.length);
	});

	test('is not asked again by those who were waiting for their turn in the pace', async () => {
		const { clock, send } = createBench({ concurrency: 50, requestsPerSecond: 10 });
		await clock.run(send('opens the gate', { ms: 1 }));
		const effectOf = refusedBy('a');
		const sent = await clock.run(
			Promise.all(['a', 'b', 'c'].map(async (name) => await send(name, { ms: 1, effectOf }))),
		);
		expect(sent.map(({ kind }) => kind)).toEqual(['answered', 'refused', 'refused']);
	});

	test('does not stop another application', async () => {
		const { clock, send } = createBench();
		const effectOf = refusedBy('a');
		const sent = await clock.run(
			Promise.all([
				send('a', { signer: 'a', effectOf }),
				send('b', { signer: 'b', effectOf }),
				send('c', { signer: 'b', effectOf }),
			]),
		);
		expect(sent.map(({ kind }) => kind)).toEqual(['answered', 'answered', 'answered']);
	});

	test('keeps its first reason', async () => {
		const { clock, send } = createBench();
		await clock.run(send('opens the gate', { ms: 1 }));
		const effectOf = (reply: string) => ({ refusal: `refused by ${reply}` });
		await clock.run(
			Promise.all([send('slow', { ms: 50, effectOf }), send('quick', { ms: 10, effectOf })]),
		);
		expect(await send('late', { effectOf })).toEqual({
			kind: 'refused',
			reason: 'refused by quick',
		});
	});
});
