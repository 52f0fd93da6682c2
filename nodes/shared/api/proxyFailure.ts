/** Nothing was sent: worth another try, or not. */
interface ProxyFailure {
	kind: 'notSent' | 'blocked';
	reason: string;
	advice: string;
}

const CHECK_PROXY =
	'Check the proxy that your n8n is told to use (HTTPS_PROXY, HTTP_PROXY or ALL_PROXY in its environment).';
const CHECK_PROXY_LOGIN =
	'Check the user name and the password in the address of the proxy that your n8n uses (HTTPS_PROXY in its environment).';
const ASK_FOR_PROXY =
	'Ask the administrator of your network to let your n8n reach the host of the credential through the proxy (HTTPS_PROXY in its environment).';

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
export function proxyUnusable(reason: string): ProxyFailure {
	return { kind: 'notSent', reason, advice: CHECK_PROXY };
}

/** The proxy answered instead of letting the connection through. */
export function proxyRefusal(httpStatus: number): ProxyFailure {
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
