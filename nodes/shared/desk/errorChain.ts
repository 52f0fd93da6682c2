import { isRecord } from './reply';

/** One error of a chain; nothing about it can be relied on. */
export type ErrorLink = Record<string, unknown>;

/** The errors behind an error, outermost first. n8n wraps axios' error, axios wraps the one of the socket. */
export function chainOf(error: unknown): ErrorLink[] {
	const chain: ErrorLink[] = [];
	for (let link = error; isRecord(link) && chain.length < 8; link = link.cause) chain.push(link);
	return chain;
}

/**
 * The codes of the system, outermost first. Many versions of n8n drop the error behind their own (1.123 to 2.20), and
 * only `httpCode` still tells. Whether a host became unreachable before or after connecting, it does not tell.
 */
export function codesIn(chain: ErrorLink[]): string[] {
	const codes = chain.map(({ code }) => code).filter((code) => typeof code === 'string');
	if (codes.length > 0) return codes;
	const { httpCode } = chain[0] ?? {};
	return typeof httpCode === 'string' && !/^E(HOST|NET)UNREACH$/.test(httpCode) ? [httpCode] : [];
}

/**
 * The texts of the errors, for comparison with fixed texts of Node and n8n only: they may hold the signed URL. n8n keeps
 * the text of the error behind its own in `messages`, also where it drops that error.
 */
export function textsIn(chain: ErrorLink[]): string[] {
	return chain
		.flatMap(({ message, messages }): unknown[] => [
			message,
			...(Array.isArray(messages) ? messages : []),
		])
		.filter((text) => typeof text === 'string');
}

/** The HTTP status of the answer that n8n made an error of. */
export function statusIn(chain: ErrorLink[]): number | undefined {
	for (const { response } of chain) {
		if (isRecord(response) && typeof response.status === 'number') return response.status;
	}
	const { httpCode } = chain[0] ?? {};
	return typeof httpCode === 'string' && /^[1-5]\d\d$/.test(httpCode)
		? Number(httpCode)
		: undefined;
}

/**
 * How far a request came that was given up, where Node's own request is among the errors (newer versions of n8n):
 *  - `waiting`: it never got a connection. Node's agents have one at once, if only a beginning one; those for a proxy
 *     hand one over when the proxy has let it through
 *  - `handshaking`: TLS was not agreed upon, and until then Node holds everything back
 *  - `answeredByProxy`: what came back came from the proxy, which did not let the connection through; the agent then
 *     hands over a socket that nothing is written to
 * `undefined` says nothing: the request may have been sent.
 * Source: `_http_outgoing.js` and `_tls_wrap.js` of Node, https-proxy-agent
 */
export type Unsent = 'waiting' | 'handshaking' | 'answeredByProxy' | undefined;

export function howFarIn(chain: ErrorLink[]): Unsent {
	for (const { request } of chain) {
		const found = isRecord(request) ? howFar(request) : undefined;
		if (found !== undefined) return found;
	}
	return undefined;
}

function howFar(request: Record<string, unknown>): Unsent {
	const { socket } = request;
	if (isRecord(socket) && socket.encrypted === true) {
		return socket.secureConnecting === true && socket.destroyed === true
			? 'handshaking'
			: undefined;
	}
	// Headers and body, still in the queue of the request itself.
	const isQueued = typeof request.outputSize === 'number' && request.outputSize > 0;
	if (!isQueued || request.writableFinished !== false) return undefined;
	if (isRecord(socket)) return socket.bytesWritten === 0 ? 'answeredByProxy' : undefined;
	return request.destroyed === true ? 'waiting' : undefined;
}
