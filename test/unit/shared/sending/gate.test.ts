import { createVirtualClock } from '../../virtualClock';
import { createApplications } from '../../../../nodes/shared/sending/scheduler';
import { createBench, noEffect, START } from './schedulerBench';

const names = (count: number) => Array.from({ length: count }, (_, i) => `${i}`);
/** The request of this name refuses its whole signer. */
const refusedBy = (refusing: string) => (reply: string) =>
	reply === refusing ? { refusal: `refused by ${refusing}` } : noEffect();

describe('the first request of a signer', () => {
	test('goes alone; all others wait for its answer, and then go together', async () => {
		const { sendAll, starts } = createBench();
		await sendAll(['a', 'b', 'c', 'd'], { ms: 100 });
		expect(starts()).toEqual(['a at 0', 'b at 100', 'c at 100', 'd at 100']);
	});

	test('does not hold back another application', async () => {
		const { clock, send, starts } = createBench();
		const both = [
			send('a1', { signer: 'a', ms: 120 }),
			send('a2', { signer: 'a' }),
			send('b1', { signer: 'b' }),
			send('b2', { signer: 'b' }),
		];
		await clock.run(Promise.all(both));
		expect(starts()).toEqual(['a1 at 0', 'b1 at 0', 'b2 at 100', 'a2 at 120']);
	});

	test('lets the next one go alone when it could not be sent at all', async () => {
		const { clock, send, starts } = createBench();
		const broken = expect(send('a', { ms: 10, breaks: true })).rejects.toThrow('broken');
		await clock.run(Promise.all([broken, send('b'), send('c')]));
		expect(starts()).toEqual(['a at 0', 'b at 10', 'c at 110']);
	});

	test('holds its place while a pause holds it', async () => {
		const clock = createVirtualClock(START);
		const applications = createApplications<string>(clock);
		applications('app').limiter.join(1000).slowDown(2000, START);
		const { sendAll, starts } = createBench({ clock, applications, requestsPerSecond: 1000 });
		await sendAll(['a', 'b']);
		expect(starts()).toEqual(['a at 2000', 'b at 2100']);
	});

	test('that is slow lets one go after 150 ms, then twice as many every 25 ms, 40 at most, and all after 3 s', async () => {
		const { sendAll, log } = createBench({ concurrency: 200 });
		await sendAll(names(150), { ms: 5000 });
		const startedBy = (ms: number) => log.filter(({ startedAt }) => startedAt <= START + ms).length;
		const times = [149, 150, 175, 200, 225, 250, 275, 2999, 3000, 3025];
		expect(times.map(startedBy)).toEqual([1, 2, 4, 8, 16, 32, 40, 40, 80, 150]);
	});
});

describe('a signer that is refused', () => {
	test('costs one request: nobody else of it is sent, and everybody learns the reason', async () => {
		const { clock, sendBatch, starts } = createBench();
		const [first, ...others] = await sendBatch(200, () => ({ effectOf: refusedBy('0') }));
		expect(starts()).toEqual(['0 at 0']);
		expect(first).toMatchObject({ kind: 'answered', reply: '0' });
		expect(new Set(others.map((sent) => JSON.stringify(sent)))).toEqual(
			new Set(['{"kind":"refused","reason":"refused by 0"}']),
		);
		expect(clock.now()).toBe(START + 100);
	});

	test('later in the run, costs no more than what was in flight', async () => {
		const { log, sendBatch } = createBench({ concurrency: 10 });
		const effectOf = (reply: string) => (Number(reply) >= 100 ? { refusal: 'revoked' } : {});
		// Odd ones are quicker, so that answers come in between.
		const sent = await sendBatch(200, (i) => ({ ms: 100 - (i % 2) * 50, effectOf }));
		expect(log.filter(({ name }) => Number(name) >= 100).length).toBeLessThanOrEqual(10);
		expect(sent.filter(({ kind }) => kind === 'refused')).toHaveLength(200 - log.length);
	});

	test('is not asked again by those who were waiting for their turn in the pace', async () => {
		const { clock, send, sendAll } = createBench({ requestsPerSecond: 10 });
		await clock.run(send('opens the gate', { ms: 1 }));
		const sent = await sendAll(['a', 'b', 'c'], { ms: 1, effectOf: refusedBy('a') });
		expect(sent.map(({ kind }) => kind)).toEqual(['answered', 'refused', 'refused']);
	});

	test('does not stop another one', async () => {
		const { clock, send } = createBench();
		const effectOf = refusedBy('a');
		const sent = await clock.run(
			Promise.all([send('a', { effectOf }), send('b', { signer: 'b', effectOf })]),
		);
		expect(sent.map(({ kind }) => kind)).toEqual(['answered', 'answered']);
	});

	test('keeps its first reason', async () => {
		const { clock, send } = createBench();
		await clock.run(send('opens the gate', { ms: 1 }));
		const effectOf = (reply: string) => ({ refusal: `refused by ${reply}` });
		const slow = send('slow', { ms: 50, effectOf });
		await clock.run(Promise.all([slow, send('quick', { ms: 10, effectOf })]));
		expect(await send('late')).toEqual({ kind: 'refused', reason: 'refused by quick' });
	});
});
