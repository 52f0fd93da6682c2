import type { CodeClass, DescribeCode } from './codes';
import { TOO_MANY_REQUESTS, WAIT } from './codes';
import type { DeskReply } from './reply';
import type { Answer } from './values';

/** What a builder is told of a request that did not succeed. */
export interface Finding {
	class: CodeClass;
	/** What happened: one sentence. */
	message: string;
	/** What to do next: one sentence, or empty. */
	advice: string;
	/** Desk's code; null when it gave no verdict. */
	errorCode: number | null;
	/** Desk's own text; data, never evaluated. */
	errorInfo: string;
	/** Whether the same request may succeed later without a change by the builder. */
	retryLater: boolean;
}

/**
 * An answer, judged:
 *  - `done`: Desk did it
 *  - `refused`: surely not done, and no use trying
 *  - `again`: surely not done, and worth another try
 *  - `unclear`: it may have been done
 */
export type Verdict =
	| { next: 'done'; answer: Answer }
	| { next: 'refused'; finding: Finding }
	| { next: 'again'; finding: Finding; retryAfterMs?: number }
	| { next: 'unclear'; finding: Finding };

const CHECK_CONNECTION =
	'Check the data center or Base URL of the credential and the network of your n8n, then try again.';

/**
 * Judges what came back for one request. The only place that decides whether it was done and may be sent again.
 * @param describe what the codes of the command mean
 */
export function judge(reply: DeskReply, describe: DescribeCode): Verdict {
	switch (reply.kind) {
		case 'tooManyRequests':
			// A gateway counts before it passes a request on.
			return {
				next: 'again',
				retryAfterMs: reply.retryAfterMs,
				finding: found('rateLimit', TOO_MANY_REQUESTS, WAIT, true),
			};
		case 'notSent': {
			// No connection came about, so nobody has read the request.
			const advice = reply.advice ?? CHECK_CONNECTION;
			return {
				next: 'again',
				finding: found('notDone', `${reply.reason}, so nothing was sent.`, advice, true),
			};
		}
		case 'blocked':
			// Not sent either, and the next time would end alike: a certificate, a proxy, n8n's own protection.
			return {
				next: 'refused',
				finding: found('failed', `${reply.reason}, so nothing was sent.`, reply.advice, false),
			};
		case 'httpError': {
			// Redirects and 4xx come from whoever stands before Desk, and say that it was not passed on.
			const message = `The server refused the request with HTTP status ${reply.httpStatus}.`;
			return { next: 'refused', finding: found('failed', message, CHECK_CONNECTION, false) };
		}
		case 'ambiguous':
			// Sent, and what came back tells nothing: Desk may have done it.
			return {
				next: 'unclear',
				finding: found('unclear', `${reply.reason}.`, CHECK_CONNECTION, true),
			};
		case 'answer':
			break;
	}
	const { errorCode, errorInfo, retryAfterMs } = reply;
	if (errorCode === 0) return { next: 'done', answer: reply.body };
	const finding: Finding = { ...describe(errorCode), errorCode, errorInfo };
	switch (finding.class) {
		case 'rateLimit':
		case 'notDone':
			// Tencent's pages say of these codes that nothing was done and that one may try again.
			return { next: 'again', finding, retryAfterMs };
		case 'unclear':
			// Time-outs and trouble behind the gateway, where the request may have arrived already.
			return { next: 'unclear', finding };
		default:
			// Desk has read the request and says no; the same one would be answered alike.
			return { next: 'refused', finding };
	}
}

function found(
	findingClass: CodeClass,
	message: string,
	advice: string,
	retryLater: boolean,
): Finding {
	return { class: findingClass, message, advice, errorCode: null, errorInfo: '', retryLater };
}
