import { MOST_PAGES } from '../shared/desk/pages';
import type { SessionRecord } from '../shared/desk/session';
import { keyOf } from './memory';

/** One answer of describe_im_cdr_list. */
export interface RecordPage {
	records: SessionRecord[];
	/** How many records there are in all; undefined when the answer does not say. */
	total?: number;
}

/** Asks for the records from an offset on. Whatever it throws ends the reading. */
export type AskPage = (offset: number) => Promise<RecordPage>;

const MOST_PASSES = 3;

export interface RecordsRead {
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
export async function readRecords(askPage: AskPage, mostPages = MOST_PAGES): Promise<RecordsRead> {
	const records = new Map<string, SessionRecord>();
	let largestTotal = 0;
	for (let pass = 1; ; pass++) {
		const { isWhole, isStable, totals } = await readPass(askPage, mostPages, records);
		// The largest, since a record that was removed meanwhile may have been counted in place of one that was missed.
		largestTotal = Math.max(largestTotal, ...totals);
		const areAllSeen = totals.length > 0 && records.size >= largestTotal;
		const isSettled = isWhole && (isStable || areAllSeen);
		if (isSettled || !isWhole || pass === MOST_PASSES) return { records, isWhole, isSettled };
	}
}

interface Pass {
	isWhole: boolean;
	/** Whether every record stood at one offset, and as many as the answers said there are. */
	isStable: boolean;
	/** How many there are in all, by the answers that said it. */
	totals: number[];
}

async function readPass(
	askPage: AskPage,
	mostPages: number,
	seen: Map<string, SessionRecord>,
): Promise<Pass> {
	const inThisPass = new Set<string>();
	const totals: number[] = [];
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
		if (total !== undefined) totals.push(total);
		// An answer may hold fewer than asked for, and a total may be missing: only an empty page surely is the last.
		const isLast = records.length === 0 || offset === total;
		const bringsNothing = inThisPass.size === before;
		if (isLast || bringsNothing) {
			const sayTheSame = totals.every((one) => one === inThisPass.size);
			return { isWhole: true, isStable: sayTheSame && inThisPass.size === offset, totals };
		}
	}
	return { isWhole: false, isStable: false, totals };
}
