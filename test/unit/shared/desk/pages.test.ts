import fc from 'fast-check';

import { gather, MOST_PAGES, type Part } from '../../../../nodes/shared/desk/pages';
import type { Answer } from '../../../../nodes/shared/desk/values';
import { NOT_TRIED, notSent, type Ended } from '../../../../nodes/shared/delivery/command';

/** How a Desk of these tests gives its lists. */
interface Ways {
	by: 'offset' | 'page';
	/** The number of its own first page. */
	firstPage: 0 | 1;
	/** Most rows that it gives at once. */
	ceiling: number;
	totals: boolean;
	/** Called before each request, with the rows as they are. */
	meanwhile: (request: number, rows: string[]) => void;
}

const PLAIN: Ways = {
	by: 'offset',
	firstPage: 0,
	ceiling: Infinity,
	totals: true,
	meanwhile: () => {},
};

const done = (answer: Answer): Ended => ({ kind: 'done', answer, shownBy: 'answer', attempts: 1 });
const refused = notSent({ message: 'No.', advice: '' });

const names = (count: number, prefix = 'r') =>
	Array.from({ length: count }, (_value, i) => `${prefix}${i}`);

/** A list of these tests, asked for as said. */
const list = (ask: Parameters<typeof gather>[0]['ask'], firstPage: 0 | 1 = 0) => ({
	ask,
	rows: ({ Rows }: Answer) => Rows as Answer[],
	total: ({ Total }: Answer) => Total as number | undefined,
	key: ({ id }: Answer) => String(id),
	firstPage,
});

async function read(rows: string[], limit: number, ways: Partial<Ways> = {}, asksFrom: 0 | 1 = 0) {
	const { by, firstPage, ceiling, totals, meanwhile } = { ...PLAIN, ...ways };
	let requests = 0;
	const gathered = await gather(
		list(async ({ size, page, offset }: Part) => {
			meanwhile(requests++, rows);
			const length = Math.min(size, ceiling);
			const start = by === 'offset' ? offset : (page - firstPage) * length;
			const Rows = start < 0 ? [] : rows.slice(start, start + length).map((id) => ({ id }));
			return done({ Rows, ...(totals ? { Total: rows.length } : {}) });
		}, asksFrom),
		limit,
	);
	const ids = gathered.kind === 'rows' ? gathered.rows.map(({ id }) => String(id)) : [];
	return { gathered, ids, requests };
}

test.each([
	[0, 50, 1],
	[1, 50, 1],
	[50, 50, 1],
	[250, 50, 1],
	[250, 130, 2],
	[250, Infinity, 3],
	[200, Infinity, 2],
])('of %s rows, with a limit of %s, asks %s times', async (count, limit, times) => {
	const { ids, requests } = await read(names(count), limit);

	expect(ids).toEqual(names(Math.min(count, limit)));
	expect(requests).toBe(times);
});

test('gives every row once, whatever way Desk gives its pages in', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.record({
				count: fc.integer({ min: 0, max: 450 }),
				limit: fc.oneof(fc.integer({ min: 1, max: 500 }), fc.constant(Infinity)),
				by: fc.constantFrom('offset' as const, 'page' as const),
				ceiling: fc.oneof(fc.integer({ min: 1, max: 120 }), fc.constant(Infinity)),
				totals: fc.boolean(),
			}),
			async ({ count, limit, ...ways }) => {
				const { ids } = await read(names(count), limit, ways);
				expect(ids).toEqual(names(Math.min(count, limit)));
			},
		),
	);
});

test('rows that come in front while the pages are read are given once at most, and no other is lost', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.integer({ min: 1, max: 450 }),
			fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 8 }),
			fc.constantFrom('offset' as const, 'page' as const),
			async (count, arrivals, by) => {
				const meanwhile = (request: number, rows: string[]) =>
					void rows.unshift(...names(arrivals[request] ?? 0, `new${request}-`));
				const { ids } = await read(names(count), Infinity, { by, meanwhile });

				expect(new Set(ids).size).toBe(ids.length);
				expect(ids).toEqual(expect.arrayContaining(names(count)));
			},
		),
	);
});

/** Seven rows of the first page go before the second is asked for. */
const sevenGo = (request: number, rows: string[]) => {
	if (request === 1) rows.splice(0, 7);
};

test.each(['offset', 'page'] as const)(
	'a row that goes while the pages are read takes none of the others along (%s)',
	async (by) => {
		const { ids } = await read(names(250), Infinity, { by, meanwhile: sevenGo });

		expect(new Set(ids)).toEqual(new Set(names(250)));
		expect(ids).toHaveLength(250);
	},
);

test('a row that goes while the pages are read takes none along within the limit either', async () => {
	const { ids } = await read(names(250), 150, { meanwhile: sevenGo });

	expect(ids).toEqual(names(157).slice(7));
});

test('a list whose first page is not 1 but 0 is read from its start', async () => {
	const { ids } = await read(names(30), 50, { by: 'page', firstPage: 0 }, 1);
	const long = await read(names(250), Infinity, { by: 'page', firstPage: 0 }, 1);

	expect(ids).toEqual(names(30));
	expect(new Set(long.ids)).toEqual(new Set(names(250)));
});

test('what was found stays when Desk refuses to be asked for page 0', async () => {
	const gathered = await gather(
		list(
			async ({ page }) =>
				page === 0 ? refused : done({ Rows: page === 1 ? [{ id: 'a' }] : [], Total: 2 }),
			1,
		),
		50,
	);

	expect(gathered).toMatchObject({ kind: 'rows', rows: [{ id: 'a' }] });
});

test('a Desk that gives the same page whatever is asked is not asked for ever', async () => {
	const same = names(100).map((id) => ({ id }));
	for (const Total of [undefined, 1000]) {
		let requests = 0;
		const gathered = await gather(
			list(async () => {
				requests++;
				return done({ Rows: same, Total });
			}),
			Infinity,
		);
		expect(gathered).toMatchObject({ kind: 'rows', rows: { length: 100 } });
		expect(requests).toBeLessThanOrEqual(6);
	}
});

test('a list without an end is told as too long, not cut in silence', async () => {
	let row = 0;
	let requests = 0;
	const gathered = await gather(
		list(async () => {
			requests++;
			return done({ Rows: [{ id: row++ }] });
		}),
		Infinity,
	);

	expect(gathered).toMatchObject({
		kind: 'failed',
		finding: { message: expect.stringContaining('more than 1000 pages') },
	});
	expect(requests).toBe(MOST_PAGES);
});

test('two rows that are alike on one page are two', async () => {
	const { ids } = await read(['a', 'a', 'b'], 50);

	expect(ids).toEqual(['a', 'a', 'b']);
});

test.each([
	[9, 2, true],
	[2, 2, false],
	[1, 2, false],
])('of %s rows with a limit of %s there may be more: %s', async (count, limit, isCut) => {
	expect((await read(names(count), limit)).gathered).toMatchObject({ isCut });
});

test('a page that fails fails the list, and a stop stops it', async () => {
	for (const end of [refused, NOT_TRIED]) {
		let requests = 0;
		const gathered = await gather(
			list(async () =>
				requests++ === 0 ? done({ Rows: names(100).map((id) => ({ id })), Total: 300 }) : end,
			),
			Infinity,
		);
		expect(gathered).toEqual(end);
		expect(requests).toBe(2);
	}
});
