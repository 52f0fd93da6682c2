import { describeGatewayCode } from '../../shared/api/gatewayCodes';
import type { Done, Failure } from './done';

/** Each item is tried for seconds, so thousands of them would hold a worker for hours. */
const LONGEST_MS = 60_000;
const LEAST_FAILURES = 3;

/** Notices that Desk does nothing for anybody any more: no connection, no clear answer, too many requests. */
export interface OutageWatch {
	/** @param begunAt when the work for this item began, in milliseconds that never run backwards */
	note(done: Done, begunAt: number, now: number): void;
	/** Why nothing is sent for the others. */
	found(): Failure | undefined;
}

export function watchForOutage(): OutageWatch {
	/** Items in a row for which Desk did nothing. */
	let row: { since: number; failures: number } | undefined;
	let outage: Failure | undefined;
	return {
		note(done, begunAt, now) {
			if (done.kind === 'stopped') return;
			if (done.kind === 'results' || !isByOutage(done.failure)) {
				row = undefined;
				return;
			}
			row = { since: Math.min(row?.since ?? begunAt, begunAt), failures: (row?.failures ?? 0) + 1 };
			if (row.failures < LEAST_FAILURES || now - row.since < LONGEST_MS) return;
			outage ??= {
				...done.failure,
				message: `Not sent, since Desk did nothing for over a minute: ${done.failure.message}`,
				retryLater: true,
				mayBeDone: false,
			};
		},
		found: () => outage,
	};
}

function isByOutage({ errorCode, retryLater, mayBeDone }: Failure): boolean {
	if (errorCode === null) return retryLater || mayBeDone;
	return ['ambiguous', 'notDone', 'rateLimit'].includes(describeGatewayCode(errorCode).class);
}
