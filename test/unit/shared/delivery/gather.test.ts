import fc from 'fast-check';

import { gather, MOST_PAGES } from '../../../../nodes/shared/delivery/gather';
import type { Pages } from '../../../../nodes/shared/desk/pages';
import type { Answer } from '../../../../nodes/shared/desk/values';

/** How a Desk of these tests gives its lists. */
interface Ways {
	pages: Pages;
	/** The number of its own first page. */
	firstPage: 0 | 1;
	/** Most rows that it gives at once. */
	ceiling: number;
	/** Whether a page begins at a multiple of what was asked for, or of what it gives. */
	begins: 'asForAsked' | 'asForGiven';
	totals: boolean;
	/** What a page outside the list is. */
	outside: 'empty' | 'refused' | 'nearest';
	/** Called before each request, with the rows as they are. */
	meanwhile: (request: number, rows: string[]) => void;
}

const PLAIN: Ways = {
	pages: 'offset',
	firstPage: 0,
	ceiling: Infinity,
	begins: 'asForGiven',
	totals: true,
	outside: 'empty',
	meanwhile: () => {},
};

const names = (count: number, prefix = 'r') =>
	Array.from({ length: count }, (_value, i) => `${prefix}${i}`);

type List = Parameters<typeof gather>[0];

/** A list of these tests, asked for as said. */
const list = (ask: List['ask'], pages: Pages = 'offset'): List => ({
	pages,
	ask,
	rows: ({ Rows }) => (Rows ?? []) as Answer[],
	key: ({ id }) => String(id),
});

const finding = {
	class: 'request' as const,
	...{ message: 'No.', advice: '', errorCode: 141004, errorInfo: '', retryLater: true },
};
const refusal = {
	failure: { kind: 'failed' as const, finding, attempts: 1, mayBeDone: false },
	isRefused: true,
};

async function read(rows: string[], limit: number, ways: Partial<Ways> = {}) {
	const way = { ...PLAIN, ...ways };
	const { pages, firstPage, ceiling, begins, totals, outside, meanwhile } = way;
	let requests = 0;
	const gathered = await gather(
		list(async (part) => {
			const { Offset, Limit, PageSize, PageNum, PageNumber } = part as Record<string, number>;
			meanwhile(requests++, rows);
			const asked = pages === 'offset' ? Limit : PageSize;
			const length = Math.min(asked, ceiling);
			const step = begins === 'asForAsked' ? asked : length;
			const last = Math.max(0, Math.ceil(rows.length / step) - 1);
			const wanted = (PageNum ?? PageNumber) - firstPage;
			if (outside === 'refused' && (wanted < 0 || wanted > last)) return refusal;
			const index = outside === 'nearest' ? Math.min(Math.max(wanted, 0), last) : wanted;
			const start = pages === 'offset' ? Offset : index * step;
			const Rows = start < 0 ? [] : rows.slice(start, start + length).map((id) => ({ id }));
			return { answer: { Rows, ...(totals ? { Total: rows.length } : {}) } };
		}, pages),
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

test('gives every row once and in order, whatever way Desk gives its pages in', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.record({
				count: fc.integer({ min: 0, max: 450 }),
				limit: fc.oneof(fc.integer({ min: 1, max: 500 }), fc.constant(Infinity)),
				pages: fc.constantFrom<Pages>('offset', 'pageNum', 'pageNumber'),
				firstPage: fc.constantFrom(0 as const, 1 as const),
				ceiling: fc.oneof(fc.integer({ min: 1, max: 120 }), fc.constant(Infinity)),
				begins: fc.constantFrom('asForAsked' as const, 'asForGiven' as const),
				totals: fc.boolean(),
				outside: fc.constantFrom('empty' as const, 'refused' as const, 'nearest' as const),
			}),
			async ({ count, limit, firstPage, ...ways }) => {
				// Only of get_member_group_list no page tells what the first page is.
				const first = ways.pages === 'pageNumber' ? firstPage : 0;
				const { ids } = await read(names(count), limit, { ...ways, firstPage: first });
				expect(ids).toEqual(names(Math.min(count, limit)));
			},
		),
		{ numRuns: 500 },
	);
});

test.each([0, 1] as const)(
	'agent groups of which Desk gives 60 where 100 were asked for are all read, counted from page %s',
	async (firstPage) => {
		const { ids } = await read(names(130), Infinity, {
			pages: 'pageNumber',
			firstPage,
			ceiling: 60,
		});

		expect(ids).toEqual(names(130));
	},
);

test('of a list that fits on one page, one page is asked for', async () => {
	for (const pages of ['offset', 'pageNum', 'pageNumber'] as const) {
		const firstPage = pages === 'pageNumber' ? 1 : 0;
		expect(await read(names(100), Infinity, { pages, firstPage })).toMatchObject({ requests: 1 });
	}
});

test('rows that come in front while the pages are read are given once at most, and no other is lost', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.integer({ min: 1, max: 450 }),
			fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 8 }),
			fc.constantFrom<Pages>('offset', 'pageNum'),
			async (count, arrivals, pages) => {
				const meanwhile = (request: number, rows: string[]) =>
					void rows.unshift(...names(arrivals[request] ?? 0, `new${request}-`));
				const { ids } = await read(names(count), Infinity, { pages, meanwhile });

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

test.each(['offset', 'pageNum'] as const)(
	'a row that goes while the pages are read takes none of the others along (%s)',
	async (pages) => {
		const { ids } = await read(names(250), Infinity, { pages, meanwhile: sevenGo });

		expect(new Set(ids)).toEqual(new Set(names(250)));
		expect(ids).toHaveLength(250);
	},
);

test('a row that goes while the pages are read takes none along within the limit either', async () => {
	const { ids } = await read(names(250), 150, { meanwhile: sevenGo });

	expect(ids).toEqual(names(157).slice(7));
});

test('what cannot be read again after a row has gone is told as not whole', async () => {
	let requests = 0;
	const gathered = await gather(
		list(async ({ Offset }) => {
			requests++;
			if (requests > 3) return refusal;
			const Total = requests === 1 ? 253 : 251;
			const Rows = names(Total).slice(Number(Offset)).slice(0, 100);
			return { answer: { Rows: Rows.map((id) => ({ id })), Total } };
		}),
		Infinity,
	);

	expect(gathered).toMatchObject({
		kind: 'failed',
		finding: {
			message: expect.stringMatching(/^The list changed .* reading it again failed: No\.$/),
		},
	});
});

test.each<[string, Pages, number | undefined, number | string]>([
	// It is as likely that the last page comes again in place of none.
	['of which nobody tells how long it is', 'pageNum', undefined, 100],
	['that is longer', 'pageNum', 1000, 'the whole list'],
	['of which nobody tells how long it is', 'offset', undefined, 'the whole list'],
	['that is longer', 'offset', 1000, 'the whole list'],
])(
	'a Desk that gives the same page of a list %s (%s, %s) is not asked for ever',
	async (...way) => {
		const [, pages, Total, outcome] = way;
		const Rows = names(100).map((id) => ({ id }));
		let requests = 0;
		const gathered = await gather(
			list(async () => {
				requests++;
				return { answer: { Rows, Total } };
			}, pages),
			Infinity,
		);

		expect(
			gathered.kind === 'rows'
				? gathered.rows.length
				: gathered.kind === 'failed' && gathered.finding.message,
		).toEqual(typeof outcome === 'number' ? outcome : expect.stringContaining(outcome));
		expect(requests).toBeLessThanOrEqual(9);
	},
);

test('a list without an end is told as too long, not cut in silence', async () => {
	let requests = 0;
	const gathered = await gather(
		list(async () => ({ answer: { Rows: [{ id: requests++ }] } })),
		Infinity,
	);

	expect(gathered).toMatchObject({
		kind: 'failed',
		finding: { message: expect.stringContaining('more than 1000 pages') },
	});
	expect(requests).toBe(MOST_PAGES);
});

test('two rows that are alike are two, also on two pages, as long as none moves', async () => {
	const rows = [...names(99), 'a', 'a', 'b'];
	expect((await read(rows, Infinity)).ids).toEqual(rows);
	expect((await read([...rows], Infinity, { meanwhile: sevenGo })).ids).toHaveLength(102);
});

test.each([
	[9, 2, true],
	[2, 2, false],
	[1, 2, false],
])('of %s rows with a limit of %s there may be more: %s', async (count, limit, isCut) => {
	expect((await read(names(count), limit)).gathered).toMatchObject({ isCut });
});

test('a page that fails fails the list, and a stop stops it', async () => {
	for (const failure of [refusal.failure, { kind: 'notTried' as const }]) {
		let requests = 0;
		const gathered = await gather(
			list(async () =>
				requests++ === 0
					? { answer: { Rows: names(100).map((id) => ({ id })), Total: 300 } }
					: { failure, isRefused: true },
			),
			Infinity,
		);
		expect(gathered).toEqual(failure);
		expect(requests).toBe(2);
	}
});
