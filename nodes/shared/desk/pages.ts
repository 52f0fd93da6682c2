import type { Answer } from '../desk/values';
import type { Ended, Failed } from '../delivery/command';

/** Which part of a list to ask for. */
export interface Part {
	size: number;
	/** Pages counted from the list's own first page. */
	page: number;
	/** Rows counted from 0. */
	offset: number;
}

/** A list that Desk gives in parts. */
export interface PagedList {
	ask(part: Part): Promise<Ended>;
	rows(answer: Answer): Answer[];
	/** How many rows there are in all; undefined when the answer does not tell. */
	total(answer: Answer): number | undefined;
	/** The same for the same row on another page. */
	key(row: Answer): string;
	/** The number of the first page, as far as Tencent's page tells. */
	firstPage: number;
}

export type Gathered =
	{ kind: 'rows'; rows: Answer[]; isCut: boolean } | Exclude<Ended, { kind: 'done' }>;

/** The most that the API gives at once: https://www.tencentcloud.com/document/product/1229/68823 */
export const MOST_PER_PAGE = 100;
export const MOST_PAGES = 1000;
/** Pages in a row without a new row: a list that moves may give one, one that ignores the page gives no other. */
const MOST_WITHOUT_NEWS = 2;

interface Pass {
	rows: Map<string, Answer>;
	/** Why the pass ended early. */
	ended?: Exclude<Ended, { kind: 'done' }> | 'tooMany';
	leastTotal: number;
	hasShrunk: boolean;
	longestPage: number;
}

/**
 * Gathers up to `limit` rows, each once, although rows may come and go while the pages are read, and pages may hold
 * fewer than asked for. When rows may have slipped through, the pages are read once more.
 */
export async function gather(list: PagedList, limit: number): Promise<Gathered> {
	const size = Math.min(MOST_PER_PAGE, limit);
	const first = await readThrough(list, { size, firstPage: list.firstPage }, limit);
	if (!maySlipThrough(first, limit)) return finish(first, limit);

	// Fewer than asked for on every page: Desk may count pages by the size that it gives.
	const smaller = Math.max(1, Math.min(size, first.longestPage || size));
	const second = await readThrough(list, { size: smaller, firstPage: 0 }, limit);
	if (
		second.ended === 'tooMany' ||
		(typeof second.ended === 'object' && second.ended.kind === 'notTried')
	) {
		return finish(second, limit);
	}
	// What was found stays true, also where Desk refuses page 0.
	for (const [key, row] of first.rows) if (!second.rows.has(key)) second.rows.set(key, row);
	return finish({ ...second, ended: undefined }, limit);
}

/** Rows that left move the others up, past the page that was asked for; and no page says what the first page is. */
function maySlipThrough({ ended, rows, leastTotal, hasShrunk }: Pass, limit: number): boolean {
	if (ended !== undefined) return false;
	return hasShrunk || (rows.size < limit && leastTotal !== Infinity && rows.size < leastTotal);
}

async function readThrough(
	list: PagedList,
	{ size, firstPage }: { size: number; firstPage: number },
	limit: number,
): Promise<Pass> {
	const pass: Pass = { rows: new Map(), leastTotal: Infinity, hasShrunk: false, longestPage: 0 };
	let offset = 0;
	let withoutNews = 0;
	for (let count = 0; count < MOST_PAGES; count++) {
		const ended = await list.ask({ size, page: firstPage + count, offset });
		if (ended.kind !== 'done') return { ...pass, ended };

		const rows = list.rows(ended.answer);
		const total = list.total(ended.answer) ?? Infinity;
		pass.hasShrunk ||=
			total !== Infinity && pass.leastTotal !== Infinity && total < pass.leastTotal;
		pass.leastTotal = Math.min(pass.leastTotal, total);
		pass.longestPage = Math.max(pass.longestPage, rows.length);
		offset += rows.length;
		const known = pass.rows.size;
		addRows(pass.rows, rows, list);

		withoutNews = pass.rows.size === known ? withoutNews + 1 : 0;
		const isAll = offset >= total && pass.rows.size >= total;
		if (rows.length === 0 || isAll || pass.rows.size >= limit) return pass;
		if (withoutNews === MOST_WITHOUT_NEWS) return pass;
	}
	return { ...pass, ended: 'tooMany' };
}

/** Rows that are alike on one page are several; alike on two pages, one that has moved. */
function addRows(found: Map<string, Answer>, rows: Answer[], list: PagedList): void {
	const onThisPage = new Map<string, number>();
	for (const row of rows) {
		const key = list.key(row);
		const times = onThisPage.get(key) ?? 0;
		onThisPage.set(key, times + 1);
		const numbered = `${times} ${key}`;
		if (!found.has(numbered)) found.set(numbered, row);
	}
}

function finish({ rows, ended, leastTotal }: Pass, limit: number): Gathered {
	if (ended === 'tooMany') return TOO_MANY;
	if (ended !== undefined) return ended;
	const all = [...rows.values()];
	const isCut = all.length > limit || (all.length === limit && leastTotal > limit);
	return { kind: 'rows', rows: all.slice(0, limit), isCut };
}

const TOO_MANY: Failed = {
	kind: 'failed',
	attempts: MOST_PAGES,
	mayBeDone: false,
	finding: {
		class: 'failed',
		message: `The list has more than ${MOST_PAGES} pages, so it was not read to its end.`,
		advice: 'Switch Return All off, or ask for less, such as a shorter time.',
		errorCode: null,
		errorInfo: '',
		retryLater: false,
	},
};
