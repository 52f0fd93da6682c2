import { appOf, isOwnMachine } from '../../../credentials/deskAccount';
import { createLocks, type Note } from '../sending/locks';
import { NOT_TRIED, type Change, type Ended, type Failed } from './command';
import { CLOCK } from './process';
import type { Remembered } from './retryMemory';
import { logDefect, unexpected, type Line, type Run } from './run';
import { earliestOf, momentNow, msBeforeNow } from './twoClocks';
import {
	checkFirst,
	CLOCKS,
	LOOK_TELLS_UNTIL_MS,
	lookFor,
	mayRepeat,
	notDoneAfterAll,
	untilKnown,
	type UnclearTry,
} from './untilKnown';

/** An unclear try that came before. */
interface EarlierTry extends UnclearTry {
	/** Of the change that it was a try of. */
	identity: string;
	/** What is told when nothing new can be found out. */
	failed: Failed;
	/** Set once a look has told what came of it. */
	isClear?: true;
}

/** What somebody who comes next for the same key must know. */
type UnclearNote = Note & Omit<EarlierTry, 'failed'>;

/** Times that were worked out are sums of fractions. */
const ROUNDING_MS = 1;

/** More than a run without pace brings about in a minute; they take some 30 MB. */
const MOST_NOTES = 100_000;

/**
 * What is being changed in this n8n process, over all its executions: no document says what Desk makes of two requests
 * for one user that are under way at once.
 */
const LOCKS = createLocks<UnclearNote>(CLOCK, {
	keepMs: LOOK_TELLS_UNTIL_MS,
	mostKept: MOST_NOTES,
});

/**
 * Changes something, one at a time for each key, unless an earlier run of this execution did it. Never rejects.
 * What is unclear is looked for, repeated or told, as the change allows; `failed` without `mayBeDone` is surely not done.
 */
export async function deliver(line: Line, change: Change): Promise<Ended> {
	const { item, credential } = line;
	const { run, slot, index } = item;
	const { scheduler, memory } = run;
	const app = appOf(credential.account);

	await item.afterThoseBefore;
	const identity = identityIn(run, change);
	const recall = () => memory?.recall(identity, app);
	const turn = LOCKS.take(lockOf(line, change));
	item.letNext();
	const atFirst = recall();
	if (atFirst?.ended.kind === 'done') {
		turn.giveUp();
		return replay(atFirst);
	}
	// A run that was stopped sends nothing new, and still looks what became of an unclear try.
	const until = atFirst === undefined ? scheduler.halted : scheduler.cancelled;
	if (turn.ahead !== undefined) await slot.rest(turn.ahead, until);
	if (until.isGiven()) {
		turn.giveUp();
		return atFirst === undefined ? NOT_TRIED : replay(atFirst);
	}
	let note = turn.before();
	try {
		// Recalled anew: the turn may have been long in coming.
		const remembered = recall();
		const earlier = earlierTries(change, remembered, note);
		const begunAt = momentNow(CLOCKS);
		const ended = await deliverNow(line, change, remembered, earlier).catch((error) => {
			logDefect(run.context, index, error);
			// It may have been sent.
			return { ...unexpected(true), triedAt: CLOCKS.processMs(), sentAt: begunAt } as Failed;
		});
		// Before the turn ends: a run that stops for this must send nothing more for the same key.
		run.onEnded(ended, index);
		memory?.note(identity, app, ended);
		note = noteOf(ended, change, earlier);
		return ended;
	} finally {
		turn.end(note);
	}
}

/** The same items come to it in the same order again, so the number of the item among those that ask for the same tells it. */
function identityIn({ counts }: Run, { identity, isOnce }: Change): string[] {
	if (isOnce) return identity;
	const key = JSON.stringify(identity);
	const count = counts.get(key) ?? 0;
	counts.set(key, count + 1);
	return [...identity, String(count)];
}

/** Tencent has several hosts for one application; on this machine, every address is a simulator of its own. */
function lockOf({ credential }: Line, { command, key }: Change): string {
	const { origin, sdkAppId } = credential.account;
	return JSON.stringify([isOwnMachine(origin) ? origin : '', sdkAppId, command, ...key]);
}

/** What an earlier run found out, and nothing new. */
export function replay({ ended }: Remembered): Ended {
	return { ...ended, fromEarlierTry: true };
}

/** The unclear tries that must be looked for first: of this execution, and of somebody before in this process. */
function earlierTries(
	change: Change,
	remembered: Remembered | undefined,
	note: UnclearNote | undefined,
): EarlierTry[] {
	const { whenUnclear } = change;
	if (whenUnclear.may !== 'look') return [];
	const { look } = whenUnclear;
	const own =
		remembered?.ended.kind === 'failed'
			? {
					failed: { ...remembered.ended, fromEarlierTry: true as const },
					identity: nameOf(change),
					...remembered.ended.lookAt,
					look: { ...look, ...remembered.ended.lookAt },
					triedAt: CLOCKS.processMs() - remembered.endedAgoMs,
					sentAt: msBeforeNow(remembered.sentAgoMs, CLOCKS),
				}
			: undefined;
	const other = note && { ...note, failed: leftBefore(change, note, own) };
	return [own, other].filter((earlier) => earlier !== undefined);
}

/** What is told of an unclear try that somebody before in this process has left. */
function leftBefore(
	{ what }: Change,
	{ identity, triedAt, sentAt, look: { body, asked } }: UnclearNote,
	own: EarlierTry | undefined,
): Failed {
	// A later one is never sent while one is unclear, so that is the execution's own.
	const isOwn = own !== undefined && triedAt <= own.triedAt + ROUNDING_MS;
	return {
		kind: 'failed',
		attempts: 0,
		mayBeDone: true,
		...(isOwn && { fromEarlierTry: true }),
		...{ sentAt, lookAt: { identity, body, asked } },
		finding: {
			class: 'unclear',
			message: `An earlier request had no clear answer, so nothing was sent: it is not known whether ${what}.`,
			advice: checkFirst(what),
			...{ errorCode: null, errorInfo: '', retryLater: false },
		},
	};
}

/** What stays unclear: the try of this change, or the latest of the earlier ones of which nothing was found out. */
function noteOf(ended: Ended, change: Change, earlier: EarlierTry[]): UnclearNote | undefined {
	const { whenUnclear, isOnce } = change;
	if (whenUnclear.may !== 'look' || !isOnce) return undefined;
	if (ended.kind === 'failed' && ended.mayBeDone && !ended.fromEarlierTry) {
		const { triedAt, sentAt, lookAt } = ended;
		if (triedAt !== undefined && sentAt !== undefined) {
			const look = { ...whenUnclear.look, ...lookAt };
			return { identity: nameOf(change), ...lookAt, triedAt, endedAt: triedAt, sentAt, look };
		}
	}
	const open = earlier.filter(({ isClear }) => !isClear);
	const [latest] = [...open].sort((a, b) => b.triedAt - a.triedAt);
	return (
		latest && {
			...{ identity: latest.identity, triedAt: latest.triedAt, endedAt: latest.triedAt },
			look: latest.look,
			sentAt: earliestOf(open.map((one) => one.sentAt)),
		}
	);
}

function nameOf({ identity }: Change): string {
	return JSON.stringify(identity);
}

async function deliverNow(
	line: Line,
	change: Change,
	remembered: Remembered | undefined,
	earlier: EarlierTry[],
): Promise<Ended> {
	let soFar: Failed | undefined;
	if (remembered?.ended.kind === 'failed' && change.whenUnclear.may !== 'look') {
		if (!mayRepeat(change.whenUnclear, remembered.sentAgoMs)) return replay(remembered);
		soFar = { ...remembered.ended, sentAt: msBeforeNow(remembered.sentAgoMs, CLOCKS) };
	}
	for (const one of earlier) {
		const { failed: before, triedAt } = one;
		const seen = await lookFor(line, one);
		if (seen === 'unknown') return { ...before, triedAt };
		one.isClear = true;
		// It was something else, about which nothing is unclear any more.
		if (one.identity !== nameOf(change)) continue;
		const attempts = Math.max(soFar?.attempts ?? 0, before.attempts);
		if (seen !== 'notDone') {
			return { kind: 'done', answer: seen.done, shownBy: 'look', attempts, triedAt };
		}
		soFar = { ...notDoneAfterAll(before, one.look), attempts, triedAt };
	}
	return await untilKnown(line, change, soFar);
}
