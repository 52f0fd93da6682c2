/**
 * Where the REST API of a Tencent Chat / Desk application lives: the application's data centre decides.
 * Hosts: https://www.tencentcloud.com/document/product/1047/34620,
 * Tokyo: https://cloud.tencent.com/document/product/269/38417
 */
export const DATA_CENTERS = [
	{ value: 'china', name: 'China', origin: 'https://console.tim.qq.com' },
	{ value: 'singapore', name: 'Singapore', origin: 'https://adminapisgp.im.qcloud.com' },
	{ value: 'seoul', name: 'Seoul', origin: 'https://adminapikr.im.qcloud.com' },
	{ value: 'tokyo', name: 'Tokyo', origin: 'https://adminapijpn.im.qcloud.com' },
	{ value: 'frankfurt', name: 'Frankfurt', origin: 'https://adminapiger.im.qcloud.com' },
	{ value: 'siliconValley', name: 'Silicon Valley', origin: 'https://adminapiusa.im.qcloud.com' },
	{ value: 'jakarta', name: 'Jakarta', origin: 'https://adminapiidn.im.qcloud.com' },
] as const;

/** The data center of a credential that names its own Base URL. */
export const CUSTOM_DATA_CENTER = 'custom';

/** This machine, also as n8n in Docker calls it: https://docs.docker.com/desktop/features/networking/ */
const OWN_MACHINE = /^((.+\.)?localhost|127(\.\d{1,3}){3}|\[::1\]|host\.docker\.internal)$/;

/** @param origin scheme, host, port. @returns whether a simulator serves it, which is a Desk of its own */
export function isOwnMachine(origin: string): boolean {
	return OWN_MACHINE.test(new URL(origin).hostname);
}

/**
 * Reads a Base URL typed by a builder.
 * @returns its origin (scheme, host, port), or the sentence that says what is not allowed about it
 */
export function readBaseUrl(text: string): { origin: string } | { fault: string } {
	let url: URL;
	try {
		url = new URL(text.trim());
	} catch {
		return { fault: 'is not a URL' };
	}
	const plainHttpAllowed = OWN_MACHINE.test(url.hostname);
	if (url.protocol !== 'https:' && !(url.protocol === 'http:' && plainHttpAllowed)) {
		return {
			fault: 'must start with https:// (http:// is for a simulator on this machine only)',
		};
	}
	if (url.username !== '' || url.password !== '') {
		return { fault: 'must not contain a user name or password' };
	}
	// An empty query or fragment leaves no trace in the parsed URL.
	if (url.pathname !== '/' || /[?#]/.test(text)) {
		return { fault: 'must have no path and no query' };
	}
	return { origin: url.origin };
}
