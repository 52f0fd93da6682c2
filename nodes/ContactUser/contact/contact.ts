import { backoffMs, LONGEST_PAUSE_MS } from '../../shared/sending/waiting';
import type { Effect, Sent } from '../../shared/sending/scheduler';
import { askSession, confirm, type TryInDoubt } from './confirm';
import { momentNow } from './moment';
import { limited, notSentSince, notTried, type ContactResult } from './results';
import { explainedByEarlierTry, notContactedBySession } from './session';
import type { ContactTask } from './task';
import { judge, type Verdict } from './verdict';

/** A try before this one that contacted the user or may have. */
export interface EarlierTry extends TryInDoubt {
	/** What is reported when nothing new can be found out. */
	result: ContactResult;
	/** Set once its session has told what came of it. */
	isClear?: true;
}

/**
 * Contacts one user: sends, judges, and confirms or sends again until it is known what happened.
 * @param earlier tries in doubt; the session is asked about each before anything is sent. Those that it tells are marked
 */
export async function contactUser(
	task: ContactTask,
	earlier: EarlierTry[] = [],
): Promise<ContactResult> {
	const result = await contactUntilKnown(task, earlier);
	const wantsSession =
		task.settings.includeSession && result.outcome === 'contacted' && result.session === undefined;
	if (!wantsSession) return result;
	const { session } = await askSession(task, task.customerServiceAccount);
	return session === undefined ? result : { ...result, session };
}

async function contactUntilKnown(task: ContactTask, earlier: EarlierTry[]): Promise<ContactResult> {
	const { scheduler, slot, to, settings, random } = task;
	let attempts = 0;
	/** What is reported if nothing more can be sent. */
	let soFar: ContactResult | undefined;
	let wasAmbiguous = false;

	for (const one of earlier) {
		const { result, customerServiceAccount, triedAt } = one;
		const confirmed = await confirm(task, one);
		if (confirmed === 'unknown') return { ...result, triedAt };
		one.isClear = true;
		// Through another account it was another contact, about which nothing is in doubt any more.
		if (customerServiceAccount !== task.customerServiceAccount) continue;
		attempts = Math.max(attempts, result.attempts);
		if (confirmed !== 'notContacted') return { ...confirmed, attempts, triedAt };
		soFar = { ...notContactedBySession(), attempts, triedAt };
		wasAmbiguous = true;
	}

	for (let retriesLeft = settings.maxRetries; ; retriesLeft--) {
		const effectOf = (reply: Verdict) => effectOfVerdict(reply, attempts + 1, random);
		let sentAt = momentNow(task.clocks);
		const send = async () => {
			sentAt = momentNow(task.clocks);
			return judge(await task.calls.contactUser());
		};
		const sent = await scheduler.request(to, send, effectOf);
		if (sent.kind !== 'answered') return neverSent(sent, soFar, attempts);
		attempts++;
		const { reply: verdict, endedAt: triedAt } = sent;
		soFar = { ...verdict.result, attempts, triedAt, sentAt };

		if (verdict.next === 'confirm') {
			const { customerServiceAccount, agent } = task;
			const confirmed = await confirm(task, { customerServiceAccount, triedAt, sentAt, agent });
			if (confirmed === 'unknown') return agent === null ? soFar : { ...soFar, askedAgent: agent };
			if (confirmed !== 'notContacted') return { ...confirmed, attempts, triedAt };
			soFar = { ...notContactedBySession(), attempts, triedAt };
			wasAmbiguous = true;
		} else if (verdict.next === 'resend') {
			const waitMs = backoffMs(attempts, random, verdict.retryAfterMs);
			// A rate limit holds up everybody, and ends the sending when it asks for that long.
			if (!verdict.rateLimited && waitMs > LONGEST_PAUSE_MS) return soFar;
			if (!verdict.rateLimited && retriesLeft > 0) await slot.restUntil(triedAt + waitMs);
		} else {
			return wasAmbiguous ? explainedByEarlierTry(soFar) : soFar;
		}
		if (retriesLeft === 0) return soFar;
	}
}

function effectOfVerdict(
	verdict: Verdict,
	tries: number,
	random: () => number,
): Effect<ContactResult> {
	if (verdict.next === 'stopApp') return { refusal: verdict.result };
	if (verdict.next === 'resend' && verdict.rateLimited) {
		return { pauseMs: backoffMs(tries, random, verdict.retryAfterMs) };
	}
	return { isServed: verdict.result.errorCode !== null };
}

function neverSent(
	sent: Exclude<Sent<unknown, ContactResult>, { kind: 'answered' }>,
	soFar: ContactResult | undefined,
	attempts: number,
): ContactResult {
	switch (sent.kind) {
		case 'refused':
			return { ...notSentSince(sent.reason, attempts), triedAt: soFar?.triedAt };
		case 'limited':
			return limited(soFar);
		case 'stopped':
			return soFar ?? notTried();
	}
}
