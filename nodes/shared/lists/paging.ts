import type { INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import { firstPlace, readPage, type PagedList, type Place } from '../asking/pages';
import type { Answer } from '../desk/values';

/** The API cannot search, so a filter reads page after page; this bounds it. */
const MOST_PAGES = 50;

/** Stands last in a list that is not whole. */
const NOT_ALL = 'There are more than can be listed here: choose By ID and enter the ID';

/** A list of the editor. Its failures are thrown. */
export interface EditorList extends PagedList<Error> {
	entry(row: Answer): INodeListSearchItems;
}

/** Without a filter one page at a time, as the builder scrolls; with one, all that matches on all pages. */
export async function searchPages(
	list: EditorList,
	filter = '',
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const found = new Map<unknown, INodeListSearchItems>();
	let place =
		paginationToken === undefined ? firstPlace(list.pages) : (JSON.parse(paginationToken) as Place);
	for (;;) {
		const page = await readPage(list, place);
		if ('failure' in page) throw page.failure;
		const entries = page.rows.map((row) => list.entry(row));
		for (const entry of matching(entries, filter)) found.set(entry.value, entry);
		const results = [...found.values()];
		const { next, total = 0 } = page;
		if (next === undefined) {
			const isAll = place.offset + page.rows.length >= total;
			return { results: isAll ? results : notAll(results) };
		}
		if (next.asked >= MOST_PAGES) return { results: notAll(results) };
		if (filter === '' && results.length > 0) {
			return { results, paginationToken: JSON.stringify(next) };
		}
		place = next;
	}
}

function notAll(results: INodeListSearchItems[]): INodeListSearchItems[] {
	return [...results, { name: NOT_ALL, value: '' }];
}

/** Entries with an id, whose name holds the filter. */
export function matching(entries: INodeListSearchItems[], filter = ''): INodeListSearchItems[] {
	const wanted = filter.trim().toLowerCase();
	return entries.filter(({ name, value }) => value !== '' && name.toLowerCase().includes(wanted));
}
