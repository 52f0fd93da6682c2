import type { ErrorLink } from './errorChain';
import { isRecord } from './reply';

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
