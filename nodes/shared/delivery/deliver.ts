import type { IDataObject } from 'n8n-workflow';

import { isOwnMachine, appOf, signerOf } from '../../../credentials/deskAccount';
import { callDesk, DESK_IS_DONE_AFTER_MS } from '../desk/callDesk';
import { describeCode } from '../desk/codes';
import { judge, type Finding, type Verdict } from '../desk/judge';
import type { Answer } from '../desk/values';
import { createLocks, type Note } from '../sending/locks';
import type { Effect, Sent } from '../sending/scheduler';
import { backoffMs, LONGEST_PAUSE_MS, type Signal } from '../sending/waiting';
import {
	failedBy,
	NOT_TRIED,
	type Change,
	type Ended,
	type Failed,
	type Look,
	type Question,
	type WhenUnclear,
} from './command';
import { CLOCK, earliestOf, momentAgo, mostMsSince, type Moment } from './process';
import type { Remembered } from './retryMemory';
import { logDefect, unexpected, type Line } from './run';

/**
 * Later, a look that shows nothing no longer tells: it may have been done, and be over again. Counted from the start of
 * the try, since it may have been done at once.
 */
const LOOK_TELLS_UNTIL_MS = 60_000;

/** A try without a clear answer. */
interface UnclearTry {
	/** When it ended, on the clock of the process; later rather than earlier. */
	triedAt: number;
	/** When it was sent; earlier rather than later. */
	sentAt: Moment;
	look: Look;
}

/** An unclear try that came before. */
interface EarlierTry extends UnclearTry {
	/** Of the change that it was a try of. */
	identity: string;
	/** What is told when nothing new can be found out. */
	failed: Failed;
	/** Set once a look has told what came of it. */
	isClear?: true;
	/** Somebody else has changed the same since: a look that shows nothing may show what that one made of it. */
	isOverwritten?: boolean;
}

type LeftTry = Omit<EarlierTry, 'failed'>;

/** What somebody who comes next for the same key must know: what is unclear, or when it was changed, or may have been. */
type KeyNote = Note & { unclear?: LeftTry; changedAt?: number };

/** Times that were worked out are sums of fractions. */
const ROUNDING_MS = 1;

/** More than a run without pace brings about in a minute; they take some 30 MB. */
const MOST_NOTES = 100_000;

/**
 * What is being changed in this n8n process, over all its executions: no document says what Desk makes of two requests
 * for one user that are under way at once.
 */
const LOCKS = createLocks<KeyNote>(CLOCK, {
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
	const identity = identityIn(index, change);
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
		const begunAt = momentAgo(0);
		const ended = await deliverNow(line, change, remembered, earlier).catch((error) => {
			logDefect(run.context, index, error);
			// It may have been sent.
			return { ...unexpected(true), triedAt: CLOCK.now(), sentAt: begunAt };
		});
		// Before the turn ends: a run that stops for this must send nothing more for the same key.
		run.onEnded(ended, index);
		memory?.note(identity, app, ended);
		note = noteOf(ended, change, earlier, note);
		return ended;
	} finally {
		turn.end(note);
	}
}

/** A later run of the execution gets the same items. Not all of them may have come so far in an earlier one. */
function identityIn(index: number, { identity, isOnce }: Change): string[] {
	return isOnce ? identity : [...identity, String(index)];
}

/** Tencent has several hosts for one application; on this machine, every address is a simulator of its own. */
function lockOf({ credential }: Line, { key }: Change): string {
	const { origin, sdkAppId } = credential.account;
	return JSON.stringify([isOwnMachine(origin) ? origin : '', sdkAppId, ...key]);
}

/** What an earlier run found out, and nothing new. */
export function replay({ ended }: Remembered): Ended {
	return { ...ended, fromEarlierTry: true };
}

/** The unclear tries that must be looked for first: of this execution, and of somebody before in this process. */
function earlierTries(
	change: Change,
	remembered: Remembered | undefined,
	note: KeyNote | undefined,
): EarlierTry[] {
	const { whenUnclear } = change;
	if (whenUnclear.may !== 'look') return [];
	const { look } = whenUnclear;
	const triedAt = CLOCK.now() - (remembered?.endedAgoMs ?? 0);
	const { unclear, changedAt = -Infinity } = note ?? {};
	const own: EarlierTry | undefined =
		remembered?.ended.kind === 'failed'
			? {
					failed: { ...remembered.ended, fromEarlierTry: true as const },
					identity: identityText(change),
					...remembered.ended.lookAt,
					look: { ...look, ...remembered.ended.lookAt },
					triedAt,
					isOverwritten: changedAt > triedAt + ROUNDING_MS,
					sentAt: momentAgo(remembered.sentAgoMs),
				}
			: undefined;
	const other = unclear && { ...unclear, failed: leftBefore(change, unclear, own) };
	return [own, other].filter((earlier) => earlier !== undefined);
}

/** What is told of an unclear try that somebody before in this process has left. */
function leftBefore(
	{ what }: Change,
	{ identity, triedAt, sentAt, look: { body, asked } }: LeftTry,
	own: EarlierTry | undefined,
): Failed {
	// A later one is never sent while one is unclear, so that is the execution's own.
	const isOwn = own !== undefined && triedAt <= own.triedAt + ROUNDING_MS;
	const message = `An earlier request had no clear answer, so nothing was sent: it is not known whether ${what}.`;
	return {
		...failedBy({ message, advice: checkFirst(what) }, 'unclear'),
		...{ mayBeDone: true, sentAt, lookAt: { identity, body, asked } },
		...(isOwn && { fromEarlierTry: true }),
	};
}

/** What stays unclear: the try of this change, or the latest of the earlier ones of which nothing was found out. */
function noteOf(
	ended: Ended,
	change: Change,
	earlier: EarlierTry[],
	before: KeyNote | undefined,
): KeyNote | undefined {
	const { whenUnclear, isOnce } = change;
	// What is repeated or only told leaves nothing that a look could take for not done.
	if (whenUnclear.may !== 'look') return before;
	if (!isOnce) {
		const mayBeDone = ended.kind === 'done' || (ended.kind === 'failed' && ended.mayBeDone);
		const changedAt = mayBeDone && !ended.fromEarlierTry ? ended.triedAt : undefined;
		// A look may show an old try done after a newer one: what was changed last stays.
		if (changedAt === undefined || changedAt < (before?.changedAt ?? 0)) return before;
		return { endedAt: changedAt, changedAt };
	}
	if (ended.kind === 'failed' && ended.mayBeDone && !ended.fromEarlierTry) {
		const { triedAt, sentAt, lookAt } = ended;
		if (triedAt !== undefined && sentAt !== undefined) {
			const look = { ...whenUnclear.look, ...lookAt };
			const unclear = { identity: identityText(change), ...lookAt, triedAt, sentAt, look };
			return { endedAt: triedAt, unclear };
		}
	}
	const open = earlier.filter(({ isClear }) => !isClear);
	const [latest] = [...open].sort((a, b) => b.triedAt - a.triedAt);
	if (latest === undefined) return undefined;
	const { identity, triedAt, look } = latest;
	const sentAt = earliestOf(open.map((one) => one.sentAt));
	return { endedAt: triedAt, unclear: { identity, triedAt, look, sentAt } };
}

function identityText({ identity }: Change): string {
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
		soFar = { ...remembered.ended, sentAt: momentAgo(remembered.sentAgoMs) };
	}
	for (const one of earlier) {
		const { failed: before, triedAt } = one;
		const seen = await lookFor(line, one);
		const isUnknown = seen === 'unknown' || (seen === 'notDone' && one.isOverwritten);
		if (isUnknown) return { ...before, triedAt };
		one.isClear = true;
		// It was something else, about which nothing is unclear any more.
		if (one.identity !== identityText(change)) continue;
		const attempts = Math.max(soFar?.attempts ?? 0, before.attempts);
		if (seen !== 'notDone') {
			return { kind: 'done', answer: seen.done, shownBy: 'look', attempts, triedAt };
		}
		soFar = { ...notDoneAfterAll(one.look), attempts, triedAt };
	}
	return await untilKnown(line, change, soFar);
}

/** Asks for something that changes nothing, until there is an answer. */
export async function read(line: Line, question: Question): Promise<Ended> {
	return await untilKnown(line, { ...question, whenUnclear: { may: 'repeat' } });
}

function mayRepeat(whenUnclear: WhenUnclear, sinceFirstMs: number): boolean {
	if (whenUnclear.may !== 'repeat') return false;
	return whenUnclear.forMs === undefined || sinceFirstMs <= whenUnclear.forMs;
}

type Task = Question & Partial<Change> & Pick<Change, 'whenUnclear'>;

/**
 * Sends, judges, waits and looks until it is known how it ended, or no retry is left.
 * @param soFar what is known of earlier tries; told when nothing more can be sent
 */
async function untilKnown(line: Line, task: Task, soFar?: Failed): Promise<Ended> {
	const { settings, scheduler } = line.item.run;
	const begunAt = CLOCK.now();
	const { what, whenUnclear } = task;
	/** An earlier try reached Desk, so what it says now may be about that one. */
	let hasReachedDesk = soFar !== undefined;
	let firstSentAt = soFar?.sentAt;
	let attempts = soFar?.attempts ?? 0;

	const end = (ended: Ended): Ended => {
		const finding = ended.kind === 'failed' ? ended.finding : undefined;
		// Limits are counted answer by answer.
		if (finding?.class !== 'rateLimit') {
			const nothing = finding && isNothing(finding) ? finding : undefined;
			scheduler.noteWork(destinationOf(line), nothing, begunAt);
		}
		return ended;
	};
	let look = whenUnclear.may === 'look' ? whenUnclear.look : undefined;
	if (look?.looksBefore) {
		const { answer = null } = await lookOnce(line, look, scheduler.halted);
		look = { ...look, asked: { ...look.asked, before: answer as IDataObject | null } };
	}

	// A rate limit may hold it up for longer than Desk drops a second one.
	const mustNotRepeat = () =>
		soFar?.mayBeDone === true &&
		firstSentAt !== undefined &&
		!mayRepeat(whenUnclear, mostMsSince(firstSentAt));
	const until: Signal = {
		...scheduler.halted,
		isGiven: () => scheduler.halted.isGiven() || mustNotRepeat(),
	};

	for (let retriesLeft = task.maxRetries ?? settings.maxRetries; ; retriesLeft--) {
		const { sent, sentAt } = await send(line, task, attempts + 1, until, refusalOf);
		if (sent.kind !== 'answered') return neverSent(sent, soFar, attempts);
		if (what !== undefined) line.item.hasSentChange = true;
		attempts++;
		firstSentAt ??= sentAt;
		const { reply: verdict, endedAt: triedAt } = sent;
		const tried = { attempts, triedAt, sentAt: look === undefined ? firstSentAt : sentAt };

		if (verdict.next === 'done') {
			return end({ kind: 'done', answer: verdict.answer, shownBy: 'answer', ...tried });
		}
		const { finding } = verdict;
		// An earlier try may have done it, whatever this one ended with.
		const notNow = soFar?.mayBeDone ? stillUnclear(soFar, finding, tried) : failed(finding, tried);
		if (verdict.next === 'refused') {
			const code = finding.errorCode ?? 0;
			if (task.doneCodes?.includes(code)) {
				// After an unclear try, that one did it.
				const answer = { ErrorCode: hasReachedDesk ? 0 : code, ErrorInfo: finding.errorInfo };
				return end({ kind: 'done', answer, shownBy: 'code', ...tried });
			}
			if (hasReachedDesk && task.doneCodesAfterTry?.includes(code)) {
				return end({ kind: 'done', answer: {}, shownBy: 'code', ...tried });
			}
			return end(notNow);
		}

		const isLimit = finding.class === 'rateLimit';
		const retryAfterMs = verdict.next === 'again' ? verdict.retryAfterMs : undefined;
		// A rate limit holds up everybody, and ends the sending when it asks for too long.
		let waitMs = isLimit ? 0 : backoffMs(attempts, Math.random, retryAfterMs);
		if (verdict.next === 'again') {
			soFar = notNow;
			// Desk has read it and says that it could not work on it.
			hasReachedDesk ||= finding.errorCode !== null && !isLimit;
			if (waitMs > LONGEST_PAUSE_MS) return end(soFar);
		} else if (what === undefined) {
			// It changes nothing, so it may be asked again.
			soFar = failed(finding, tried);
		} else {
			hasReachedDesk = true;
			soFar = {
				...{ kind: 'failed', mayBeDone: true, ...tried },
				finding: soFar?.mayBeDone ? soFar.finding : notKnown(finding, what),
			};
			if (look !== undefined) {
				const seen = await lookFor(line, { triedAt, sentAt, look });
				const { body, asked } = look;
				if (seen === 'unknown') {
					const identity = JSON.stringify(task.identity);
					return end({ ...soFar, lookAt: { identity, body, asked } });
				}
				if (seen !== 'notDone') {
					return end({ kind: 'done', answer: seen.done, shownBy: 'look', ...tried });
				}
				soFar = { ...notDoneAfterAll(look), ...tried };
				waitMs = 0;
			} else if (mustNotRepeat()) {
				return end(soFar);
			}
		}
		if (retriesLeft === 0) return end(soFar);
		await line.item.slot.restUntil(triedAt + waitMs, scheduler.halted);
	}
}

function destinationOf({ credential }: Line) {
	return { app: appOf(credential.account), signer: signerOf(credential.account) };
}

/** Sends once, when pace, breaker and the others allow it, and judges what comes back. */
async function send(
	line: Line,
	{ command, body, codes }: Question,
	tries: number,
	until: Signal,
	refusalIn: (finding: Finding) => Finding | undefined,
): Promise<{ sent: Sent<Verdict, Finding>; sentAt: Moment }> {
	const { credential, item } = line;
	const { context, settings, scheduler } = item.run;
	let sentAt = momentAgo(0);
	const call = async () => {
		sentAt = momentAgo(0);
		const { timeoutMs } = settings;
		return judge(await callDesk(context, { command, body, credential, timeoutMs }), codes);
	};
	const effectOf = (verdict: Verdict): Effect<Finding> => {
		if (verdict.next === 'done') return { isServed: true };
		const { finding } = verdict;
		if (finding.class === 'rateLimit') {
			const retryAfterMs = verdict.next === 'again' ? verdict.retryAfterMs : undefined;
			return { pauseMs: backoffMs(tries, Math.random, retryAfterMs) };
		}
		return { refusal: refusalIn(finding), isServed: finding.errorCode !== null };
	};
	const sent = await scheduler.request(destinationOf(line), call, effectOf, until);
	return { sent, sentAt };
}

/** Why every other request of the run would be refused alike. */
function refusalOf(finding: Finding): Finding | undefined {
	return finding.class === 'credential' || finding.class === 'app' ? finding : undefined;
}

/** Of a look: a right to read may be missing where the change is allowed. */
function refusalOfLook(finding: Finding): Finding | undefined {
	return finding.class === 'credential' ? finding : undefined;
}

/** What shows afterwards of a try without a clear answer: at once, and again when Desk has surely done with it. */
async function lookFor(
	line: Line,
	{ triedAt, sentAt, look }: UnclearTry,
): Promise<{ done: Answer } | 'notDone' | 'unknown'> {
	const { slot, run } = line.item;
	const believedFrom = triedAt + DESK_IS_DONE_AFTER_MS;
	for (const lookAt of [triedAt, believedFrom]) {
		await slot.restUntil(lookAt, run.scheduler.cancelled);
		const { answer, askedAt } = await lookOnce(line, look, run.scheduler.cancelled);
		const seen = answer === undefined ? 'unknown' : look.shows(answer, look.asked);
		if (typeof seen === 'object') return seen;
		const tells = askedAt >= believedFrom && mostMsSince(sentAt) <= LOOK_TELLS_UNTIL_MS;
		if (seen === 'notDone' && tells) return 'notDone';
		if (askedAt > believedFrom) return 'unknown';
	}
	return 'unknown';
}

/** One look; asked again only after a rate-limit answer. */
async function lookOnce(
	line: Line,
	{ command, body }: Pick<Look, 'command' | 'body'>,
	until: Signal,
): Promise<{ answer?: Answer; askedAt: number }> {
	const { settings } = line.item.run;
	const question = { command, body, codes: describeCode };
	for (let tries = 1; ; tries++) {
		const { sent } = await send(line, question, tries, until, refusalOfLook);
		if (sent.kind !== 'answered') return { askedAt: -Infinity };
		const { reply: verdict, startedAt: askedAt } = sent;
		if (verdict.next === 'done') return { answer: verdict.answer, askedAt };
		if (verdict.finding.class !== 'rateLimit') return { askedAt };
		if (tries > settings.maxRetries) return { askedAt: -Infinity };
	}
}

type TriedOnce = Pick<Failed, 'attempts' | 'triedAt' | 'sentAt'>;

function failed(finding: Finding, tried: TriedOnce): Failed {
	return { kind: 'failed', finding, mayBeDone: false, ...tried };
}

function stillUnclear(soFar: Failed, last: Finding, tried: TriedOnce): Failed {
	const { errorCode, errorInfo } = last;
	const [first = ''] = soFar.finding.message.split(LAST_ATTEMPT);
	const message = `${first}${LAST_ATTEMPT}${last.message}`;
	return { ...soFar, ...tried, finding: { ...soFar.finding, message, errorCode, errorInfo } };
}

const LAST_ATTEMPT = ' The last attempt failed with: ';

function notKnown(finding: Finding, what: string): Finding {
	return {
		...finding,
		message: `${finding.message.replace(/\.$/, '')}, so it is not known whether ${what}.`,
		advice: checkFirst(what),
		retryLater: false,
	};
}

function checkFirst(what: string): string {
	return `Before you try again, check in the Desk workbench whether ${what}.`;
}

/** A look has shown that an unclear try was not done. */
function notDoneAfterAll({ notDone }: Look): Failed {
	const advice = 'Run the workflow again later.';
	return failedBy({ message: notDone, advice, retryLater: true }, 'notDone');
}

/** Desk did nothing: no connection, or no clear answer. */
function isNothing({ class: findingClass }: Finding): boolean {
	return findingClass === 'notDone' || findingClass === 'unclear';
}

function neverSent(
	sent: Exclude<Sent<unknown, Finding>, { kind: 'answered' }>,
	soFar: Failed | undefined,
	attempts: number,
): Ended {
	if (sent.kind === 'stopped') return soFar ?? NOT_TRIED;
	if (soFar?.mayBeDone) return soFar;
	const again = attempts > 0 ? ' again' : '';
	const tried = { attempts, triedAt: soFar?.triedAt };
	if (sent.kind === 'refused') {
		const message = `Not sent${again}, since Desk refused another item: ${sent.reason.message}`;
		return failed({ ...sent.reason, message }, tried);
	}
	const { errorCode, errorInfo } = soFar?.finding ?? { errorCode: null, errorInfo: '' };
	return failed(
		{
			class: 'failed',
			message:
				sent.why.by === 'limit'
					? `Not sent${again}, since Tencent kept on refusing requests because too many were sent.`
					: `Not sent${again}, since Desk did nothing for over a minute: ${sent.why.reason.message}`,
			advice:
				sent.why.by === 'limit'
					? 'Run the workflow again later, or ask Tencent for a higher limit.'
					: sent.why.reason.advice,
			...{ errorCode, errorInfo, retryLater: true },
		},
		tried,
	);
}

/** By signer: what a call that changes nothing has shown of the credential in this run. */
export type CredentialChecks = Map<string, Promise<Ended>>;

/**
 * Stands in for a change that is only simulated: nothing is sent but a look at the accounts, once for each signer, which
 * shows whether Desk takes the credential.
 * @returns `done` when it does
 */
export async function simulate(line: Line, checks: CredentialChecks): Promise<Ended> {
	// It may rest below, and those behind it, which may be no simulations, would hold all slots meanwhile.
	line.item.letNext();
	const signer = signerOf(line.credential.account);
	const known = checks.get(signer);
	const check =
		known ?? read(line, { command: 'get_im_agent_list', body: {}, codes: describeCode });
	checks.set(signer, check);
	// Whose check it is stays with it: a run that has ended sends nothing.
	const ended = known
		? await line.item.slot.rest(check, line.item.run.scheduler.halted)
		: await check;
	if (ended === undefined || ended.kind !== 'done') return ended ?? NOT_TRIED;
	return { kind: 'done', answer: {}, shownBy: 'simulation', attempts: 0 };
}
