import { withDeadline } from '../../../../nodes/shared/api/deadline';

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

test('an answer in time is passed on as soon as it is there', async () => {
	expect(await watch(withDeadline(after(700, 'answer'), 1000, 'late'))).toEqual({
		result: 'answer',
		afterMs: 700,
	});
});

test('without an answer in time the wait ends, at most a quarter of a second late', async () => {
	const { result, afterMs } = await watch(withDeadline(new Promise(() => {}), 10_100, 'late'));
	expect(result).toBe('late');
	expect(afterMs).toBeGreaterThanOrEqual(10_100);
	expect(afterMs).toBeLessThanOrEqual(10_350);
});

test('a rejection in time is passed on', async () => {
	const broken = new Error('broken');
	expect(await watch(withDeadline(after(300, broken), 1000, 'late'))).toEqual({
		result: broken,
		afterMs: 300,
	});
});

test('what comes after the deadline changes nothing, and its rejection goes unheard', async () => {
	expect((await watch(withDeadline(after(5000, 'answer'), 1000, 'late'))).result).toBe('late');
	const broken = after(5000, new Error('broken'));
	expect((await watch(withDeadline(broken, 1000, 'late'))).result).toBe('late');
});

test('each request has its own deadline, also when one starts while others wait', async () => {
	const first = watch(withDeadline(new Promise(() => {}), 3000, 'first'));
	const second = watch(
		after(2000, '').then(async () => await withDeadline(new Promise(() => {}), 3000, 'second')),
	);
	expect((await first).afterMs).toBeLessThanOrEqual(3250);
	const { result, afterMs } = await second;
	expect(result).toBe('second');
	expect(afterMs).toBeGreaterThanOrEqual(5000);
	expect(afterMs).toBeLessThanOrEqual(5250);
});

test('thousands of requests share one timer, which ends with the last of them', async () => {
	const answers: Array<(value: string) => void> = [];
	const requests = Array.from({ length: 2000 }, async () => {
		const answer = new Promise<string>((resolve) => answers.push(resolve));
		return await withDeadline(answer, 10_000, 'late');
	});
	expect(jest.getTimerCount()).toBe(1);
	await jest.advanceTimersByTimeAsync(600);
	answers.forEach((resolve) => resolve('answer'));
	expect(new Set(await Promise.all(requests))).toEqual(new Set(['answer']));
	await jest.advanceTimersByTimeAsync(250);
	expect(jest.getTimerCount()).toBe(0);
});
