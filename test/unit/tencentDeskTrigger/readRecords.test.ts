import {
	readList,
	type ListRead,
	type RecordPage,
} from '../../../nodes/TencentDeskTrigger/readRecords';
import { sessionRecord } from './recordList';

/** A page whose records are named by letters: so many, of a list that says to hold `total`. */
const page = (ids: string, total?: number): RecordPage => ({
	records: [...ids].map((id) => sessionRecord(id, 1000 - id.charCodeAt(0))),
	total,
});

/** Reads while the pages are given in turn; what it found, and the offsets that it asked for. */
async function readInTurn(...pages: RecordPage[]) {
	const offsets: number[] = [];
	const { rows, isSettled } = await readList(async (offset) => {
		offsets.push(offset);
		const next = pages.shift();
		if (next === undefined) throw new Error(`nobody expected to be asked for offset ${offset}`);
		return next;
	});
	return { ids: idsOf({ rows }), isSettled, offsets, rows: [...rows.values()] };
}

const idsOf = ({ rows }: Pick<ListRead, 'rows'>) =>
	[...rows.values()]
		.map(({ sessionId }) => sessionId)
		.sort()
		.join('');

test.each<[string, RecordPage[], string, number[]]>([
	['one page that holds all is read once', [page('ab', 2)], 'ab', [0]],
	[
		'an answer may hold fewer records than asked for, and no total: the next one begins where it ended',
		[page('ab'), page('c'), page('')],
		'abc',
		[0, 2, 3],
	],
	[
		'a record that came in front while the list was read is found by reading again',
		[page('bc', 4), page('cd', 5), page('e', 5), page('ab', 5), page('cd', 5), page('e', 5)],
		'abcde',
		[0, 2, 4, 0, 2, 4],
	],
	[
		'a record that was removed in front hides one, which is found by reading again',
		[page('ab', 4), page('d', 3), page('bc', 3), page('d', 3)],
		'abcd',
		[0, 2, 0, 2],
	],
	[
		'records of the same second that change places are all found in the end',
		[page('ab', 4), page('bd', 4), page('ac', 4), page('cd', 4)],
		'abcd',
		[0, 2, 0, 2],
	],
])('%s', async (_what, pages, ids, offsets) => {
	expect(await readInTurn(...pages)).toMatchObject({ ids, isSettled: true, offsets });
});

test('a list that never stops moving is read three times, and called unsettled', async () => {
	let asked = 0;
	const reading = await readList(async (offset) => {
		asked += 1;
		const twoMore = String.fromCodePoint(2 * asked + 1000, 2 * asked + 1001);
		return offset < 4 ? page(twoMore, 100 + asked) : page('');
	});
	expect([asked, reading.isSettled]).toEqual([9, false]);
});

test('a server that pays no heed to the offset does not hold the poll', async () => {
	let asked = 0;
	const reading = await readList(async () => {
		asked += 1;
		return page('ab', 9);
	});
	expect([asked, idsOf(reading), reading.isSettled]).toEqual([6, 'ab', false]);
});

test('a record counts as it was last seen', async () => {
	const rated = { records: [sessionRecord('a', 1000 - 97, { SatisfactionSelected: 5 })], total: 2 };
	const { rows } = await readInTurn(
		...[page('ab', 3), page('b', 4), page('', 4), rated, page('b', 2)],
	);
	expect(rows.find(({ sessionId }) => sessionId === 'a')?.rating).toBe(5);
});

test('a reading that is stopped says where, and the next one begins there and goes on in front', async () => {
	const pages = (offset: number) => page('abc'.slice(offset, offset + 1), 3);
	const stopped = await readList(async (offset) => (offset < 2 ? pages(offset) : undefined));
	expect([idsOf(stopped), stopped.stoppedAt]).toEqual(['ab', 2]);
	const offsets: number[] = [];
	const rest = await readList(async (offset) => {
		offsets.push(offset);
		return pages(offset);
	}, 2);
	expect([idsOf(rest), rest.isSettled, offsets]).toEqual(['abc', true, [2, 0, 1]]);
});

test('what a page throws ends the reading', async () => {
	const refused = async () => await Promise.reject(new Error('refused'));
	await expect(readList(refused)).rejects.toThrow('refused');
});
