import type { IDataObject } from 'n8n-workflow';

import { appOf, signerOf } from '../../../credentials/deskAccount';
import { callDesk, DESK_IS_DONE_AFTER_MS } from '../desk/callDesk';
import { describeCode } from '../desk/codes';
import { judge, type Finding, type Verdict } from '../desk/judge';
import type { Answer } from '../desk/values';
import type { Effect, Sent } from '../sending/scheduler';
import { backoffMs, LONGEST_PAUSE_MS, type Signal } from '../sending/waiting';
import {
	NOT_TRIED,
	type Change,
	type Ended,
	type Failed,
	type Look,
	type Question,
	type WhenUnclear,
} from './command';
import { CLOCK } from './process';
import type { Line } from './run';
import { momentNow, mostMsSince, type Clocks, type Moment } from './twoClocks';

export const CLOCKS: Clocks = { processMs: () => CLOCK.now(), unixMs: () => Date.now() };

/**
 * Later, a look that shows nothing no longer tells: it may have been done, and be over again. Counted from the start of
 * the try, since it may have been done at once.
 */
export const LOOK_TELLS_UNTIL_MS = 60_000;

/** A try without a clear answer. */
export interface UnclearTry {
	/** When it ended, on the clock of the process; later rather than earlier. */
	triedAt: number;
	/** When it was sent; earlier rather than later. */
	sentAt: Moment;
	look: Look;
}

/** Asks for something that changes nothing, until there is an answer. */
export async function read(line: Line, question: Question): Promise<Ended> {
	return await untilKnown(line, { ...question, whenUnclear: { may: 'repeat' } });
}

export function mayRepeat(whenUnclear: WhenUnclear, sinceFirstMs: number): boolean {
	if (whenUnclear.may !== 'repeat') return false;
	return whenUnclear.forMs === undefined || sinceFirstMs <= whenUnclear.forMs;
}

type Task = Question & Partial<Change> & Pick<Change, 'whenUnclear'>;

/**
 * Sends, judges, waits and looks until it is known how it ended, or no retry is left.
 * @param soFar what is known of earlier tries; told when nothing more can be sent
 */
export async function untilKnown(line: Line, task: Task, soFar?: Failed): Promise<Ended> {
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

	for (let retriesLeft = task.maxRetries ?? settings.maxRetries; ; retriesLeft--) {
		const { sent, sentAt } = await send(line, task, attempts + 1, scheduler.halted, refusalOf);
		if (sent.kind !== 'answered') return neverSent(sent, soFar, attempts);
		if (what !== undefined) line.item.hasSentChange = true;
		attempts++;
		firstSentAt ??= sentAt;
		const { reply: verdict, endedAt: triedAt } = sent;
		const tried = { attempts, triedAt, sentAt };

		if (verdict.next === 'done') {
			return end({ kind: 'done', answer: verdict.answer, shownBy: 'answer', ...tried });
		}
		const { finding } = verdict;
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
			return end(soFar?.mayBeDone ? stillUnclear(soFar, finding, tried) : failed(finding, tried));
		}

		if (verdict.next === 'again') {
			soFar = soFar?.mayBeDone ? stillUnclear(soFar, finding, tried) : failed(finding, tried);
			// Desk has read it and says that it could not work on it.
			hasReachedDesk ||= finding.errorCode !== null && finding.class !== 'rateLimit';
			const waitMs = backoffMs(attempts, Math.random, verdict.retryAfterMs);
			const isLimit = finding.class === 'rateLimit';
			// A rate limit holds up everybody, and ends the sending when it asks for that long.
			if (!isLimit && waitMs > LONGEST_PAUSE_MS) return end(soFar);
			if (!isLimit && retriesLeft > 0) await rest(line, triedAt + waitMs);
		} else if (what === undefined) {
			// It changes nothing, so it may be asked again.
			soFar = failed(finding, tried);
			if (retriesLeft > 0) await rest(line, triedAt + backoffMs(attempts, Math.random, undefined));
		} else {
			hasReachedDesk = true;
			soFar = {
				...{ kind: 'failed', mayBeDone: true, ...tried },
				finding: soFar?.mayBeDone ? soFar.finding : notKnown(finding, what),
			};
			if (look !== undefined) {
				const seen = await lookFor(line, { ...tried, look });
				const { body, asked } = look;
				if (seen === 'unknown') {
					const identity = JSON.stringify(task.identity);
					return end({ ...soFar, lookAt: { identity, body, asked } });
				}
				if (seen !== 'notDone') {
					return end({ kind: 'done', answer: seen.done, shownBy: 'look', ...tried });
				}
				soFar = { ...notDoneAfterAll(soFar, look), ...tried };
			} else {
				const sinceFirstMs = mostMsSince(firstSentAt, CLOCKS);
				if (!mayRepeat(whenUnclear, sinceFirstMs)) return end(soFar);
				if (retriesLeft > 0)
					await rest(line, triedAt + backoffMs(attempts, Math.random, undefined));
			}
		}
		if (retriesLeft === 0) return end(soFar);
	}
}

async function rest({ item }: Line, until: number): Promise<void> {
	await item.slot.restUntil(until, item.run.scheduler.halted);
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
	let sentAt = momentNow(CLOCKS);
	const call = async () => {
		sentAt = momentNow(CLOCKS);
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
export async function lookFor(
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
		const tells = askedAt >= believedFrom && mostMsSince(sentAt, CLOCKS) <= LOOK_TELLS_UNTIL_MS;
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

/** An earlier try may have done it, whatever the last one ended with. */
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

export function checkFirst(what: string): string {
	return `Before you try again, check in the Desk workbench whether ${what}.`;
}

/** A look has shown that an unclear try was not done. */
export function notDoneAfterAll({ finding }: Failed, { notDone }: Look): Failed {
	return {
		kind: 'failed',
		attempts: 0,
		mayBeDone: false,
		finding: {
			...finding,
			class: 'notDone',
			message: notDone,
			advice: 'Run the workflow again later.',
			errorCode: null,
			errorInfo: '',
			retryLater: true,
		},
	};
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
