import { createRecent, keyOf, storedWith } from '../../../nodes/TencentDeskEventTrigger/repeats';

test('a call is known by workflow, node and its own name, none of which runs into the next', () => {
	expect(keyOf('w', 'n', 'r-1')).toBe(keyOf('w', 'n', 'r-1'));
	const keys = [keyOf('w', 'n', 'r-1'), keyOf('w', 'nr', '-1'), keyOf('w2', 'n', 'r-1')];
	expect(new Set(keys).size).toBe(3);
});

test('the process forgets the oldest call first', () => {
	const recent = createRecent<number>(2);
	['a', 'b', 'c'].forEach((key, n) => recent.put(key, n));
	expect(['a', 'b', 'c'].map(recent.get)).toEqual([undefined, 1, 2]);
});

test.each<[what: string, stored: unknown, kept: unknown]>([
	['nothing yet', undefined, ['new']],
	['what it cannot read', { seen: 1 }, ['new']],
	['others', ['a', 3, 'b'], ['a', 'b', 'new']],
	['the call itself', ['a', 'new'], undefined],
])('n8n keeps %s', (_what, stored, kept) => {
	expect(storedWith(stored, 'new')).toEqual(kept);
});

test('n8n keeps at most 500 calls, the newest', () => {
	const stored = Array.from({ length: 500 }, (_, n) => `k${n}`);
	const kept = storedWith(stored, 'new');
	expect([kept?.length, kept?.[0], kept?.at(-1)]).toEqual([500, 'k1', 'new']);
});
