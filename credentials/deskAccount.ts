import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

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

/** In bytes: https://www.tencentcloud.com/document/product/1047/34953 */
export const LONGEST_USER_ID = 32;
/** What a UserID may be, as it stands in a sentence. */
export const USER_ID_FORM = `1 to ${LONGEST_USER_ID} letters, digits and signs without accents`;

/** Whether a text has only printable ASCII, as UserIDs do: https://www.tencentcloud.com/document/product/1047/34348 */
export function isUserIdText(text: string): boolean {
	return /^[\x20-\x7e]*$/.test(text);
}

/** A credential, read and found usable: who signs, and which API it may be sent to. */
export interface DeskAccount {
	/** Scheme, host and port of the REST API. */
	origin: string;
	sdkAppId: number;
	/** The `identifier` of the API: UserID of an application administrator. */
	adminUserId: string;
	secretKey: string;
}

/** Why a credential or a parameter cannot be used: two sentences, never with a secret in them. */
export interface Problem {
	message: string;
	advice: string;
}

export type DeskAccountReading =
	{ ok: true; account: DeskAccount } | { ok: false; problem: Problem };

/**
 * Reads the fields of a Tencent Desk API credential. Blanks around a value are dropped, since copying from the
 * console often brings one along; the secret key is used as text, never hex-decoded.
 */
export function readDeskAccount(data: ICredentialDataDecryptedObject): DeskAccountReading {
	const endpoint = readOrigin(data);
	if ('message' in endpoint) return unusable(endpoint.message, endpoint.advice);

	const unresolved = unresolvedField(data);
	if (unresolved !== undefined) {
		return unusable(
			`The ${unresolved} of the credential is empty for this item.`,
			'The expression in the credential returns nothing for this item: correct it, or enter a fixed value.',
		);
	}

	const sdkAppId = asText(data.sdkAppId);
	// As many digits as a number surely holds.
	if (!/^[1-9]\d{0,14}$/.test(sdkAppId)) {
		return unusable(
			sdkAppId === ''
				? 'The SDKAppID of the credential is empty.'
				: 'The SDKAppID of the credential is not a number.',
			'Copy the SDKAppID (digits only) of your application from the Tencent Cloud Chat console into the credential.',
		);
	}

	const adminUserId = asText(data.adminUserId);
	if (adminUserId === '' || !isUserIdText(adminUserId) || adminUserId.length > LONGEST_USER_ID) {
		return unusable(
			adminUserId === ''
				? 'The Administrator UserID of the credential is empty.'
				: `The Administrator UserID of the credential is not a UserID (${USER_ID_FORM}).`,
			'Enter the UserID of an application administrator (usually administrator) in the credential.',
		);
	}

	const secretKey = asText(data.secretKey);
	if (secretKey === '') {
		return unusable(
			'The Secret Key of the credential is empty.',
			'Copy the secret key of the same SDKAppID from the Tencent Cloud Chat console into the credential.',
		);
	}

	return {
		ok: true,
		account: { origin: endpoint.origin, sdkAppId: Number(sdkAppId), adminUserId, secretKey },
	};
}

/**
 * The first field that holds an expression without a result. n8n leaves such a field out of what it gives, while one
 * that nobody has filled in is an empty text.
 */
export function unresolvedField(data: ICredentialDataDecryptedObject): string | undefined {
	const fields = [
		['SDKAppID', data.sdkAppId],
		['Administrator UserID', data.adminUserId],
		['Secret Key', data.secretKey],
	] as const;
	return fields.find(([, value]) => value === undefined || value === null)?.[0];
}

/** Names an application: whose rate limit counts, and whose users are meant. */
export function appOf({ origin, sdkAppId }: DeskAccount): string {
	return JSON.stringify([origin, sdkAppId]);
}

/** Names who signs: an administrator of an application, whose requests are refused together. */
export function signerOf(account: DeskAccount): string {
	return JSON.stringify([appOf(account), account.adminUserId]);
}

function readOrigin(data: ICredentialDataDecryptedObject): { origin: string } | Problem {
	const chosen = data.dataCenter === undefined ? DATA_CENTERS[0].value : asText(data.dataCenter);
	const dataCenter = DATA_CENTERS.find(({ value }) => value === chosen);
	if (dataCenter !== undefined) return { origin: dataCenter.origin };
	if (chosen !== CUSTOM_DATA_CENTER) {
		return {
			message: 'The node does not know the Data Center of the credential.',
			advice: 'Choose the data center of your application in the credential.',
		};
	}
	const reading = readBaseUrl(asText(data.baseUrl));
	if ('origin' in reading) return reading;
	return {
		message: `The Base URL of the credential ${reading.fault}.`,
		advice:
			'Enter a Base URL such as https://console.tim.qq.com in the credential, or choose a data center.',
	};
}

function asText(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

function unusable(message: string, advice: string): DeskAccountReading {
	return { ok: false, problem: { message, advice } };
}
