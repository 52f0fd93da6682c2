import { readList, type RecordPage } from '../../../nodes/TencentDeskTrigger/readRecords';
import { sessionRecord } from './recordList';

const named = (...ids: string[]) => ids.map((id) => sessionRecord(id, 1000 - id.charCodeAt(0)));

/** Gives the pages in turn, and tells what was asked for. */
function pagesInTurn(...pages: RecordPage[]) {
	const offsets: number[] = [];
	const askPage = async (offset: number) => {
		offsets.push(offset);
		const page = pages.shift();
		if (page === undefined) throw new Error(`nobody expected to be asked for offset ${offset}`);
		return page;
	};
	return { askPage, offsets };
}

const idsOf = ({ rows }: { rows: Map<string, { sessionId: string | null }> }) =>
	[...rows.values()].map(({ sessionId }) => sessionId).sort();

test('one page that holds all is read once', async () => {
	const { askPage, offsets } = pagesInTurn({ records: named('a', 'b'), total: 2 });
	const reading = await readList(askPage);
	expect([idsOf(reading), reading.isSettled, offsets]).toEqual([['a', 'b'], true, [0]]);
});

test('an answer may hold fewer records than asked for, and no total: the next one begins where it ended', async () => {
	const { askPage, offsets } = pagesInTurn(
		{ records: named('a', 'b') },
		{ records: named('c') },
		{ records: [] },
	);
	const reading = await readList(askPage);
	expect([idsOf(reading), reading.isSettled, offsets]).toEqual([['a', 'b', 'c'], true, [0, 2, 3]]);
});

test('a record that came in front while the list was read is found by reading again', async () => {
	const { askPage, offsets } = pagesInTurn(
		{ records: named('b', 'c'), total: 4 },
		{ records: named('c', 'd'), total: 5 },
		{ records: named('e'), total: 5 },
		{ records: named('a', 'b'), total: 5 },
		{ records: named('c', 'd'), total: 5 },
		{ records: named('e'), total: 5 },
	);
	const reading = await readList(askPage);
	expect([idsOf(reading), reading.isSettled]).toEqual([['a', 'b', 'c', 'd', 'e'], true]);
	expect(offsets).toEqual([0, 2, 4, 0, 2, 4]);
});

test('a record that was removed in front hides one, which is found by reading again', async () => {
	const { askPage } = pagesInTurn(
		{ records: named('a', 'b'), total: 4 },
		{ records: named('d'), total: 3 },
		{ records: named('b', 'c'), total: 3 },
		{ records: named('d'), total: 3 },
	);
	expect(idsOf(await readList(askPage))).toEqual(['a', 'b', 'c', 'd']);
});

test('records of the same second that change places are all found in the end', async () => {
	const { askPage } = pagesInTurn(
		{ records: named('a', 'b'), total: 4 },
		{ records: named('b', 'd'), total: 4 },
		{ records: named('a', 'c'), total: 4 },
		{ records: named('c', 'd'), total: 4 },
	);
	const reading = await readList(askPage);
	expect([idsOf(reading), reading.isSettled]).toEqual([['a', 'b', 'c', 'd'], true]);
});

test('a list that never stops moving is read three times, and called unsettled', async () => {
	let asked = 0;
	const reading = await readList(async (offset) => {
		asked += 1;
		return offset < 4
			? { records: named(`x${asked}`, `y${asked}`), total: 100 + asked }
			: { records: [] };
	});
	expect([asked, reading.isSettled]).toEqual([9, false]);
});

test('a server that pays no heed to the offset does not hold the poll', async () => {
	let asked = 0;
	const reading = await readList(async () => {
		asked += 1;
		return { records: named('a', 'b'), total: 9 };
	});
	expect([asked, idsOf(reading), reading.isSettled]).toEqual([6, ['a', 'b'], false]);
});

test('a record counts as it was last seen', async () => {
	const { askPage } = pagesInTurn(
		{ records: named('a', 'b'), total: 3 },
		{ records: named('b'), total: 4 },
		{ records: [], total: 4 },
		{ records: [sessionRecord('a', 1000 - 97, { SatisfactionSelected: 5 })], total: 2 },
		{ records: named('b'), total: 2 },
	);
	const { rows } = await readList(askPage);
	expect([...rows.values()].find(({ sessionId }) => sessionId === 'a')?.rating).toBe(5);
});

test('a reading that is stopped says where, and the next one begins there and goes on in front', async () => {
	const pages = (offset: number) => ({
		records: named('a', 'b', 'c').slice(offset, offset + 1),
		total: 3,
	});
	const stopped = await readList(async (offset) => (offset < 2 ? pages(offset) : undefined));
	expect([idsOf(stopped), stopped.stoppedAt]).toEqual([['a', 'b'], 2]);
	const offsets: number[] = [];
	const rest = await readList(async (offset) => {
		offsets.push(offset);
		return pages(offset);
	}, 2);
	expect([idsOf(rest), rest.isSettled, offsets]).toEqual([['a', 'b', 'c'], true, [2, 0, 1]]);
});

test('what a page throws ends the reading', async () => {
	const refused = async () => await Promise.reject(new Error('refused'));
	await expect(readList(refused)).rejects.toThrow('refused');
});
