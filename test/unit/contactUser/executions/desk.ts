import type { DeskCall } from '../../../../nodes/shared/desk/callDesk';
import type { DeskReply } from '../../../../nodes/shared/desk/reply';
import type { VirtualClock } from '../../virtualClock';
import {
	alreadyWithAgent,
	answer,
	done,
	noConnection,
	noSession,
	timeOut,
	tooMany,
	withAgent,
	wrongKey,
} from '../../replies';
import { partiesOf, type VirtualDesk } from './virtualProcess';

/** What becomes of one request. */
export type Fate =
	/** Desk works for so long; whoever has given up by then gets no answer, and the contact is made all the same. */
	| { does: 'works'; worksMs: number }
	/** No answer comes, after `failsMs` or the time-out; whether it arrives is another matter. */
	| { does: 'loses'; arrives: boolean; worksMs: number; failsMs: number }
	/** Surely not done. */
	| { does: 'refuses'; code: number }
	| { does: 'limits'; retryAfterMs?: number }
	| { does: 'noConnection' };

export const HEALTHY: Fate = { does: 'works', worksMs: 20 };

export interface Parties {
	sdkAppId: number;
	userId: string;
	account: string;
}

/** One contact_user or get_session_state, as the wire saw it. Times on the virtual clock. */
export interface Sent extends Parties {
	command: string;
	executionId: string;
	/** Another one makes it another contact of the same user. */
	group?: number;
	startedAt: number;
	endedAt: number;
	/** The same by the clock of the system, which somebody may have set. */
	startedUnixMs: number;
	endedUnixMs: number;
	reply: DeskReply;
	/** When Desk made the contact of it. */
	committedAt?: number;
}

export interface DeskPlan {
	/** Of the next requests about a user, in order; healthy when none is left. */
	fateOf(parties: Parties): Fate;
	sessionFateOf(parties: Parties): Fate;
	/** How long after the contact an agent ends the session, at least a minute. */
	closesAfterMs(parties: Parties): number;
	/** Whether the administrator may sign at that time. */
	isAdmin(admin: string, time: number): boolean;
	/** Talks with an agent already, and not through us. */
	isTalking(parties: Parties): boolean;
	/** What throws here is a defect of the node, when everything was sent. */
	afterAnswer(): void;
}

const keyOf = ({ sdkAppId, userId, account }: Parties) =>
	JSON.stringify([sdkAppId, userId, account]);

/**
 * A Desk that decides when a request arrives, so that two under way at once are two contacts; whose work goes on when
 * the caller has given up; and whose agents end sessions after a while.
 */
export function createDesk(
	clock: VirtualClock,
	plan: DeskPlan,
): { log: Sent[]; call: VirtualDesk } {
	const log: Sent[] = [];
	/** Until when a session is open, by user and account. */
	const openUntil = new Map<string, number>();

	const isLive = (parties: Parties) =>
		plan.isTalking(parties) || (openUntil.get(keyOf(parties)) ?? -1) > clock.now();

	async function contact(sent: Sent, fate: Fate, timeoutMs: number): Promise<DeskReply> {
		switch (fate.does) {
			case 'noConnection':
				return noConnection;
			case 'limits':
				return tooMany(fate.retryAfterMs);
			case 'refuses':
				return answer(fate.code);
		}
		const arrives = fate.does === 'works' || fate.arrives;
		const wasLive = isLive(sent);
		if (arrives && !wasLive) {
			clock.at(clock.now() + fate.worksMs, () => {
				sent.committedAt = clock.now();
				openUntil.set(keyOf(sent), clock.now() + plan.closesAfterMs(sent));
			});
		}
		const isAnswered = fate.does === 'works' && fate.worksMs <= timeoutMs;
		await clock.sleep(isAnswered ? fate.worksMs : failsAfter(fate, timeoutMs));
		if (!isAnswered) return timeOut;
		return wasLive ? alreadyWithAgent : done;
	}

	async function readSession(sent: Sent, fate: Fate, timeoutMs: number): Promise<DeskReply> {
		const isRead = fate.does === 'works';
		const state = isLive(sent) ? withAgent : noSession;
		await clock.sleep(isRead ? Math.min(fate.worksMs, timeoutMs) : failsAfter(fate, timeoutMs));
		if (isRead) return state;
		return fate.does === 'limits' ? tooMany(fate.retryAfterMs) : timeOut;
	}

	return {
		log,
		async call({ command, body, credential, timeoutMs }: DeskCall, executionId) {
			const { sdkAppId, adminUserId } = credential.account;
			const startedAt = clock.now();
			const sent: Sent = {
				...{ sdkAppId, ...partiesOf({ body }), command, executionId, startedAt },
				group: body.GroupId as number | undefined,
				...{ startedUnixMs: Date.now(), endedUnixMs: Infinity, endedAt: Infinity, reply: timeOut },
			};
			log.push(sent);
			const isContact = command === 'contact_user';
			const fate = isContact ? plan.fateOf(sent) : plan.sessionFateOf(sent);
			if (!plan.isAdmin(adminUserId, startedAt)) sent.reply = wrongKey;
			else if (isContact) sent.reply = await contact(sent, fate, timeoutMs);
			else sent.reply = await readSession(sent, fate, timeoutMs);
			sent.endedAt = clock.now();
			sent.endedUnixMs = Date.now();
			plan.afterAnswer();
			return sent.reply;
		},
	};
}

function failsAfter(fate: Fate, timeoutMs: number): number {
	return fate.does === 'loses' ? Math.min(fate.failsMs, timeoutMs) : timeoutMs;
}
