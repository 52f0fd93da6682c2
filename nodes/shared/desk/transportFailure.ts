import { type DeskReply, proxyRefusal, proxyUnusable, readStatus } from './reply';
import { isRecord } from './values';

/** No connection to somebody, the server or a proxy, came about, so nothing was sent. */
const NOT_CONNECTED: Record<string, (who: string) => string> = {
	ECONNREFUSED: (who) => `The ${who} refused the connection`,
	ENOTFOUND: (who) => `The host name of the ${who} could not be found`,
	EAI_AGAIN: (who) => `The host name of the ${who} could not be looked up`,
	EHOSTUNREACH: (who) => `The ${who} cannot be reached`,
	ENETUNREACH: (who) => `The network of the ${who} cannot be reached`,
};
const notReached = (who: string): string => `The ${who} could not be reached`;
const PROXY = 'proxy of your n8n';
const CLOSED_IT = 'closed the connection';
const CUT_BEFORE_SECURE = 'The connection was closed before it was secure';

/** The server may have received the request and worked on it all the same. */
export const NO_ANSWER_IN_TIME = {
	kind: 'ambiguous',
	reason: 'The server did not answer in time',
} as const satisfies DeskReply;
const CONNECTION_CLOSED = 'The connection was closed before an answer came';
const BROKE_OFF = { kind: 'ambiguous', reason: 'The request broke off' } as const;

/** ERR_CANCELED: given up by us. An execution that was stopped cancels too, but stores nothing of what is said here. */
const TIMED_OUT = ['ECONNABORTED', 'ETIMEDOUT', 'ERR_CANCELED'];
const CLOSED = ['ECONNRESET', 'EPIPE'];

/**
 * Reads why n8n gave no response, or made an error of it. Whatever is not known to fail before sending is `ambiguous`.
 * Never throws, and passes on nothing of the error's text, since it may hold the signed URL.
 * @param origin of the API
 */
export function readTransportFailure(error: unknown, origin: string): DeskReply {
	try {
		return readChain(chainOf(error), origin);
	} catch {
		return BROKE_OFF;
	}
}

function readChain(chain: ErrorLink[], origin: string): DeskReply {
	const codes = codesIn(chain);
	const texts = textsIn(chain);
	const howFar = howFarIn(chain);

	const status = statusIn(chain);
	if (status !== undefined) {
		return howFar === 'answeredByProxy' ? proxyRefusal(status) : readStatus(status);
	}
	const refused = chain.some(isRefusedByN8n) ? REFUSED_BY_N8N : undefined;
	const blocked = refused ?? readTlsFailure(codes, texts, howFar === 'handshaking');
	if (blocked !== undefined) return blocked;
	if (saysProxyGaveUp(texts)) return proxyUnusable(`The ${PROXY} ${CLOSED_IT}`);

	const isTimedOut = codes.some((code) => TIMED_OUT.includes(code));
	const describe = notConnectedIn(chain, codes, texts);
	if (describe !== undefined) {
		return howFar === 'waiting' || aimedElsewhere(texts, origin)
			? proxyUnusable(describe(PROXY))
			: { kind: 'notSent', reason: describe('server') };
	}
	if (howFar === 'waiting') {
		return proxyUnusable(`The ${PROXY} ${isTimedOut ? 'did not answer in time' : CLOSED_IT}`);
	}
	if (howFar === 'handshaking' || saysClosedBeforeSecure(texts)) {
		return { kind: 'notSent', reason: isTimedOut ? NO_ANSWER_IN_TIME.reason : CUT_BEFORE_SECURE };
	}
	if (isTimedOut) return NO_ANSWER_IN_TIME;
	const isClosed = codes.some((code) => CLOSED.includes(code));
	return isClosed ? { kind: 'ambiguous', reason: CONNECTION_CLOSED } : BROKE_OFF;
}

/** Says of somebody what became of the connecting, if that was it. */
function notConnectedIn(
	chain: ErrorLink[],
	codes: string[],
	texts: string[],
): ((who: string) => string) | undefined {
	// On a connection that stood, the system reports these codes too, but then the call was a read or write.
	if (chain.some(({ syscall }) => syscall === 'read' || syscall === 'write')) return undefined;
	const code = codes.find((found) => Object.hasOwn(NOT_CONNECTED, found));
	if (code !== undefined) return NOT_CONNECTED[code];
	const whileConnecting =
		chain.some(({ syscall }) => syscall === 'connect') ||
		texts.some((text) => /^connect E[A-Z]+ [\w.:]+:\d+$/.test(text));
	return whileConnecting ? notReached : undefined;
}

const REFUSED_BY_N8N: DeskReply = {
	kind: 'blocked',
	reason: 'n8n itself does not allow requests to this server',
	advice:
		'Ask the administrator of your n8n to allow the host in the SSRF protection or the allowed domains.',
};

/** SSRF protection and allowed domains of n8n: @n8n/backend-network, n8n-workflow credential-domain-restrictions. */
function isRefusedByN8n({ name, message }: ErrorLink): boolean {
	return (
		(typeof name === 'string' && name.startsWith('SsrfBlocked')) ||
		(typeof message === 'string' &&
			/^(Domain not allowed:|The request was blocked because)/.test(message))
	);
}

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

/** What https-proxy-agent says when a proxy gave no proper answer. */
const NO_CONNECT_ANSWER =
	/^(Proxy connection ended before receiving CONNECT response|(No header received|Invalid header) from proxy CONNECT response)/;

/** A proxy that gave up the connection before it was let through. */
export function saysProxyGaveUp(texts: string[]): boolean {
	return texts.some((text) => NO_CONNECT_ANSWER.test(text));
}

/**
 * Whether another host or port was to be connected to than that of the API: the proxy's.
 * @param origin of the API
 */
export function aimedElsewhere(texts: string[], origin: string): boolean {
	const { hostname, port, protocol } = new URL(origin);
	const ownPort = port !== '' ? port : protocol === 'https:' ? '443' : '80';
	return texts.some((text) => {
		const host = /^getaddrinfo E\w+ ([\w.-]+)$/.exec(text)?.[1];
		const connectPort = /^connect E[A-Z]+ [\w.:]+:(\d+)$/.exec(text)?.[1];
		return (
			(host !== undefined && host.toLowerCase() !== hostname) ||
			(connectPort !== undefined && connectPort !== ownPort)
		);
	});
}

/** A certificate is checked before the request is sent: https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const CERTIFICATE_CODES =
	/^(CERT_|CRL_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_(GET_ISSUER_CERT|VERIFY_LEAF|GET_CRL|DECRYPT|DECODE)|HOSTNAME_MISMATCH|INVALID_(CA|PURPOSE)|PATH_LENGTH_EXCEEDED|ERR_TLS_CERT_ALTNAME_INVALID)/;
/** The certificate is sound as far as it goes, but nobody that this n8n knows has issued it. */
const UNKNOWN_ISSUER =
	/^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_(GET_ISSUER_CERT|VERIFY_LEAF))/;

/** Codes of errors that OpenSSL reports. */
const OPENSSL_CODES = /^(EPROTO$|ERR_SSL_|ERR_TLS_)/;
/**
 * Alerts with which a server refuses a handshake, and nothing else: 40 handshake_failure, 70 protocol_version,
 * 71 insufficient_security, 86 inappropriate_fallback, 109 and 110 extensions, 112 unrecognized_name,
 * 116 certificate_required, 120 no_application_protocol (RFC 8446, section 6.2)
 */
const REFUSING_ALERT = /SSL alert number (40|70|71|86|109|110|112|116|120)\b/;
const NOT_TLS = /wrong version number|packet length too long/;
const NO_COMMON_TLS = /unsupported protocol|no protocols available|dh key too small/;

/** What Node says when a connection was closed before it was secure. */
const CLOSED_BEFORE_SECURE =
	'Client network socket disconnected before secure TLS connection was established';

export function saysClosedBeforeSecure(texts: string[]): boolean {
	return texts.includes(CLOSED_BEFORE_SECURE);
}

/**
 * Why TLS did not come about, if it was that: nothing was sent, nor would be another time.
 * @param duringHandshake whether the handshake is known not to have ended
 */
export function readTlsFailure(
	codes: string[],
	texts: string[],
	duringHandshake: boolean,
): DeskReply | undefined {
	const certificate = codes.find((code) => CERTIFICATE_CODES.test(code));
	if (certificate !== undefined) {
		return {
			kind: 'blocked',
			reason: `The certificate of the server could not be verified (${certificate})`,
			advice: UNKNOWN_ISSUER.test(certificate)
				? 'Check the data center or Base URL of the credential. For a certificate authority of your own, name its file in NODE_EXTRA_CA_CERTS in the environment of your n8n.'
				: 'Check the data center or Base URL of the credential and the certificate of the server.',
		};
	}
	if (!codes.some((code) => OPENSSL_CODES.test(code))) return undefined;
	// Node has this code for what OpenSSL found while the first bytes were under way.
	const isFirst = codes.includes('EPROTO');
	if (isFirst && texts.some((text) => NOT_TLS.test(text))) {
		return {
			kind: 'blocked',
			reason: 'The server does not speak https on this port',
			advice: 'Check the Base URL of the credential.',
		};
	}
	const isRefused =
		texts.some((text) => REFUSING_ALERT.test(text)) ||
		(isFirst && texts.some((text) => NO_COMMON_TLS.test(text)));
	if (!duringHandshake && !isRefused) return undefined;
	return {
		kind: 'blocked',
		reason: 'The server refused the TLS connection',
		advice:
			'Check the data center or Base URL of the credential. If it is right, your n8n and the server (or a proxy before it) share no TLS version or cipher.',
	};
}
