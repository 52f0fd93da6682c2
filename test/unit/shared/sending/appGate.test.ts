import { createBench, noRefusal, refusedBy, START } from './schedulerBench';

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
				send('a1', { group: 'a', ms: 500 }),
				send('a2', { group: 'a' }),
				send('b1', { group: 'b' }),
				send('b2', { group: 'b' }),
			]),
		);
		expect(starts()).toEqual(['a1 at 0', 'b1 at 0', 'b2 at 100', 'a2 at 500']);
	});

	test('lets the next one go alone when it could not be sent at all', async () => {
		const { clock, dispatch, send, starts } = createBench();
		const broken = dispatch.request(
			'app',
			async () => {
				await clock.sleep(10);
				throw new Error('broken');
			},
			noRefusal,
		);
		const others = Promise.all(['b', 'c'].map(async (name) => await send(name)));
		await clock.run(Promise.all([expect(broken).rejects.toThrow('broken'), others]));
		expect(starts()).toEqual(['b at 10', 'c at 110']);
	});

	test('holds its place while a pause holds it', async () => {
		const { clock, dispatch, send, starts } = createBench({
			concurrency: 50,
			requestsPerSecond: 1000,
		});
		dispatch.slowDown(2000, START);
		await clock.run(Promise.all([send('a'), send('b')]));
		expect(starts()).toEqual(['a at 2000', 'b at 2100']);
	});
});

describe('an application that is refused', () => {
	test('costs one request: nobody else of it is sent, and everybody learns the reason', async () => {
		const { clock, dispatch, send, starts } = createBench();
		const refusalOf = refusedBy('0');
		const sent: unknown[] = [];
		await clock.run(
			dispatch.forEach(200, async (i) => {
				sent[i] = await send(`${i}`, { refusalOf });
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
		const { clock, dispatch, log, send } = createBench({ concurrency: 10, requestsPerSecond: 0 });
		const refusalOf = (reply: string) => (Number(reply) >= 100 ? 'revoked' : undefined);
		const sent: Array<{ kind: string }> = [];
		await clock.run(
			dispatch.forEach(200, async (i) => {
				// Odd ones are quicker, so that answers come in between.
				sent[i] = await send(`${i}`, { ms: 100 - (i % 2) * 50, refusalOf });
			}),
		);
		const sentAfter = log.filter(({ name }) => Number(name) >= 100).length;
		expect(sentAfter).toBeLessThanOrEqual(10);
		expect(sent.filter(({ kind }) => kind === 'refused')).toHaveLength(200 - log.length);
	});

	test('is not asked again by those who were waiting for their turn in the pace', async () => {
		const { clock, send } = createBench({ concurrency: 50, requestsPerSecond: 10 });
		await clock.run(send('opens the gate', { ms: 1 }));
		const refusalOf = refusedBy('a');
		const sent = await clock.run(
			Promise.all(['a', 'b', 'c'].map(async (name) => await send(name, { ms: 1, refusalOf }))),
		);
		expect(sent.map(({ kind }) => kind)).toEqual(['answered', 'refused', 'refused']);
	});

	test('does not stop another application', async () => {
		const { clock, send } = createBench();
		const refusalOf = refusedBy('a');
		const sent = await clock.run(
			Promise.all([
				send('a', { group: 'a', refusalOf }),
				send('b', { group: 'b', refusalOf }),
				send('c', { group: 'b', refusalOf }),
			]),
		);
		expect(sent.map(({ kind }) => kind)).toEqual(['answered', 'answered', 'answered']);
	});

	test('keeps its first reason', async () => {
		const { clock, send } = createBench();
		await clock.run(send('opens the gate', { ms: 1 }));
		const refusalOf = (reply: string) => `refused by ${reply}`;
		await clock.run(
			Promise.all([send('slow', { ms: 50, refusalOf }), send('quick', { ms: 10, refusalOf })]),
		);
		expect(await send('late', { refusalOf })).toEqual({
			kind: 'refused',
			reason: 'refused by quick',
		});
	});
});
