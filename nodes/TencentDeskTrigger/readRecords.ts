import { MOST_PER_PAGE } from '../shared/desk/pages';
import { rowKey, type SessionRecord } from '../shared/desk/session';
import { HOUR_S, shortKey, SLOT_S, slotOf, type KnownRecords } from './memory';

/** Epoch seconds, both included. */
export interface TimeWindow {
	from: number;
	to: number;
}

/** One answer of describe_im_cdr_list. */
export interface RecordPage {
	records: SessionRecord[];
	/** How many records there are in all; undefined when the answer does not say. */
	total?: number;
}

/** Asks for records from an offset on; undefined when no more must be asked. Whatever it throws ends the reading. */
export type AskPage = (offset: number) => Promise<RecordPage | undefined>;
export type AskWindow = (window: TimeWindow, offset: number) => Promise<RecordPage | undefined>;

export interface ListRead {
	/** By `rowKey`. */
	rows: Map<string, SessionRecord>;
	/** False when the list moved so much that a record may have been missed. */
	isSettled: boolean;
	/** The offset that was not answered any more. */
	stoppedAt?: number;
}

const MOST_PASSES = 3;

/**
 * Reads all pages. A record that appears meanwhile moves the others to later offsets, and records of the same second may
 * change places between two pages, so all is read again until nothing can have been missed, or three times.
 * @param start where an earlier reading stopped: it begins there, and goes on at 0
 */
export async function readList(askPage: AskPage, start = 0): Promise<ListRead> {
	const rows: ListRead['rows'] = new Map();
	let largestTotal = 0;
	for (let pass = 1; ; pass++) {
		const { isStable, totals, stoppedAt } = await readPass(askPage, start, rows);
		if (stoppedAt !== undefined) return { rows, isSettled: false, stoppedAt };
		// The largest, since a record that was removed meanwhile may have been counted in place of one that was missed.
		largestTotal = Math.max(largestTotal, ...totals);
		const areAllSeen = totals.length > 0 && rows.size >= largestTotal;
		const isSettled = isStable || areAllSeen;
		if (isSettled || pass === MOST_PASSES) return { rows, isSettled };
	}
}

interface Pass {
	/** Whether every record stood at one offset, and as many as the answers said there are. */
	isStable: boolean;
	/** How many there are in all, by the answers that said it. */
	totals: number[];
	stoppedAt?: number;
}

async function readPass(
	askPage: AskPage,
	start: number,
	seen: Map<string, SessionRecord>,
): Promise<Pass> {
	const inThisPass = new Set<string>();
	const totals: number[] = [];
	let rowCount = 0;
	const legs = [{ offset: start, end: Infinity }];
	if (start > 0) legs.push({ offset: 0, end: start });
	for (const { offset: begin, end } of legs) {
		let offset = begin;
		while (offset < end) {
			const page = await askPage(offset);
			if (page === undefined) return { isStable: false, totals, stoppedAt: offset };
			const { records, total } = page;
			const before = inThisPass.size;
			for (const record of records) {
				inThisPass.add(rowKey(record));
				seen.set(rowKey(record), record);
			}
			offset += records.length;
			rowCount += records.length;
			if (total !== undefined) totals.push(total);
			// An answer may hold fewer than asked for, and a total may be missing: only an empty page surely is the last.
			const isLast = records.length === 0 || offset === total;
			if (isLast || inThisPass.size === before) break;
		}
	}
	const sayTheSame = totals.every((one) => one === inThisPass.size);
	return { isStable: sayTheSame && inThisPass.size === rowCount, totals };
}

/** What is known before a poll, and what of it must be read whatever the totals say. */
export interface Plan {
	/** Begins with a slot. */
	window: TimeWindow;
	known: KnownRecords;
	/** How many records Desk lists in each slot, as far as is known. */
	counts: Map<number, number>;
	dueSlots: ReadonlySet<number>;
	/** From here on, everything must be read. */
	sweepFrom?: number;
	/** Where the last poll stopped: all that is older was read. */
	resume?: { from: number; offset: number };
	/** No more is asked for once there are so many records that are not known. */
	mostNew: number;
}

export interface ChangesRead {
	/** By `rowKey`. */
	seen: Map<string, SessionRecord>;
	/** How many records Desk lists in each slot now. */
	counts: Map<number, number>;
	/** The slots of which all records were read. */
	whole: Set<number>;
	/** The part in which it stopped: what is later was not read. */
	cut?: TimeWindow & { offset: number };
	/** False when a record may have been missed. */
	isSettled: boolean;
	/** Whether everything from `sweepFrom` on was read, or how far. */
	sweepFrom?: number;
	wasSwept: boolean;
}

/** A part of the time that is not halved when few of its records are known. */
const MOST_IN_A_PART = 2000;
const FEW_KNOWN = 200;
const LONGEST_PART_S = 24 * HOUR_S;

/**
 * Reads what has changed: Desk tells for any window how many records it has, so what has as many as are known need not be
 * read, and the rest is found by halving, the oldest first. Without totals, and where they do not add up, all is read.
 */
export async function readChanges(askWindow: AskWindow, plan: Plan): Promise<ChangesRead> {
	const { window, known, dueSlots, resume } = plan;
	const counts = new Map(plan.counts);
	const seen: ChangesRead['seen'] = new Map();
	const whole: ChangesRead['whole'] = new Set();
	const reading: ChangesRead = { seen, counts, whole, isSettled: true, wasSwept: false };
	let { sweepFrom } = plan;
	/** By slot and key: records that were known and not seen yet. */
	const unseen = new Map<string, number>();
	for (const [key, entries] of known) {
		for (const { slot } of entries)
			unseen.set(`${slot} ${key}`, (unseen.get(`${slot} ${key}`) ?? 0) + 1);
	}
	let newCount = 0;
	let hasTotals = true;

	const slotOfRecord = ({ timestampSeconds }: SessionRecord) =>
		slotOf(timestampSeconds ?? window.to);

	function note(record: SessionRecord): void {
		const row = rowKey(record);
		const isFirst = !seen.has(row);
		seen.set(row, record);
		if (!isFirst) return;
		const slot = slotOfRecord(record);
		const place = `${slot} ${shortKey(record)}`;
		const left = unseen.get(place) ?? 0;
		if (left > 0) {
			unseen.set(place, left - 1);
		} else {
			newCount += 1;
			counts.set(slot, (counts.get(slot) ?? 0) + 1);
		}
	}

	async function ask(part: TimeWindow, offset: number): Promise<RecordPage | undefined> {
		const page = newCount < plan.mostNew ? await askWindow(part, offset) : undefined;
		if (page === undefined) reading.cut ??= { ...part, offset };
		page?.records.forEach(note);
		return page === undefined || hasTotals ? page : { records: page.records };
	}

	/** Reads everything, for which Desk's total must not be too small: there must be no record behind it. */
	async function sweep(firstPage: RecordPage | undefined): Promise<void> {
		sweepFrom ??= window.from;
		const { total } = firstPage ?? {};
		const behind = total === undefined ? undefined : await ask(window, total);
		hasTotals = total !== undefined && behind?.records.length === 0;
		const first = firstPage && { records: firstPage.records, ...(hasTotals && { total }) };
		await visit(window, first?.total, first);
	}

	function countIn({ from, to }: TimeWindow, of: ReadonlyMap<number, number> = counts): number {
		let sum = 0;
		for (let slot = slotOf(from); slot <= slotOf(to); slot++) sum += of.get(slot) ?? 0;
		return sum;
	}

	const isDue = ({ from, to }: TimeWindow) =>
		(sweepFrom !== undefined && to >= sweepFrom) ||
		[...dueSlots].some((slot) => slot >= slotOf(from) && slot <= slotOf(to));

	async function readPart(part: TimeWindow, firstPage?: RecordPage): Promise<void> {
		let first = firstPage;
		const { rows, isSettled, stoppedAt } = await readList(
			async (offset) => {
				const page = offset === 0 ? (first ?? (await ask(part, 0))) : await ask(part, offset);
				first = undefined;
				return page;
			},
			resume?.from === part.from ? resume.offset : 0,
		);
		if (stoppedAt !== undefined) return;
		reading.isSettled &&= isSettled;
		const listed = new Map<number, number>();
		for (const record of rows.values()) {
			listed.set(slotOfRecord(record), (listed.get(slotOfRecord(record)) ?? 0) + 1);
		}
		for (let slot = slotOf(part.from); slot <= slotOf(part.to); slot++) {
			counts.set(slot, listed.get(slot) ?? 0);
			if (isSettled) whole.add(slot);
		}
		if (sweepFrom !== undefined && part.from <= sweepFrom) {
			sweepFrom = Math.max(sweepFrom, part.to + 1);
		}
	}

	/** Where to halve a window; undefined when all of it is to be read. */
	function middleOf(part: TimeWindow, total: number | undefined): number | undefined {
		const [first, last] = [slotOf(part.from), slotOf(part.to)];
		if (first === last) return undefined;
		if (total === undefined) {
			return part.to - part.from > LONGEST_PART_S ? part.from + LONGEST_PART_S : undefined;
		}
		const known = countIn(part, plan.counts);
		const isToBeRead = known <= FEW_KNOWN || (sweepFrom !== undefined && part.from >= sweepFrom);
		const size = Math.max(total, countIn(part));
		if (size <= (isToBeRead ? MOST_IN_A_PART : MOST_PER_PAGE)) return undefined;
		const goesOnAt = resume?.from ?? 0;
		if (goesOnAt > part.from && goesOnAt <= part.to) return goesOnAt;
		if (known <= FEW_KNOWN) return SLOT_S * Math.ceil((first + last) / 2);
		let slot = first;
		for (let sum = 0; slot < last && sum < known / 2; slot++) sum += plan.counts.get(slot) ?? 0;
		return SLOT_S * Math.max(slot, first + 1);
	}

	async function visit(
		part: TimeWindow,
		total: number | undefined,
		firstPage?: RecordPage,
	): Promise<void> {
		if (reading.cut !== undefined) return;
		const isAsKnown = total === countIn(part);
		if (isAsKnown && !isDue(part)) return;
		const middle = middleOf(part, total);
		if (middle === undefined) return await readPart(part, firstPage);
		const older = { from: part.from, to: middle - 1 };
		const newer = { from: middle, to: part.to };
		if (isAsKnown) {
			await visit(older, countIn(older));
			return await visit(newer, countIn(newer));
		}
		const page = await ask(older, 0);
		if (page === undefined) return;
		await visit(older, page.total, page);
		const rest = total === undefined || page.total === undefined ? undefined : total - page.total;
		await visit(newer, rest);
	}

	const first = await ask(window, 0);
	if (first?.total === undefined || sweepFrom !== undefined) await sweep(first);
	else await visit(window, first.total, first);
	if (hasTotals && reading.cut === undefined && first?.total !== countIn(window)) {
		const again = await ask(window, 0);
		if (again?.total === first?.total && sweepFrom === undefined) await sweep(again);
		reading.isSettled &&= !hasTotals || again?.total === countIn(window);
	}
	for (const { from, to } of unreadPlaces(plan, reading, slotOfRecord)) {
		if (reading.cut === undefined) await readPart({ from, to });
	}
	reading.wasSwept = sweepFrom !== undefined && reading.cut === undefined;
	if (sweepFrom !== undefined && !reading.wasSwept) reading.sweepFrom = sweepFrom;
	return reading;
}

/**
 * The slots in which a record stood that now seems to stand in another one: only reading them tells whether Desk has
 * moved it, or lists two of this key.
 */
function unreadPlaces(
	{ known, window }: Plan,
	{ seen, whole }: ChangesRead,
	slotOfRecord: (record: SessionRecord) => number,
): TimeWindow[] {
	const slots = new Set<number>();
	for (const record of seen.values()) {
		const entries = known.get(shortKey(record)) ?? [];
		if (entries.some(({ slot }) => slot === slotOfRecord(record))) continue;
		for (const { slot } of entries) if (!whole.has(slot)) slots.add(slot);
	}
	return [...slots]
		.map((slot) => ({ from: slot * SLOT_S, to: Math.min((slot + 1) * SLOT_S - 1, window.to) }))
		.filter(({ from, to }) => from >= window.from && from <= to);
}
