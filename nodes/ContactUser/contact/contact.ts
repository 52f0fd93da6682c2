import type { DeskReply } from '../../shared/api/reply';
import type { Dispatch, Sent } from '../../shared/sending/scheduler';
import { notSentSince, notTried } from './results';
import { appRefusalIn, credentialRefusalIn, judge, rateLimitIn } from './verdict';
import type { Ending, Finding } from '../output/report';
import {
	confirmedBySession,
	explainedByEarlierTry,
	notContactedBySession,
	readSession,
	type SessionReading,
} from './session';

/** The two commands of one user, ready to send. */
export interface DeskCalls {
	contactUser(): Promise<DeskReply>;
	sessionState(): Promise<DeskReply>;
}

export interface ContactSettings {
	/** How often a user may be sent again after the first time. */
	maxRetries: number;
	includeSession: boolean;
}

/** What one contact needs: its calls, the run's dispatch, and the group (application) it is sent in. */
export interface ContactTask {
	calls: DeskCalls;
	dispatch: Dispatch<Finding>;
	group: string;
	settings: ContactSettings;
	/** A random number from 0 up to 1, for the jitter of the waits. */
	random: () => number;
}

/** An earlier try of this execution that contacted the user or may have, and how long ago it ended. */
export interface EarlierTry {
	ending: Ending;
	agoMs: number;
}

const FIRST_BACKOFF_MS = 500;
const LONGEST_BACKOFF_MS = 10_000;
/**
 * Desk works on a request for up to 3 s (https://cloud.tencent.com/document/product/269/1519): asked sooner, "no
 * session" may not be true yet. Counted from the end of the try, since until then the request may be on its way.
 */
const DESK_IS_DONE_AFTER_MS = 3500;
/** Later, "no session" no longer tells: an agent may have contacted the user and closed the session. */
const SESSION_TELLS_UNTIL_MS = 60_000;

/**
 * Contacts one user: sends, judges, and confirms or sends again until it is known what happened.
 * @param earlier an unconfirmed try of the same execution; the session is asked before anything is sent
 */
export async function contactUser(task: ContactTask, earlier?: EarlierTry): Promise<Ending> {
	const ending = await contactUntilKnown(task, earlier);
	const wantsSession =
		task.settings.includeSession && ending.outcome === 'contacted' && ending.session === undefined;
	if (!wantsSession) return ending;
	const { session } = await askSession(task);
	return session === undefined ? ending : { ...ending, session };
}

async function contactUntilKnown(task: ContactTask, earlier?: EarlierTry): Promise<Ending> {
	let attempts = 0;
	/** What would be reported if nothing more could be sent. */
	let soFar: Finding | undefined;
	let wasUnsure = false;

	if (earlier !== undefined) {
		attempts = earlier.ending.attempts;
		const confirmed = await confirm(task, task.dispatch.now() - earlier.agoMs);
		if (confirmed === 'unknown') return { ...earlier.ending, fromEarlierTry: true };
		if (confirmed !== 'notContacted') return { ...confirmed, attempts };
		soFar = notContactedBySession();
		wasUnsure = true;
	}

	for (let retriesLeft = task.settings.maxRetries; ; retriesLeft--) {
		const sent = await task.dispatch.request(task.group, task.calls.contactUser, appRefusalIn);
		if (sent.kind !== 'answered') return neverSent(sent, soFar, attempts);
		attempts++;
		const verdict = judge(sent.reply);
		soFar = verdict.finding;

		if (verdict.next === 'confirm') {
			const confirmed = await confirm(task, sent.endedAt);
			if (confirmed === 'unknown') return { ...soFar, attempts };
			if (confirmed !== 'notContacted') return { ...confirmed, attempts };
			soFar = notContactedBySession();
			wasUnsure = true;
		} else if (verdict.next === 'resend') {
			const waitMs = waitBeforeRetryMs(verdict.retryAfterMs, attempts, task.random);
			if (verdict.rateLimited) task.dispatch.slowDown(waitMs, sent.startedAt);
			else if (retriesLeft > 0) await task.dispatch.waitUntil(sent.endedAt + waitMs);
		} else {
			return { ...(wasUnsure ? explainedByEarlierTry(soFar) : soFar), attempts };
		}
		if (retriesLeft === 0) return { ...soFar, attempts };
	}
}

/** What the session of the user says about a try that had no clear answer. */
async function confirm(
	task: ContactTask,
	tryEndedAt: number,
): Promise<Omit<Ending, 'attempts'> | 'notContacted' | 'unknown'> {
	const believedFrom = tryEndedAt + DESK_IS_DONE_AFTER_MS;
	for (const askAt of [tryEndedAt, believedFrom]) {
		await task.dispatch.waitUntil(askAt);
		const asked = await askSession(task);
		if (asked.shows === 'contacted') {
			return { ...confirmedBySession(asked.session), session: asked.session };
		}
		const tells =
			asked.askedAt >= believedFrom && asked.askedAt <= tryEndedAt + SESSION_TELLS_UNTIL_MS;
		if (asked.shows === 'notContacted' && tells) return 'notContacted';
		if (asked.askedAt > believedFrom) return 'unknown';
	}
	return 'unknown';
}

/** One get_session_state; asked again only after a rate-limit answer. */
async function askSession(task: ContactTask): Promise<SessionReading & { askedAt: number }> {
	for (let tries = 1; ; tries++) {
		const sent = await task.dispatch.request(
			task.group,
			task.calls.sessionState,
			credentialRefusalIn,
		);
		if (sent.kind !== 'answered') return { shows: 'nothing', askedAt: -Infinity };
		const limit = rateLimitIn(sent.reply);
		if (limit === undefined) return { ...readSession(sent.reply), askedAt: sent.startedAt };
		const waitMs = waitBeforeRetryMs(limit.retryAfterMs, tries, task.random);
		task.dispatch.slowDown(waitMs, sent.startedAt);
		if (tries > task.settings.maxRetries) return { shows: 'nothing', askedAt: -Infinity };
	}
}

function neverSent(
	sent: Exclude<Sent<DeskReply, Finding>, { kind: 'answered' }>,
	soFar: Finding | undefined,
	attempts: number,
): Ending {
	if (sent.kind === 'refused') return { ...notSentSince(sent.reason, attempts), attempts };
	return soFar === undefined ? notTried() : { ...soFar, attempts };
}

/**
 * What the server asks for; without that (or with 0, which would use up all retries at once) a wait that doubles
 * with each try. A random half keeps many users from coming back at the same moment.
 */
function waitBeforeRetryMs(
	retryAfterMs: number | undefined,
	attempts: number,
	random: () => number,
): number {
	const longest = Math.min(FIRST_BACKOFF_MS * 2 ** (attempts - 1), LONGEST_BACKOFF_MS);
	return retryAfterMs || longest * (0.5 + random() / 2);
}
