import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { Answer } from './answers';
import type { FaultName } from './contract';

export interface FaultRequest {
	answer: Answer;
	retryAfter?: string;
}

/** How a fault leaves the simulator. `status` and `readable` are what the request log says of it. */
interface Fault {
	status: number | null;
	/** Whether a careful caller can read the answer's ErrorCode. */
	readable: boolean;
	send: (response: ServerResponse, request: FaultRequest) => void;
}

/** Where `http302` points; a request that arrives there is logged as `redirected`. */
export const REDIRECT_PATH = '/simulator/redirected';

const BIG_TEXT = 'x'.repeat(2 * 1024 * 1024);
const JSON_TYPE = 'application/json';

const respond = (
	response: ServerResponse,
	status: number,
	type: string,
	body: string | Buffer,
	headers: Record<string, string> = {},
): void => {
	const length = String(Buffer.byteLength(body));
	response.writeHead(status, { 'content-type': type, 'content-length': length, ...headers });
	response.end(body);
};

const page = (title: string): string =>
	`<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;

const webPage = (status: number, title: string): Fault => ({
	status,
	readable: false,
	send: (response) => respond(response, status, 'text/html', page(title)),
});

const jsonText = (shape: (answer: Answer) => string, readable = false): Fault => ({
	status: 200,
	readable,
	send: (response, { answer }) => respond(response, 200, JSON_TYPE, shape(answer)),
});

const silence: Fault = { status: null, readable: false, send: () => {} };

const sendHalf = (response: ServerResponse, answer: Answer, then: () => void): void => {
	const body = Buffer.from(JSON.stringify(answer));
	response.writeHead(200, { 'content-type': JSON_TYPE, 'content-length': String(body.length) });
	response.write(body.subarray(0, Math.floor(body.length / 2)), then);
};

const without = (answer: Answer, field: string): object =>
	Object.fromEntries(Object.entries(answer).filter(([name]) => name !== field));

const plainJson = (answer: Answer): string => JSON.stringify(answer);

/** A table, so that a new fault is one entry here and one name in the contract. */
export const FAULTS: Record<FaultName, Fault> = {
	reset: {
		status: null,
		readable: false,
		// `destroy`, not `resetAndDestroy`: the latter throws on a TLS socket.
		send: (response) => void response.socket?.destroy(),
	},
	hang: silence,
	lateCommit: silence,
	slowHeaders: jsonText(plainJson, true),
	halfBody: {
		status: 200,
		readable: false,
		send: (response, { answer }) =>
			sendHalf(response, answer, () => void response.socket?.destroy()),
	},
	stalledBody: {
		status: 200,
		readable: false,
		send: (response, { answer }) => sendHalf(response, answer, () => {}),
	},
	http500: webPage(500, 'Internal Server Error'),
	http502: webPage(502, 'Bad Gateway'),
	http503: webPage(503, 'Service Unavailable'),
	http504: webPage(504, 'Gateway Timeout'),
	http401: webPage(401, 'Unauthorized'),
	http403: webPage(403, 'Forbidden'),
	http429: {
		status: 429,
		readable: false,
		send: (response, { retryAfter }) =>
			respond(
				response,
				429,
				'text/html',
				page('Too Many Requests'),
				retryAfter === undefined ? {} : { 'retry-after': retryAfter },
			),
	},
	http302: {
		status: 302,
		readable: false,
		send: (response) =>
			respond(response, 302, 'text/html', page('Found'), { location: REDIRECT_PATH }),
	},
	html: webPage(200, 'Welcome'),
	empty: {
		status: 200,
		readable: false,
		send: (response) => respond(response, 200, JSON_TYPE, ''),
	},
	gzip: {
		status: 200,
		readable: true,
		send: (response, { answer }) =>
			respond(response, 200, JSON_TYPE, gzipSync(plainJson(answer)), {
				'content-encoding': 'gzip',
			}),
	},
	wrongType: {
		status: 200,
		readable: true,
		send: (response, { answer }) => respond(response, 200, 'text/plain', plainJson(answer)),
	},
	codeAsString: jsonText(
		(answer) => JSON.stringify({ ...answer, ErrorCode: String(answer.ErrorCode) }),
		true,
	),
	codeMissing: jsonText((answer) => JSON.stringify(without(answer, 'ErrorCode'))),
	statusMissing: jsonText((answer) => JSON.stringify(without(answer, 'ActionStatus'))),
	contradiction: jsonText((answer) => JSON.stringify({ ...answer, ActionStatus: 'FAIL' })),
	big: jsonText((answer) => JSON.stringify({ ...answer, ErrorInfo: BIG_TEXT }), true),
	// A parser that keeps the last key reads code 0 beside FAIL, one that keeps the first reads 141001.
	duplicateKeys: jsonText(
		() => '{"ActionStatus":"FAIL","ErrorCode":141001,"ErrorInfo":"","MemberId":"","ErrorCode":0}',
	),
};
