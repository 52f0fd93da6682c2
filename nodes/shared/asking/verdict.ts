import type { DeskReply } from '../api/reply';
import type { Answer } from '../desk/values';
import { TOO_MANY_REQUESTS, WAIT, type CodeMeaning } from '../api/gatewayCodes';

/** What a builder is told of a request that did not succeed. */
export interface Finding {
	/** What happened: one sentence. */
	message: string;
	/** What to do next: one sentence. */
	advice: string;
	/** Desk's code; null when it gave no verdict. */
	errorCode: number | null;
	/** Desk's own text; data, never evaluated. */
	errorInfo: string;
	/** Whether the same request may succeed later without a change by the builder. */
	retryLater: boolean;
}

/** What a non-zero code of a command means. */
export type DescribeCode = (code: number) => CodeMeaning;

/**
 * An answer, judged:
 *  - `done`: Desk did it
 *  - `refused`: surely not done, and no use trying; `forAll` when every request of the application would be refused
 *  - `again`: surely not done, and worth another try
 *  - `doubt`: it may have been done; `reason` is a sentence without its end
 */
export type Verdict =
	| { next: 'done'; answer: Answer }
	| { next: 'refused'; finding: Finding; forAll: boolean }
	| { next: 'again'; finding: Finding; retryAfterMs?: number }
	| { next: 'doubt'; reason: string; errorCode: number | null; errorInfo: string };

export const CHECK_CONNECTION =
	'Check the data center or Base URL of the credential and the network of your n8n, then try again.';

const NO_CODE = { errorCode: null, errorInfo: '' };

/** Judges what came back for one request. */
export function judge(reply: DeskReply, describe: DescribeCode): Verdict {
	switch (reply.kind) {
		case 'answer':
			return reply.errorCode === 0
				? { next: 'done', answer: reply.body }
				: judgeCode(reply, describe(reply.errorCode));
		case 'tooManyRequests':
			return {
				next: 'again',
				retryAfterMs: reply.retryAfterMs,
				finding: { ...NO_CODE, message: TOO_MANY_REQUESTS, advice: WAIT, retryLater: true },
			};
		case 'notSent':
			return {
				next: 'again',
				finding: {
					...NO_CODE,
					message: `${reply.reason}, so nothing was sent.`,
					advice: reply.advice ?? CHECK_CONNECTION,
					retryLater: true,
				},
			};
		case 'blocked':
			return refused({
				...NO_CODE,
				message: `${reply.reason}, so nothing was sent.`,
				advice: reply.advice,
				retryLater: false,
			});
		case 'httpError':
			return refused({
				...NO_CODE,
				message: `The server refused the request with HTTP status ${reply.httpStatus}.`,
				advice: CHECK_CONNECTION,
				retryLater: false,
			});
		case 'ambiguous':
			return { ...NO_CODE, next: 'doubt', reason: reply.reason };
	}
}

function judgeCode(
	{ errorCode, errorInfo, retryAfterMs }: Extract<DeskReply, { kind: 'answer' }>,
	meaning: CodeMeaning,
): Verdict {
	const { message, advice, retryLater } = meaning;
	const finding = { message, advice, errorCode, errorInfo, retryLater };
	switch (meaning.class) {
		case 'rateLimit':
		case 'notDone':
			return { next: 'again', finding, retryAfterMs };
		case 'ambiguous':
			return {
				next: 'doubt',
				reason: `Tencent had trouble of its own (code ${errorCode})`,
				errorCode,
				errorInfo,
			};
		case 'credential':
			return { next: 'refused', finding, forAll: true };
		case 'app':
		case 'request':
		case 'failed':
			return refused(finding);
	}
}

function refused(finding: Finding): Verdict {
	return { next: 'refused', finding, forAll: false };
}
