import { withoutUserSigs } from '../../../credentials/userSig';
import { isRecord, readApiText } from './values';

/**
 * What came back from one request to the Desk API, read without knowing the command.
 *  - `answer`: Desk's own JSON with a verdict; `errorCode` 0 means done
 *  - `tooManyRequests`: HTTP 429; surely not done
 *  - `notSent`: no connection came about; surely not done, and worth another try. With advice where it is plain what is
 *     at fault
 *  - `blocked`: the request was not sent and would not be sent another time either
 *  - `httpError`: HTTP 3xx or 4xx, some apart; surely not done
 *  - `ambiguous`: anything else; it may have been done
 */
export type DeskReply =
	| {
			kind: 'answer';
			errorCode: number;
			errorInfo: string;
			body: Record<string, unknown>;
			retryAfterMs?: number;
	  }
	| { kind: 'tooManyRequests'; retryAfterMs?: number }
	| { kind: 'notSent'; reason: string; advice?: string }
	| { kind: 'blocked'; reason: string; advice: string }
	| { kind: 'httpError'; httpStatus: number }
	| { kind: 'ambiguous'; reason: string };

/** The parts of a response that are read here. `body` is text, or JSON that n8n has parsed already. */
export interface HttpResponse {
	statusCode: number;
	headers: Record<string, unknown>;
	body: unknown;
}

const LONGEST_ERROR_INFO = 500;
/**
 * Reads an HTTP response. Only status 200 with Desk's JSON carries a verdict.
 * Source: https://www.tencentcloud.com/document/product/1229/68947
 */
export function readResponse(response: HttpResponse, nowMs: number): DeskReply {
	const { statusCode } = response;
	const retryAfterMs = readRetryAfter(response.headers, nowMs);
	if (statusCode === 429) return { kind: 'tooManyRequests', retryAfterMs };
	if (statusCode !== 200) return readStatus(statusCode);
	const body = readJsonObject(response.body);
	const errorCode = readErrorCode(body?.ErrorCode);
	if (
		body === undefined ||
		errorCode === undefined ||
		!statusAgrees(body.ActionStatus, errorCode)
	) {
		return { kind: 'ambiguous', reason: 'The server gave an answer that is not a Desk answer' };
	}
	return {
		kind: 'answer',
		errorCode,
		errorInfo: readApiText(body.ErrorInfo, LONGEST_ERROR_INFO),
		body,
		retryAfterMs,
	};
}

/**
 * What gateways answer also when they have passed the request on, and gave up waiting: 408 Envoy (stream idle time-out,
 * https://www.envoyproxy.io/docs/envoy/latest/faq/configuration/timeouts), 499 those that keep to nginx's own code.
 */
const OF_GATEWAYS_THAT_GAVE_UP = [408, 499];

/** What an HTTP status says by itself. */
export function readStatus(httpStatus: number): DeskReply {
	if (httpStatus === 200)
		return { kind: 'ambiguous', reason: 'The answer of the server broke off' };
	if (httpStatus === 429) return { kind: 'tooManyRequests' };
	// Only proxies send it (RFC 9110, 15.5.8).
	if (httpStatus === 407) return proxyRefusal(httpStatus);
	const mayBeDone = OF_GATEWAYS_THAT_GAVE_UP.includes(httpStatus);
	if (httpStatus >= 300 && httpStatus < 500 && !mayBeDone) return { kind: 'httpError', httpStatus };
	return { kind: 'ambiguous', reason: `The server answered with HTTP status ${httpStatus}` };
}

/** A server that echoes the request must not pass its signature on; all else stays as Desk said it. */
function readJsonObject(body: unknown): Record<string, unknown> | undefined {
	const text = typeof body === 'string' ? body : (JSON.stringify(body) ?? '');
	if (!saysOneVerdict(text)) return undefined;
	try {
		const value: unknown = JSON.parse(withoutUserSigs(text));
		return isRecord(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

/**
 * JSON.parse keeps the last of several equal keys, and rounds a number such as 1e-400 to 0. Two verdicts in one
 * answer are none, and a code is a whole number as it is written.
 */
function saysOneVerdict(json: string): boolean {
	const text = json.replaceAll(/\\u([0-9a-f]{4})/gi, (_match, hex: string) =>
		String.fromCharCode(parseInt(hex, 16)),
	);
	const codes = text.match(/"ErrorCode"\s*:/g) ?? [];
	const statuses = text.match(/"ActionStatus"\s*:/g) ?? [];
	const wholeCode = /"ErrorCode"\s*:\s*"?-?\d+"?\s*[,}]/.test(text);
	return codes.length === 1 && statuses.length <= 1 && wholeCode;
}

function readErrorCode(value: unknown): number | undefined {
	if (typeof value === 'string' && /^-?\d{1,9}$/.test(value)) return Number(value);
	return Number.isSafeInteger(value) ? (value as number) : undefined;
}

/** Success is said twice, by ErrorCode 0 and ActionStatus OK; half a success is not one. */
function statusAgrees(actionStatus: unknown, errorCode: number): boolean {
	return errorCode === 0 ? actionStatus === 'OK' : actionStatus !== 'OK';
}

/** Seconds, or an HTTP date to come (RFC 9110, 10.2.3), however far away; anything else is no hint. */
function readRetryAfter(headers: Record<string, unknown>, nowMs: number): number | undefined {
	const value = headers['retry-after'];
	if (typeof value !== 'string') return undefined;
	const seconds = /^\s*\d+(\.\d+)?\s*$/.test(value);
	// Date.parse takes "-5" for a year; an HTTP date names its day.
	const date = /[a-z]/i.test(value) ? Date.parse(value) : NaN;
	const waitMs = seconds ? Number(value) * 1000 : date - nowMs;
	return waitMs >= 0 ? Math.min(waitMs, Number.MAX_SAFE_INTEGER) : undefined;
}

const CHECK_PROXY =
	'Check the proxy that your n8n uses (HTTPS_PROXY, HTTP_PROXY or ALL_PROXY in its environment).';
const CHECK_PROXY_LOGIN =
	'Check user name and password in the proxy address that your n8n uses (HTTPS_PROXY in its environment).';
const ASK_FOR_PROXY =
	'Ask your network administrator to let your n8n reach the host of the credential through the proxy (HTTPS_PROXY in its environment).';

/** The proxy was not reached, or did not do its work, for this reason. */
export function proxyUnusable(reason: string): DeskReply {
	return { kind: 'notSent', reason, advice: CHECK_PROXY };
}

/** The proxy answered instead of letting the connection through. */
export function proxyRefusal(httpStatus: number): DeskReply {
	const answer = `(HTTP status ${httpStatus})`;
	if (httpStatus === 407) {
		return {
			kind: 'blocked',
			reason: `The proxy of your n8n wants a login ${answer}`,
			advice: CHECK_PROXY_LOGIN,
		};
	}
	if (httpStatus >= 400 && httpStatus < 500) {
		return {
			kind: 'blocked',
			reason: `The proxy of your n8n refused the connection to the server ${answer}`,
			advice: ASK_FOR_PROXY,
		};
	}
	return proxyUnusable(`The proxy of your n8n could not connect to the server ${answer}`);
}
