import { isRecord, type DeskReply } from './reply';

/** No connection came about, so nothing was sent. */
const NOT_CONNECTED: Record<string, string> = {
	ECONNREFUSED: 'The server refused the connection',
	ENOTFOUND: 'The host name of the server could not be found',
	EAI_AGAIN: 'The host name of the server could not be looked up',
	EHOSTUNREACH: 'The server cannot be reached',
	ENETUNREACH: 'The network of the server cannot be reached',
};

/** A certificate is checked before the request is sent: https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const CERTIFICATE_CODES =
	/^(CERT_|CRL_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_(GET_ISSUER_CERT|VERIFY_LEAF|GET_CRL|DECRYPT|DECODE)|HOSTNAME_MISMATCH|INVALID_(CA|PURPOSE)|PATH_LENGTH_EXCEEDED|ERR_TLS_CERT_ALTNAME_INVALID)/;

/** The server may have received the request and worked on it all the same. */
export const NO_ANSWER_IN_TIME = {
	kind: 'ambiguous',
	reason: 'The server did not answer in time',
} as const satisfies DeskReply;
const CONNECTION_CLOSED = 'The connection was closed before an answer came';

const AMBIGUOUS: Record<string, string> = {
	ECONNABORTED: NO_ANSWER_IN_TIME.reason,
	ETIMEDOUT: NO_ANSWER_IN_TIME.reason,
	ECONNRESET: CONNECTION_CLOSED,
	EPIPE: CONNECTION_CLOSED,
};

/** The errors behind an error, outermost first. n8n wraps axios' error, axios wraps the one of the socket. */
function chainOf(error: unknown): Array<Record<string, unknown>> {
	const chain: Array<Record<string, unknown>> = [];
	for (let link = error; isRecord(link) && chain.length < 8; link = link.cause) chain.push(link);
	return chain;
}

/**
 * The codes of the system, outermost first. Many versions of n8n drop the error behind their own (1.123, 2.0), and
 * only `httpCode` still tells. Whether a host became unreachable before or after connecting, it does not tell.
 */
function codesIn(chain: Array<Record<string, unknown>>): string[] {
	const codes = chain.map(({ code }) => code).filter((code) => typeof code === 'string');
	if (codes.length > 0) return codes;
	const { httpCode } = chain[0] ?? {};
	return typeof httpCode === 'string' && !/^E(HOST|NET)UNREACH$/.test(httpCode) ? [httpCode] : [];
}

/**
 * Reads why no response came. Whatever is not known to fail before sending is `ambiguous`.
 * Nothing of the error's text is passed on, since it may hold the signed URL.
 */
export function readTransportFailure(error: unknown): DeskReply {
	const chain = chainOf(error);
	const codes = codesIn(chain);
	// On a connection that stood, the system reports these codes too, but then the call was a read or write.
	const afterConnecting = chain.some(({ syscall }) => syscall === 'read' || syscall === 'write');

	const whileConnecting = chain.some(({ syscall }) => syscall === 'connect');
	const notConnected = codes.find((code) => Object.hasOwn(NOT_CONNECTED, code));
	if (!afterConnecting && (whileConnecting || notConnected !== undefined)) {
		const reason = notConnected === undefined ? undefined : NOT_CONNECTED[notConnected];
		return { kind: 'notSent', reason: reason ?? 'The server could not be reached' };
	}
	if (chain.some(isNotTls)) {
		return {
			kind: 'blocked',
			reason: 'The server does not speak https on this port',
			advice: 'Check the Base URL of the credential.',
		};
	}
	const certificate = codes.find((code) => CERTIFICATE_CODES.test(code));
	if (certificate !== undefined) {
		return {
			kind: 'blocked',
			reason: `The certificate of the server could not be verified (${certificate})`,
			advice:
				'Check the data center or Base URL of the credential and the certificates that your n8n trusts.',
		};
	}
	if (chain.some(isRefusedByN8n)) {
		return {
			kind: 'blocked',
			reason: 'n8n itself does not allow requests to this server',
			advice:
				'Ask the administrator of your n8n to allow the host in the SSRF protection or the allowed domains.',
		};
	}
	const known = codes.find((code) => Object.hasOwn(AMBIGUOUS, code));
	return {
		kind: 'ambiguous',
		reason: known === undefined ? 'The request broke off' : AMBIGUOUS[known],
	};
}

/** OpenSSL found something else than a TLS handshake, so the request was never sent. */
function isNotTls({ code, message }: Record<string, unknown>): boolean {
	return (
		code === 'EPROTO' &&
		typeof message === 'string' &&
		/wrong version number|packet length too long/.test(message)
	);
}

/** SSRF protection and allowed domains of n8n: @n8n/backend-network, n8n-workflow credential-domain-restrictions. */
function isRefusedByN8n({ name, message }: Record<string, unknown>): boolean {
	return (
		(typeof name === 'string' && name.startsWith('SsrfBlocked')) ||
		(typeof message === 'string' &&
			/^(Domain not allowed:|The request was blocked because)/.test(message))
	);
}
