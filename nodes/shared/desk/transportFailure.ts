import { chainOf, codesIn, statusIn, textsIn, type ErrorLink, howFarIn } from './errorChain';
import {
	aimedElsewhere,
	proxyRefusal,
	proxyUnusable,
	saysProxyGaveUp,
	readTlsFailure,
	saysClosedBeforeSecure,
} from './connectionFailure';
import { readStatus, type DeskReply } from './reply';

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
