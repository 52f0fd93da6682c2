import type { EndedBy } from './records';

/** How the conversation of a contacted user goes on by itself. Each time counts from what happened before it. */
export interface Life {
	/** Until then the session is WaitingForAgentAnswering. */
	answeredAfterMs?: number;
	ended?: { by: EndedBy; afterMs: number };
	rated?: { rating: number; afterMs: number };
}

const PATTERN =
	/^(?:answered-(\d{1,7}))?(?:(?:^|(?!^)-)(ended|closed)-(\d{1,7}))?(?:(?:^|(?!^)-)rated-([1-5])(?:-(\d{1,7}))?)?$/;

/**
 * Reads `answered-<ms>`, `ended-<ms>` (by the agent) or `closed-<ms>` (by time-out), `rated-<1 to 5>[-<ms>]`, any
 * of them in this order with `-` between, and `.<anything>` at the end. Null for every other id.
 */
export const readLife = (userId: string): Life | null => {
	const [head] = userId.split('.', 1);
	const match = head === '' ? null : PATTERN.exec(head);
	if (match === null) return null;
	const [, answered, end, endedAfter, rating, ratedAfter = '0'] = match;
	return {
		...(answered === undefined ? {} : { answeredAfterMs: Number(answered) }),
		...(end === undefined
			? {}
			: { ended: { by: end === 'ended' ? 'agent' : 'timeOut', afterMs: Number(endedAfter) } }),
		...(rating === undefined
			? {}
			: { rated: { rating: Number(rating), afterMs: Number(ratedAfter) } }),
	};
};
