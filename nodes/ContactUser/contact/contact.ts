import { DESK_IS_DONE_AFTER_MS } from '../../shared/api/callDesk';
import { rateLimitIn, type DeskReply } from '../../shared/api/reply';
import { backoffMs } from '../../shared/sending/waiting';
import type { Destination, Effect, Scheduler, Sent, Slot } from '../../shared/sending/scheduler';
import { limited, notSentSince, notTried, type ContactResult } from './results';
import {
	confirmedBySession,
	explainedByEarlierTry,
	notContactedBySession,
	readSession,
	type SessionReading,
} from './session';
import { credentialRefusalIn, judge, type Verdict } from './verdict';

/** The two commands of one user, ready to send. */
export interface DeskCalls {
	contactUser(): Promise<DeskReply>;
	/** @param customerServiceAccount through which the user was, or may have been, contacted */
	sessionState(customerServiceAccount: string): Promise<DeskReply>;
}

export interface ContactSettings {
	/** How often a user may be sent again after the first time. */
	maxRetries: number;
	includeSession: boolean;
}

/** What one contact needs. */
export interface ContactTask {
	calls: DeskCalls;
	customerServiceAccount: string;
	scheduler: Scheduler<ContactResult>;
	slot: Slot;
	to: Destination;
	settings: ContactSettings;
	/** A random number from 0 up to 1, for the jitter of the waits. */
	random: () => number;
}

/** A try before this one that contacted the user or may have. */
export interface EarlierTry {
	/** What is reported when nothing new can be found out. */
	result: ContactResult;
	customerServiceAccount: string;
	/** When its last request ended, on the clock of the process. */
	triedAt: number;
}

/** Later, "no session" no longer tells: an agent may have contacted the user and closed the session. */
export const SESSION_TELLS_UNTIL_MS = 60_000;

/**
 * Contacts one user: sends, judges, and confirms or sends again until it is known what happened.
 * @param earlier tries in doubt; the session is asked about each before anything is sent
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

	for (const { result, customerServiceAccount, triedAt } of earlier) {
		const confirmed = await confirm(task, customerServiceAccount, triedAt);
		if (confirmed === 'unknown') return { ...result, triedAt, fromEarlierTry: true };
		// Through another account it was another contact, about which nothing is in doubt any more.
		if (customerServiceAccount !== task.customerServiceAccount) continue;
		attempts = Math.max(attempts, result.attempts);
		if (confirmed !== 'notContacted') return { ...confirmed, attempts, triedAt };
		soFar = { ...notContactedBySession(), attempts, triedAt };
		wasAmbiguous = true;
	}

	for (let retriesLeft = settings.maxRetries; ; retriesLeft--) {
		const effectOf = (reply: Verdict) => effectOfVerdict(reply, attempts + 1, random);
		const sent = await scheduler.request(
			to,
			async () => judge(await task.calls.contactUser()),
			effectOf,
		);
		if (sent.kind !== 'answered') return neverSent(sent, soFar, attempts);
		attempts++;
		const { reply: verdict, endedAt: triedAt } = sent;
		soFar = { ...verdict.result, attempts, triedAt };

		if (verdict.next === 'confirm') {
			const confirmed = await confirm(task, task.customerServiceAccount, triedAt);
			if (confirmed === 'unknown') return soFar;
			if (confirmed !== 'notContacted') return { ...confirmed, attempts, triedAt };
			soFar = { ...notContactedBySession(), attempts, triedAt };
			wasAmbiguous = true;
		} else if (verdict.next === 'resend') {
			const waitMs = backoffMs(attempts, random, verdict.retryAfterMs);
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

/** What the session of the user says about a try that had no clear answer. */
async function confirm(
	task: ContactTask,
	customerServiceAccount: string,
	triedAt: number,
): Promise<ContactResult | 'notContacted' | 'unknown'> {
	const believedFrom = triedAt + DESK_IS_DONE_AFTER_MS;
	for (const askAt of [triedAt, believedFrom]) {
		await task.slot.restUntil(askAt);
		const asked = await askSession(task, customerServiceAccount);
		if (asked.shows === 'contacted') return confirmedBySession(asked.session);
		const tells =
			asked.askedAt >= believedFrom && asked.askedAt <= triedAt + SESSION_TELLS_UNTIL_MS;
		if (asked.shows === 'notContacted' && tells) return 'notContacted';
		if (asked.askedAt > believedFrom) return 'unknown';
	}
	return 'unknown';
}

/** One get_session_state; asked again only after a rate-limit answer. */
async function askSession(
	{ calls, scheduler, to, settings, random }: ContactTask,
	customerServiceAccount: string,
): Promise<SessionReading & { askedAt: number }> {
	for (let tries = 1; ; tries++) {
		const effectOf = (reply: DeskReply): Effect<ContactResult> => {
			const limit = rateLimitIn(reply);
			if (limit !== undefined) return { pauseMs: backoffMs(tries, random, limit.retryAfterMs) };
			return { refusal: credentialRefusalIn(reply), isServed: reply.kind === 'answer' };
		};
		const sent = await scheduler.request(
			to,
			async () => await calls.sessionState(customerServiceAccount),
			effectOf,
		);
		if (sent.kind !== 'answered') return { shows: 'nothing', askedAt: -Infinity };
		if (rateLimitIn(sent.reply) === undefined) {
			return { ...readSession(sent.reply), askedAt: sent.startedAt };
		}
		if (tries > settings.maxRetries) return { shows: 'nothing', askedAt: -Infinity };
	}
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
