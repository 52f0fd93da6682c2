import type { INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import { isRecord } from '../desk/reply';

/** The most that the API gives at once. */
const PAGE_SIZE = 100;
/** The API cannot search, so a filter reads page after page; this bounds it. */
const MOST_PAGES = 50;

/** One page of a list. */
export interface ListPage {
	entries: INodeListSearchItems[];
	/** How many there are in all, where the API says so. */
	total?: number;
	/** Whether Desk refused to give this page. */
	isMissing?: boolean;
}

export interface PageRequest {
	page: number;
	pageSize: number;
	/** Whether it may be a page that does not exist: then a refusal is no failure. */
	mayBeMissing: boolean;
}

export interface PagedList {
	firstPage: number;
	/** Where it is not documented which page is the first: one more that may hold entries, read last. */
	perhapsBefore?: number;
	readPage: (request: PageRequest) => Promise<ListPage>;
}

/** Where a list goes on. n8n keeps it as text until the builder scrolls. */
interface Place {
	page: number;
	pageSize: number;
	pagesRead: number;
	entriesRead: number;
	/** Whether Desk gave a page at all, be it an empty one. */
	isAnswered: boolean;
	/** What the pages read began with: a server may give a page again instead of none. */
	starts: unknown[];
}

/** Without a filter one page at a time, as the builder scrolls; with one, all that matches on all pages. */
export async function searchPages(
	list: PagedList,
	filter = '',
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const found = new Map<unknown, INodeListSearchItems>();
	let place: Place | undefined = placeOf(list, paginationToken);
	while (place !== undefined) {
		const { page, pageSize, isAnswered, starts } = place;
		const isOneOfTwo = list.perhapsBefore !== undefined && page !== list.perhapsBefore;
		const read = await list.readPage({ page, pageSize, mayBeMissing: isAnswered || isOneOfTwo });
		const [first] = read.entries;
		const isRepeated = first !== undefined && starts.includes(first.value);
		const entries = isRepeated ? [] : read.entries;
		for (const entry of matching(entries, filter)) found.set(entry.value, entry);
		place = next(list, place, { ...read, entries });
		if (filter === '' && found.size > 0 && place !== undefined) {
			return { results: [...found.values()], paginationToken: JSON.stringify(place) };
		}
	}
	return { results: [...found.values()] };
}

/** Entries with an id, whose name holds the filter. */
export function matching(entries: INodeListSearchItems[], filter = ''): INodeListSearchItems[] {
	const wanted = filter.trim().toLowerCase();
	return entries.filter(({ name, value }) => value !== '' && name.toLowerCase().includes(wanted));
}

function next(
	list: PagedList,
	place: Place,
	{ entries, total, isMissing = false }: ListPage,
): Place | undefined {
	const entriesRead = place.entriesRead + entries.length;
	const pagesRead = place.pagesRead + 1;
	const wasLast = place.page === list.perhapsBefore;
	if (wasLast || pagesRead >= MOST_PAGES || (total !== undefined && entriesRead >= total)) {
		return undefined;
	}
	// A server may give less at once than was asked for. What it gave is then the size that both count pages in, if this
	// was surely the first page: a last page is short too.
	const isFirst = place.pagesRead === 0 && list.perhapsBefore === undefined;
	const pageSize = isFirst ? Math.min(place.pageSize, entries.length || PAGE_SIZE) : place.pageSize;
	const [first] = entries;
	const starts = first === undefined ? place.starts : [...place.starts, first.value];
	const page = entries.length > 0 ? place.page + 1 : list.perhapsBefore;
	const isAnswered = place.isAnswered || !isMissing;
	return page === undefined
		? undefined
		: { page, pageSize, pagesRead, entriesRead, isAnswered, starts };
}

function placeOf({ firstPage }: PagedList, paginationToken: string | undefined): Place {
	const start: Place = {
		page: firstPage,
		pageSize: PAGE_SIZE,
		pagesRead: 0,
		entriesRead: 0,
		isAnswered: false,
		starts: [],
	};
	if (paginationToken === undefined) return start;
	const place: unknown = JSON.parse(paginationToken);
	return isRecord(place) ? { ...start, ...place } : start;
}
