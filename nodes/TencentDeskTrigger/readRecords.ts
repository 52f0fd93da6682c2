import type { SessionRecord } from '../shared/desk/sessionRecord';
import { keyOf } from './memory';

/** One answer of describe_im_cdr_list. */
export interface RecordPage {
	records: SessionRecord[];
	/** How many records there are in all; undefined when the answer does not say. */
	total?: number;
}

/** Asks for the records from an offset on. Whatever it throws ends the reading. */
export type AskPage = (offset: number) => Promise<RecordPage>;

/** The most that the API gives at once: https://www.tencentcloud.com/document/product/1229/68823 */
export const PAGE_SIZE = 100;
/** 100,000 records. */
export const MOST_PAGES = 1000;
const MOST_PASSES = 3;

export interface Reading {
	/** By key. */
	records: Map<string, SessionRecord>;
	/** False when there were more pages than allowed. */
	isWhole: boolean;
	/** False when the list moved so much that a record may have been missed. */
	isSettled: boolean;
}

/**
 * Reads all pages. A record that appears meanwhile moves the others to later offsets, and records of the same second may
 * change places between two pages, so all is read again until nothing can have been missed, or three times. A record
 * counts as it was last seen.
 */
export async function readRecords(askPage: AskPage, mostPages = MOST_PAGES): Promise<Reading> {
	const records = new Map<string, SessionRecord>();
	for (let pass = 1; ; pass++) {
		const { isWhole, isStable, total } = await readPass(askPage, mostPages, records);
		const isSettled = isWhole && (isStable || (total !== undefined && records.size >= total));
		if (isSettled || !isWhole || pass === MOST_PASSES) return { records, isWhole, isSettled };
	}
}

interface Pass {
	isWhole: boolean;
	/** Whether every record stood at one offset, and as many as the answers said there are. */
	isStable: boolean;
	/** As the last answer said. */
	total?: number;
}

async function readPass(
	askPage: AskPage,
	mostPages: number,
	seen: Map<string, SessionRecord>,
): Promise<Pass> {
	const inThisPass = new Set<string>();
	const totals = new Set<number | undefined>();
	let offset = 0;
	for (let page = 1; page <= mostPages; page++) {
		const { records, total } = await askPage(offset);
		const before = inThisPass.size;
		for (const record of records) {
			const key = keyOf(record);
			inThisPass.add(key);
			seen.set(key, record);
		}
		offset += records.length;
		totals.add(total);
		// An answer may hold fewer than asked for, and a total may be missing: only an empty page surely is the last.
		const isLast = records.length === 0 || offset === total;
		const bringsNothing = inThisPass.size === before;
		if (isLast || bringsNothing) {
			const isComplete = total === undefined || inThisPass.size === total;
			const isStable = totals.size === 1 && inThisPass.size === offset && isComplete;
			return { isWhole: true, isStable, total };
		}
	}
	return { isWhole: false, isStable: false };
}
