import {
	firstPlace,
	MOST_PER_PAGE,
	readPage,
	type Page,
	type PagedList,
	type Place,
} from '../desk/pages';
import type { Answer } from '../desk/values';
import { failedBy, type Ended } from './command';

/** Why a list could not be read. */
export type Unread = Exclude<Ended, { kind: 'done' }>;

export const MOST_PAGES = 1000;

export type Gathered = { kind: 'rows'; rows: Answer[]; isCut: boolean } | Unread;

/** Pages in a row without a new row: a list that moves may give one, one that ignores the offset gives no other. */
const MOST_WITHOUT_NEWS = 2;
const MOST_READINGS = 3;

/** One reading of all pages. */
interface ReadThrough {
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
	let before: ReadThrough | undefined;
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
	return NOT_WHOLE;
}

async function readThrough(
	list: PagedList<Unread>,
	limit: number,
): Promise<ReadThrough | { failure: Unread }> {
	const reading: ReadThrough = {
		all: [],
		rows: new Map(),
		leastTotal: Infinity,
		hasShrunk: false,
		isRepeating: false,
	};
	let withoutNews = 0;
	let place: Place | undefined = firstPlace(list.pages, Math.min(MOST_PER_PAGE, limit));
	while (place !== undefined) {
		if (place.asked === MOST_PAGES) return { failure: TOO_MANY };
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

function addRows({ all, rows }: ReadThrough, ofPage: Answer[], list: PagedList<Unread>): void {
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
function isWhole(
	{ rows, leastTotal, hasShrunk, isRepeating }: ReadThrough,
	limit: number,
): boolean {
	if (hasShrunk || isRepeating) return false;
	return leastTotal === Infinity || rows.size >= Math.min(limit, leastTotal);
}

/** Whether two readings agree row by row, and with the total. */
function isSame(
	{ all, leastTotal, hasShrunk }: ReadThrough,
	before: ReadThrough | undefined,
): boolean {
	if (before === undefined || hasShrunk || all.length !== leastTotal) return false;
	return all.length === before.all.length && all.every(([key], i) => key === before.all[i]?.[0]);
}

function finish(
	rows: Array<[key: string, row: Answer]>,
	{ leastTotal }: ReadThrough,
	limit: number,
): Gathered {
	const isCut = rows.length > limit || (rows.length === limit && leastTotal > limit);
	return { kind: 'rows', rows: rows.slice(0, limit).map(([, row]) => row), isCut };
}

function again(failure: Unread): Unread {
	if (failure.kind === 'notTried') return failure;
	const { finding } = failure;
	const message = `The list changed during reading, and reading it again failed: ${finding.message}`;
	return { ...failure, finding: { ...finding, message } };
}

const TOO_MANY = failedBy(
	{
		message: `The list has more than ${MOST_PAGES} pages, so the node did not read it to its end.`,
		advice: 'Turn off Return All, or ask for less, such as a shorter time.',
	},
	'failed',
);

const NOT_WHOLE = failedBy(
	{
		message: 'Desk did not return the whole list.',
		advice: 'Try again later, or ask for less, such as a shorter time.',
		retryLater: true,
	},
	'failed',
);
