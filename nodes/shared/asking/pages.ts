import type { IDataObject } from 'n8n-workflow';

import { numberOf, type Answer } from '../desk/values';
import type { Finding } from './verdict';
import type { Ended } from './ask';

/**
 * How a part of a list is asked for: by the rows before it, by its page (get_member_list counts from 0; for
 * get_member_group_list no page tells, its sample asks for 1), or `none` when it comes as a whole.
 */
export type Pages = 'offset' | 'pageNum' | 'pageNumber' | 'none';

/** A list that Desk gives in parts. `Failure` is why a part did not come. */
export interface PagedList<Failure> {
	pages: Pages;
	/** @param part the fields that ask for it */
	ask(part: IDataObject): Promise<{ answer: Answer } | PageFailure<Failure>>;
	rows(answer: Answer): Answer[];
	/** The same for the same row on another page. */
	key(row: Answer): string;
}

export interface PageFailure<Failure> {
	failure: Failure;
	/** Whether Desk found the request itself wrong, as it may for a page that there is none of. */
	isRefused: boolean;
}

/** Where a list goes on. Plain data, since a drop-down keeps it as text until the builder scrolls. */
export interface Place {
	page: number;
	size: number;
	/** Rows that came before. */
	offset: number;
	/** Pages that were asked for before. */
	asked: number;
	/** Whether there may be no such page: then a refusal is no failure. */
	mayBeMissing: boolean;
	/** Key of the first row of the page before: a server may give a page again in place of none. */
	lastStart?: string;
}

export interface Page {
	rows: Answer[];
	/** How many rows there are in all; undefined when the answer does not tell. */
	total?: number;
	/** Undefined after the last page. */
	next?: Place;
}

/** The most that the API gives at once: https://www.tencentcloud.com/document/product/1229/68823 */
export const MOST_PER_PAGE = 100;
export const MOST_PAGES = 1000;

const PART_OF: Record<Pages, (place: Place) => IDataObject> = {
	offset: ({ size, offset }) => ({ Limit: size, Offset: offset }),
	pageNum: ({ size, page }) => ({ PageSize: size, PageNum: page }),
	pageNumber: ({ size, page }) => ({ PageSize: size, PageNumber: page }),
	none: () => ({}),
};

export function firstPlace(pages: Pages, size = MOST_PER_PAGE): Place {
	const isSecondPerhaps = pages === 'pageNumber';
	return {
		...{ page: isSecondPerhaps ? 1 : 0, size, offset: 0, asked: 0 },
		mayBeMissing: isSecondPerhaps,
	};
}

/** Asks for one page, and finds out where the next one is, whatever this Desk makes of pages. */
export async function readPage<Failure>(
	list: PagedList<Failure>,
	place: Place,
): Promise<Page | { failure: Failure }> {
	const { pages } = list;
	const { page, size, offset, mayBeMissing, lastStart } = place;
	const reply = await list.ask(PART_OF[pages](place));
	const isMissing = 'failure' in reply;
	if (isMissing && !(reply.isRefused && mayBeMissing)) return reply;

	const answer = isMissing ? {} : reply.answer;
	const given = list.rows(answer);
	const total = totalIn(answer);
	const [first] = given;
	const start = first && list.key(first);
	const isRepeated = pages !== 'offset' && start !== undefined && start === lastStart;
	const rows = isRepeated ? [] : given;
	const isAll = total !== undefined && offset + rows.length >= total;
	if (pages === 'none' || isAll) return { rows, total };

	// Desk may give less at once than was asked for. From then on that is asked for: it is sure to count pages by it.
	const most = offset === 0 ? Math.min(size, rows.length || size) : size;
	const then: Place = { ...place, page: page + 1, size: most, asked: place.asked + 1 };
	if (pages === 'pageNumber' && place.asked === 0) {
		return { rows: [], total, next: { ...then, page: 0, size, mayBeMissing: !isMissing } };
	}
	if (rows.length === 0) {
		// Page 0 is none, or another name of page 1.
		const isBeforeFirst =
			pages === 'pageNumber' && (page === 0 ? mayBeMissing : page === 1 && isRepeated);
		const next = isBeforeFirst ? { ...then, mayBeMissing: isRepeated } : undefined;
		return { rows, total, next };
	}
	const next: Place = {
		...then,
		offset: offset + rows.length,
		mayBeMissing: pages !== 'offset',
		lastStart: start,
	};
	return { rows, total, next };
}

/** 0 is no total: an answer that holds rows would contradict it, and one that holds none needs none. */
function totalIn({ Total, TotalCount }: Answer): number | undefined {
	return numberOf(Total ?? TotalCount) || undefined;
}

type Unread = Exclude<Ended, { kind: 'done' }>;

export type Gathered = { kind: 'rows'; rows: Answer[]; isCut: boolean } | Unread;

/** Pages in a row without a new row: a list that moves may give one, one that ignores the offset gives no other. */
const MOST_WITHOUT_NEWS = 2;
const MOST_READINGS = 3;

/** One reading of all pages. */
interface Reading {
	/** In their order, one that has moved at both its places. */
	all: Array<[key: string, row: Answer]>;
	/** Each once: alike on one page they are several, alike on two pages one that has moved. */
	rows: Map<string, Answer>;
	leastTotal: number;
	hasShrunk: boolean;
	/** Whether the same rows came again and again. */
	isRepeating: boolean;
}

/**
 * Gathers up to `limit` rows, each once, although rows may come and go while the pages are read, and pages may hold
 * fewer than asked for. When rows may have slipped through, all is read again.
 * @returns a failure when what was read may not be whole
 */
export async function gather(list: PagedList<Unread>, limit: number): Promise<Gathered> {
	const found = new Map<string, Answer>();
	let before: Reading | undefined;
	for (let readings = 1; readings <= MOST_READINGS; readings++) {
		const reading = await readThrough(list, limit);
		if ('failure' in reading) {
			return before === undefined ? reading.failure : again(reading.failure);
		}
		// Rows alike on two pages, that stand there again, have not moved: they are several.
		if (isSame(reading, before)) return finish(reading.all, reading, limit);
		// What was found stays true; the newest reading comes first, since it has the order of now.
		const rows = new Map(reading.rows);
		for (const [key, row] of found) if (!rows.has(key)) rows.set(key, row);
		if (isWhole(reading, limit)) return finish([...rows], reading, limit);
		for (const [key, row] of rows) found.set(key, row);
		before = reading;
	}
	return failedWith(NOT_WHOLE);
}

async function readThrough(
	list: PagedList<Unread>,
	limit: number,
): Promise<Reading | { failure: Unread }> {
	const reading: Reading = {
		all: [],
		rows: new Map(),
		leastTotal: Infinity,
		hasShrunk: false,
		isRepeating: false,
	};
	let withoutNews = 0;
	let place: Place | undefined = firstPlace(list.pages, Math.min(MOST_PER_PAGE, limit));
	while (place !== undefined) {
		if (place.asked === MOST_PAGES) return { failure: failedWith(TOO_MANY) };
		const page: Page | { failure: Unread } = await readPage(list, place);
		if ('failure' in page) return page;
		const total = page.total ?? Infinity;
		const isShorter = total < reading.leastTotal;
		reading.hasShrunk ||= isShorter && reading.leastTotal !== Infinity;
		if (isShorter) reading.leastTotal = total;
		const known = reading.rows.size;
		addRows(reading, page.rows, list);
		if (page.rows.length > 0) withoutNews = reading.rows.size === known ? withoutNews + 1 : 0;
		reading.isRepeating = withoutNews === MOST_WITHOUT_NEWS;
		if (reading.rows.size >= limit || reading.isRepeating) return reading;
		place = page.next;
	}
	return reading;
}

function addRows({ all, rows }: Reading, ofPage: Answer[], list: PagedList<Unread>): void {
	const onThisPage = new Map<string, number>();
	for (const row of ofPage) {
		const key = list.key(row);
		const times = onThisPage.get(key) ?? 0;
		onThisPage.set(key, times + 1);
		const numbered = `${times} ${key}`;
		all.push([numbered, row]);
		if (!rows.has(numbered)) rows.set(numbered, row);
	}
}

/** Whether no row can have slipped through. Those that come move others to later pages, those that go to earlier ones. */
function isWhole({ rows, leastTotal, hasShrunk, isRepeating }: Reading, limit: number): boolean {
	if (hasShrunk || isRepeating) return false;
	return leastTotal === Infinity || rows.size >= Math.min(limit, leastTotal);
}

/** Whether two readings agree row by row, and with the total. */
function isSame({ all, leastTotal, hasShrunk }: Reading, before: Reading | undefined): boolean {
	if (before === undefined || hasShrunk || all.length !== leastTotal) return false;
	return all.length === before.all.length && all.every(([key], i) => key === before.all[i]?.[0]);
}

function finish(
	rows: Array<[key: string, row: Answer]>,
	{ leastTotal }: Reading,
	limit: number,
): Gathered {
	const isCut = rows.length > limit || (rows.length === limit && leastTotal > limit);
	return { kind: 'rows', rows: rows.slice(0, limit).map(([, row]) => row), isCut };
}

function again(failure: Unread): Unread {
	if (failure.kind === 'stopped') return failure;
	const { finding } = failure;
	const message = `The list changed while it was read, so it was read again, and that failed: ${finding.message}`;
	return { ...failure, finding: { ...finding, message } };
}

function failedWith(finding: Finding): Unread {
	return { kind: 'failed', finding, forAll: false };
}

const NO_CODE = { errorCode: null, errorInfo: '' };

const TOO_MANY: Finding = {
	...NO_CODE,
	message: `The list has more than ${MOST_PAGES} pages, so it was not read to its end.`,
	advice: 'Switch Return All off, or ask for less, such as a shorter time.',
	retryLater: false,
};

const NOT_WHOLE: Finding = {
	...NO_CODE,
	message: 'Desk lists more than it gave, so what was read is not whole.',
	advice: 'Try again later, or ask for less, such as a shorter time.',
	retryLater: true,
};
