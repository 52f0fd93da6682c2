import type { IDataObject } from 'n8n-workflow';

import { numberOf, type Answer } from './values';

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
