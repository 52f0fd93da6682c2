/** Nothing was sent: worth another try, or not. */
interface ConnectionFailure {
	kind: 'notSent' | 'blocked';
	reason: string;
	advice: string;
}

const CHECK_PROXY =
	'Check the proxy that your n8n uses (HTTPS_PROXY, HTTP_PROXY or ALL_PROXY in its environment).';
const CHECK_PROXY_LOGIN =
	'Check user name and password in the proxy address that your n8n uses (HTTPS_PROXY in its environment).';
const ASK_FOR_PROXY =
	'Ask your network administrator to let your n8n reach the host of the credential through the proxy (HTTPS_PROXY in its environment).';

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

/** The proxy was not reached, or did not do its work, for this reason. */
export function proxyUnusable(reason: string): ConnectionFailure {
	return { kind: 'notSent', reason, advice: CHECK_PROXY };
}

/** The proxy answered instead of letting the connection through. */
export function proxyRefusal(httpStatus: number): ConnectionFailure {
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
): ConnectionFailure | undefined {
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
