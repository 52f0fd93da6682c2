import { getEventListeners } from 'node:events';

import { withDeadline } from '../../../../nodes/shared/desk/callDesk';

beforeEach(() => {
	jest.useFakeTimers();
});
afterEach(async () => {
	await jest.advanceTimersByTimeAsync(1000);
	jest.useRealTimers();
});

/** Gives, or rejects with, its value after `ms`. */
const after = async (ms: number, value: string | Error): Promise<string> =>
	await new Promise((resolve, reject) => {
		setTimeout(() => (value instanceof Error ? reject(value) : resolve(value)), ms);
	});

/** Work that gives this, whether it is given up or not. */
const work = (ms: number, value: string | Error) => async () => await after(ms, value);

/** Work that never ends, even when it is given up. */
const deaf = async () => await new Promise<string>(() => {});

/** Work that ends as soon as it is given up. */
const obedient = async (signal: AbortSignal) =>
	await new Promise<string>((resolve) => {
		signal.addEventListener('abort', () => resolve('given up'));
	});

/** What came of it, and after how many ms. */
async function watch(work: Promise<unknown>) {
	const startedAt = performance.now();
	const seen: { result?: unknown; afterMs?: number } = {};
	const note = (result: unknown) => {
		seen.result = result;
		seen.afterMs = performance.now() - startedAt;
	};
	work.then(note, note);
	await jest.advanceTimersByTimeAsync(60_000);
	return seen;
}

const broken = new Error('broken');
test.each<[string, (signal: AbortSignal) => Promise<string>, unknown, from: number, until: number]>(
	[
		[
			'an answer in time is passed on as soon as it is there',
			work(700, 'answer'),
			'answer',
			700,
			700,
		],
		['a rejection in time is passed on', work(300, broken), broken, 300, 300],
		['an answer after the deadline changes nothing', work(5000, 'answer'), 'late', 1000, 1500],
		['a rejection after the deadline goes unheard', work(5000, broken), 'late', 1000, 1500],
		[
			'work that does not end by the deadline is left to itself a quarter of a second later',
			...([deaf, 'late', 1000, 1500] as const),
		],
		[
			'at the deadline the work is told to give up, at most a quarter of a second late',
			...([obedient, 'given up', 1000, 1250] as const),
		],
	],
)('%s', async (_what, worksUntil, expected, from, until) => {
	const { result, afterMs } = await watch(withDeadline(worksUntil, 1000, 'late'));
	expect(result).toBe(expected);
	expect(afterMs).toBeGreaterThanOrEqual(from);
	expect(afterMs).toBeLessThanOrEqual(until);
});

test('each request has its own deadline, also when one starts while others wait', async () => {
	const first = watch(withDeadline(deaf, 3000, 'first'));
	const second = watch(after(2000, '').then(async () => await withDeadline(deaf, 3000, 'second')));
	expect((await first).afterMs).toBeLessThanOrEqual(3500);
	const { result, afterMs } = await second;
	expect(result).toBe('second');
	expect(afterMs).toBeGreaterThanOrEqual(5000);
	expect(afterMs).toBeLessThanOrEqual(5500);
});

test('thousands of requests share one timer, which ends with the last of them', async () => {
	const answers: Array<(value: string) => void> = [];
	const requests = Array.from({ length: 2000 }, async () => {
		const answer = new Promise<string>((resolve) => answers.push(resolve));
		return await withDeadline(async () => await answer, 10_000, 'late');
	});
	expect(jest.getTimerCount()).toBe(1);
	await jest.advanceTimersByTimeAsync(600);
	answers.forEach((resolve) => resolve('answer'));
	expect(new Set(await Promise.all(requests))).toEqual(new Set(['answer']));
	await jest.advanceTimersByTimeAsync(250);
	expect(jest.getTimerCount()).toBe(0);
});

test('work that ended in time is not told to give up afterwards', async () => {
	let given: AbortSignal | undefined;
	const quick = async (signal: AbortSignal) => {
		given = signal;
		return await after(300, 'answer');
	};
	await watch(withDeadline(quick, 1000, 'late'));
	expect(given?.aborted).toBe(false);
});

describe('an execution that is stopped', () => {
	test('ends the work, at most a quarter of a second late', async () => {
		const execution = new AbortController();
		const watched = watch(withDeadline(obedient, 10_000, 'late', execution.signal));
		setTimeout(() => execution.abort(), 700);
		const { result, afterMs } = await watched;
		expect(result).toBe('given up');
		expect(afterMs).toBeLessThanOrEqual(950);
	});

	test('gives the work no signal to hope for when it was stopped before', async () => {
		const givenSignal = async (signal: AbortSignal) => String(signal.aborted);
		const stopped = withDeadline(givenSignal, 10_000, 'late', AbortSignal.abort());
		expect((await watch(stopped)).result).toBe('true');
	});

	test('is not listened to, however many requests there are', async () => {
		const { signal } = new AbortController();
		const requests = Array.from({ length: 50 }, async () => {
			return await withDeadline(work(300, 'answer'), 10_000, 'late', signal);
		});
		expect(getEventListeners(signal, 'abort')).toEqual([]);
		await jest.advanceTimersByTimeAsync(600);
		expect(new Set(await Promise.all(requests))).toEqual(new Set(['answer']));
	});
});
