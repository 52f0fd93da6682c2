import { createOneAtATime } from '../../../../nodes/shared/sending/oneAtATime';

/** Work that ends when the test says so, and notes when it begins and ends. */
function controlled(log: string[], name: string) {
	let end = { well: () => {}, badly: (() => {}) as (error: Error) => void };
	const ended = new Promise<string>((resolve, reject) => {
		end = { well: () => resolve(name), badly: reject };
	});
	const work = async (): Promise<string> => {
		log.push(`${name} begins`);
		return await ended.finally(() => log.push(`${name} ends`));
	};
	return { work, end };
}

const settled = async () => await new Promise((resolve) => setImmediate(resolve));

test('work of one key runs one after the other, in the order it came', async () => {
	const oneAtATime = createOneAtATime();
	const log: string[] = [];
	const [first, second, third] = ['first', 'second', 'third'].map((name) => controlled(log, name));
	const results = [first, second, third].map(async ({ work }) => await oneAtATime('mia', work));

	third.end.well();
	second.end.well();
	await settled();
	expect(log).toEqual(['first begins']);

	first.end.well();
	expect(await Promise.all(results)).toEqual(['first', 'second', 'third']);
	expect(log).toEqual(
		['first', 'second', 'third'].flatMap((name) => [`${name} begins`, `${name} ends`]),
	);
});

test('work of another key does not wait', async () => {
	const oneAtATime = createOneAtATime();
	const log: string[] = [];
	const [mia, noah] = ['mia', 'noah'].map((name) => controlled(log, name));
	const mias = oneAtATime('mia', mia.work);
	const noahs = oneAtATime('noah', noah.work);

	noah.end.well();
	expect(await noahs).toBe('noah');
	mia.end.well();
	expect(await mias).toBe('mia');
	expect(log).toEqual(['mia begins', 'noah begins', 'noah ends', 'mia ends']);
});

test('work that fails rejects for its own caller only, and the next one runs', async () => {
	const oneAtATime = createOneAtATime();
	const log: string[] = [];
	const [first, second] = ['first', 'second'].map((name) => controlled(log, name));
	const results = [first, second].map(async ({ work }) => await oneAtATime('mia', work));

	first.end.badly(new Error('broken'));
	second.end.well();
	await expect(results[0]).rejects.toThrow('broken');
	expect(await results[1]).toBe('second');
});

test('a key is free again when its work has ended', async () => {
	const oneAtATime = createOneAtATime();
	await oneAtATime('mia', async () => {});
	const log: string[] = [];
	const later = controlled(log, 'later');
	const result = oneAtATime('mia', later.work);

	expect(log).toEqual(['later begins']);
	later.end.well();
	await result;
});
