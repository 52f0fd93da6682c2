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
/** A list that changes faster than it can be read is left to the next poll, which reads it again. */
const MOST_PASSES = 3;

export interface Reading {
	records: SessionRecord[];
	/** False when there were more pages than allowed. */
	isWhole: boolean;
}

/**
 * Reads all pages. A record that appears meanwhile moves the others to later offsets, and records of the same second may
 * change places between two pages, so all is read again until a pass saw nothing move; a record counts as it was last
 * seen.
 */
export async function readRecords(askPage: AskPage, mostPages = MOST_PAGES): Promise<Reading> {
	const seen = new Map<string, SessionRecord>();
	for (let pass = 1; ; pass++) {
		const { isWhole, isStable } = await readPass(askPage, mostPages, seen);
		if (isStable || !isWhole || pass === MOST_PASSES) {
			return { records: [...seen.values()], isWhole };
		}
	}
}

async function readPass(
	askPage: AskPage,
	mostPages: number,
	seen: Map<string, SessionRecord>,
): Promise<{ isWhole: boolean; isStable: boolean }> {
	const inThisPass = new Set<string>();
	let firstTotal: number | undefined;
	let isStable = true;
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
		// An answer may hold fewer than asked for, and a total may be missing: only an empty page surely is the last.
		const isLast = records.length === 0 || offset === total;
		if (isLast && page === 1) return { isWhole: true, isStable: true };

		firstTotal ??= total;
		if (total !== firstTotal || inThisPass.size !== offset) isStable = false;
		const bringsNothing = inThisPass.size === before;
		if (isLast || bringsNothing) {
			const isComplete = firstTotal === undefined || inThisPass.size === firstTotal;
			return { isWhole: true, isStable: isStable && isComplete };
		}
	}
	return { isWhole: false, isStable: false };
}
