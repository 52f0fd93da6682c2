import { createLocks, type Note } from '../../../../nodes/shared/sending/locks';
import { createVirtualClock } from '../../virtualClock';

interface Named extends Note {
	name: string;
}

const START = 1_000_000;

function open({ keepMs = 60_000, mostKept = 100 } = {}) {
	const clock = createVirtualClock(START);
	return { clock, turns: createLocks<Named>(clock, { keepMs, mostKept }) };
}

const settled = async () => await new Promise((resolve) => setImmediate(resolve));

/** Whether a promise has settled; undefined when there was nothing to wait for. */
async function hasSettled(promise: Promise<unknown> | undefined): Promise<boolean | undefined> {
	if (promise === undefined) return undefined;
	let isSettled = false;
	void promise.then(() => (isSettled = true));
	await settled();
	return isSettled;
}

test('turns of one key come one after the other, in the order they were taken; another key does not wait', async () => {
	const { turns } = open();
	const [first, second, third] = [turns.take('mia'), turns.take('mia'), turns.take('mia')];
	expect(first.ahead).toBeUndefined();
	expect(turns.take('noah').ahead).toBeUndefined();
	expect(await hasSettled(second.ahead)).toBe(false);

	first.end();
	expect(await hasSettled(second.ahead)).toBe(true);
	// Who comes while the second one has the turn waits too.
	const late = turns.take('mia');
	expect(await hasSettled(third.ahead)).toBe(false);

	second.end();
	expect(await hasSettled(third.ahead)).toBe(true);
	expect(await hasSettled(late.ahead)).toBe(false);

	for (const turn of [third, late]) turn.end();
	await settled();
	expect(turns.take('mia').ahead).toBeUndefined();
});

test('a turn that is given up before it came lets nobody overtake those before', async () => {
	const { turns } = open();
	const [first, second, third] = [turns.take('mia'), turns.take('mia'), turns.take('mia')];
	second.giveUp();
	expect(await hasSettled(third.ahead)).toBe(false);

	first.end();
	expect(await hasSettled(third.ahead)).toBe(true);
});

describe('what a turn leaves', () => {
	const note = { name: 'in doubt', endedAt: START };

	test('is known to all who come after for its key, until one whose turn came leaves something else', () => {
		const { turns } = open();
		turns.take('mia').end(note);
		const second = turns.take('mia');
		expect(second.before()).toEqual(note);
		expect(turns.take('noah').before()).toBeUndefined();
		second.end(second.before());
		turns.take('mia').giveUp();
		const last = turns.take('mia');
		expect(last.before()).toEqual(note);
		last.end();
		expect(turns.take('mia').before()).toBeUndefined();
	});

	test.each([
		[60_000, note],
		[60_001, undefined],
	])('is, %d ms after what it tells of ended, %p', (ms, expected) => {
		const { clock, turns } = open();
		turns.take('mia').end(note);
		clock.stall(ms);
		expect(turns.take('mia').before()).toEqual(expected);
	});

	test('is kept for those who wait in line by then, however long their turn is in coming', async () => {
		const { clock, turns } = open();
		turns.take('mia').end(note);
		const [second, third] = [turns.take('mia'), turns.take('mia')];
		clock.stall(60_001);
		// Others come and go meanwhile, which is when notes are forgotten.
		turns.take('noah').end({ name: 'other', endedAt: clock.now() });
		expect(second.before()).toEqual(note);
		second.end(second.before());
		expect(third.before()).toEqual(note);
		expect(turns.take('mia').before()).toBeUndefined();
	});

	test('is forgotten, the oldest first, when there is too much of it', () => {
		const { turns } = open({ mostKept: 2 });
		for (const name of ['a', 'b', 'c']) turns.take(name).end({ name, endedAt: START });
		expect(['a', 'b', 'c'].map((key) => turns.take(key).before()?.name)).toEqual([
			undefined,
			'b',
			'c',
		]);
	});
});
