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
const asRows = (ids: string[]): Answer[] => ids.map((id) => ({ id }));

type Asked = Parameters<typeof gather>[0]['ask'];
type Page = Awaited<ReturnType<Asked>>;

/** Gathers a list of these tests; the ids it got and how many requests it took. `ask` is told how many came before. */
async function gatherFrom(
	ask: (part: Record<string, number>, requests: number) => Page,
	{ limit = Infinity, pages = 'offset' as Pages } = {},
) {
	let requests = 0;
	const gathered = await gather(
		{
			pages,
			ask: async (part) => ask(part as Record<string, number>, requests++),
			rows: ({ Rows }) => (Rows ?? []) as Answer[],
			key: ({ id }) => String(id),
		},
		limit,
	);
	const ids = gathered.kind === 'rows' ? gathered.rows.map(({ id }) => String(id)) : [];
	const message = gathered.kind === 'failed' ? gathered.finding.message : undefined;
	return { gathered, ids, message, requests };
}

const finding = {
	class: 'request' as const,
	...{ message: 'No.', advice: '', errorCode: 141004, errorInfo: '', retryLater: true },
};
const refusal = {
	failure: { kind: 'failed' as const, finding, attempts: 1, mayBeDone: false },
	isRefused: true,
};

async function read(rows: string[], limit = Infinity, ways: Partial<Ways> = {}) {
	const way = { ...PLAIN, ...ways };
	const { pages, firstPage, ceiling, begins, totals, outside, meanwhile } = way;
	return await gatherFrom(
		({ Offset, Limit, PageSize, PageNum, PageNumber }, requests) => {
			meanwhile(requests, rows);
			const asked = pages === 'offset' ? Limit : PageSize;
			const length = Math.min(asked, ceiling);
			const step = begins === 'asForAsked' ? asked : length;
			const last = Math.max(0, Math.ceil(rows.length / step) - 1);
			const wanted = (PageNum ?? PageNumber) - firstPage;
			if (outside === 'refused' && (wanted < 0 || wanted > last)) return refusal;
			const index = outside === 'nearest' ? Math.min(Math.max(wanted, 0), last) : wanted;
			const start = pages === 'offset' ? Offset : index * step;
			const Rows = start < 0 ? [] : asRows(rows.slice(start, start + length));
			return { answer: { Rows, ...(totals ? { Total: rows.length } : {}) } };
		},
		{ limit, pages },
	);
}

test.each<[count: number, limit: number, times: number, isCut: boolean]>([
	[0, 50, 1, false],
	[1, 50, 1, false],
	[50, 50, 1, false],
	[51, 50, 1, true],
	[250, 50, 1, true],
	[250, 130, 2, true],
	[250, Infinity, 3, false],
	[200, Infinity, 2, false],
	[9, 2, 1, true],
	[2, 2, 1, false],
])('of %s rows, with a limit of %s, asks %s times; there may be more: %s', async (...row) => {
	const [count, limit, requests, isCut] = row;
	const ids = names(Math.min(count, limit));
	expect(await read(names(count), limit)).toMatchObject({ ids, requests, gathered: { isCut } });
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

describe('a row that goes while the pages are read', () => {
	test.each(['offset', 'pageNum'] as const)(
		'takes none of the others along (%s)',
		async (pages) => {
			const { ids } = await read(names(250), Infinity, { pages, meanwhile: sevenGo });
			expect([...ids].sort()).toEqual(names(250).sort());
		},
	);

	test('takes none along within the limit either', async () => {
		const { ids } = await read(names(250), 150, { meanwhile: sevenGo });
		expect(ids).toEqual(names(157).slice(7));
	});

	test('makes the list not whole where it cannot be read again', async () => {
		const { message } = await gatherFrom(({ Offset }, requests) => {
			const Total = requests === 0 ? 253 : 251;
			const Rows = asRows(names(Total).slice(Offset).slice(0, 100));
			return requests < 3 ? { answer: { Rows, Total } } : refusal;
		});
		expect(message).toMatch(/^The list changed .* reading it again failed: No\.$/);
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
	async (_what, pages, Total, outcome) => {
		const Rows = asRows(names(100));
		const { ids, message, requests } = await gatherFrom(() => ({ answer: { Rows, Total } }), {
			pages,
		});
		expect(message ?? ids.length).toEqual(
			typeof outcome === 'number' ? outcome : expect.stringContaining(outcome),
		);
		expect(requests).toBeLessThanOrEqual(9);
	},
);

test('a list without an end is told as too long, not cut in silence', async () => {
	const endless = await gatherFrom((_part, requests) => ({ answer: { Rows: [{ id: requests }] } }));
	expect(endless.message).toContain('more than 1000 pages');
	expect(endless.requests).toBe(MOST_PAGES);
});

test('two rows that are alike are two, also on two pages, as long as none moves', async () => {
	const rows = [...names(99), 'a', 'a', 'b'];
	expect((await read(rows)).ids).toEqual(rows);
	expect((await read([...rows], Infinity, { meanwhile: sevenGo })).ids).toHaveLength(102);
});

test.each([refusal.failure, { kind: 'notTried' as const }])(
	'a page that fails fails the list, and a stop stops it: %j',
	async (failure) => {
		const { gathered, requests } = await gatherFrom((_part, before) =>
			before === 0
				? { answer: { Rows: asRows(names(100)), Total: 300 } }
				: { failure, isRefused: true },
		);
		expect(gathered).toEqual(failure);
		expect(requests).toBe(2);
	},
);
