import { rateLimitIn, type DeskReply } from '../../shared/api/reply';
import { backoffMs, LONGEST_PAUSE_MS } from '../../shared/sending/waiting';
import type { Effect } from '../../shared/sending/gate';
import type { Destination, Scheduler, Sent, Slot } from '../../shared/sending/scheduler';
import { mostMsSince, momentNow, type Clocks, type Moment } from './moment';
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
	/** The one agent to contact the user; null for any. */
	agent: string | null;
	scheduler: Scheduler<ContactResult>;
	slot: Slot;
	to: Destination;
	settings: ContactSettings;
	/** A random number from 0 up to 1, for the jitter of the waits. */
	random: () => number;
	/** The process's own is that of the scheduler. */
	clocks: Clocks;
}

/** A try of which it is not known whether it contacted the user. */
interface TryInDoubt {
	customerServiceAccount: string;
	/** When its last request ended, on the clock of the process; later rather than earlier. */
	triedAt: number;
	/** When that request was sent; earlier rather than later. */
	sentAt: Moment;
	/** The one agent that it asked for, if that is known. */
	agent?: string | null;
}

/** A try before this one that contacted the user or may have. */
export interface EarlierTry extends TryInDoubt {
	/** What is reported when nothing new can be found out. */
	result: ContactResult;
	/** Set once its session has told what came of it. */
	isClear?: true;
}

/**
 * Desk works on a request for up to 3 s (https://cloud.tencent.com/document/product/269/1519): asked sooner, "no
 * session" may not be true yet. Counted from the end of the try, since until then the request may be on its way.
 */
const DESK_IS_DONE_AFTER_MS = 3500;
/**
 * Later, "no session" no longer tells: an agent may have contacted the user and closed the session. Counted from the
 * start of the try, since the contact may have been made at once.
 */
export const SESSION_TELLS_UNTIL_MS = 60_000;

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
		if (confirmed === 'unknown') return { ...result, triedAt, fromEarlierTry: true };
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

/** What the session of the user says about a try that had no clear answer. */
async function confirm(
	task: ContactTask,
	{ customerServiceAccount, triedAt, sentAt, agent }: TryInDoubt,
): Promise<ContactResult | 'notContacted' | 'unknown'> {
	const believedFrom = triedAt + DESK_IS_DONE_AFTER_MS;
	for (const askAt of [triedAt, believedFrom]) {
		await task.slot.restUntil(askAt);
		const asked = await askSession(task, customerServiceAccount);
		// With another agent, the session may be older than the try, or have been handed on since.
		if (asked.shows === 'contacted' && !isAnotherAgent(asked.session.agent, agent)) {
			return confirmedBySession(asked.session);
		}
		const tells =
			asked.askedAt >= believedFrom && mostMsSince(sentAt, task.clocks) <= SESSION_TELLS_UNTIL_MS;
		if (asked.shows === 'notContacted' && tells) return 'notContacted';
		if (asked.askedAt > believedFrom) return 'unknown';
	}
	return 'unknown';
}

function isAnotherAgent(found: string | null, wanted: string | null | undefined): boolean {
	if (found === null || wanted === null || wanted === undefined) return false;
	return found.toLowerCase() !== wanted.toLowerCase();
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
