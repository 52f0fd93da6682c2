/** What keeps to one pace: a run, or all runs together. */
export interface Cell {
	perSecond: number;
	/** When the next start is due. */
	dueAt: number;
	lastAt: number;
}

/** A gap is cut by as much at most, and by no more than half: starts in quick succession would be a burst. */
const MOST_CATCH_UP_MS = 3;
/** Late timers and short stalls are made up for, gap by gap; what a long stall took stays lost. */
const MOST_LATENESS_MS = 100;

export function newCell(perSecond: number): Cell {
	return { perSecond, dueAt: -Infinity, lastAt: -Infinity };
}

/** When the next start may be, as late timers allow it. */
export function earliestStart({ perSecond, dueAt, lastAt }: Cell): number {
	const gap = 1000 / perSecond;
	return Math.max(dueAt, lastAt + gap - Math.min(gap / 2, MOST_CATCH_UP_MS));
}

/** @param askedAt when the one that starts now has asked for it */
export function noteStart(cell: Cell, askedAt: number, now: number): void {
	// Who came when a start was free is not late: a rest earns nothing.
	const isLate = askedAt < earliestStart(cell);
	const from = isLate ? Math.max(cell.dueAt, now - MOST_LATENESS_MS) : now;
	cell.dueAt = from + 1000 / cell.perSecond;
	cell.lastAt = now;
}
