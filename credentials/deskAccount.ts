import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { CUSTOM_DATA_CENTER, DATA_CENTERS, readBaseUrl } from './dataCenters';

/** In bytes: https://www.tencentcloud.com/document/product/1047/34953 */
export const LONGEST_USER_ID = 32;

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
				: 'The Administrator UserID of the credential is not a UserID (1 to 32 letters, digits and signs without accents).',
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
