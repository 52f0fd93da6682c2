import { randomInt } from 'node:crypto';
import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { userSigOf } from './userSig';
import { readDeskAccount } from './deskAccount';

/**
 * The options of a request with a signal of its own to give it up by. n8n puts the signal of the execution into
 * `abortSignal`, whatever stands there, right before it asks for the signature (`httpRequestWithAuthentication`).
 */
export interface OwnRequestOptions extends IHttpRequestOptions {
	giveUpSignal?: AbortSignal;
}

const UINT32_VALUES = 2 ** 32;

/**
 * Adds the signed query to a request for the REST API of this credential, in place of what it has of it. Does not change what it is given, and
 * may be called again on its own result (n8n does so after a 401).
 * @throws when a field of the credential cannot be right, or the request goes to any other origin: the
 * signature is an administrator's login
 */
export async function signRequest(
	credentials: ICredentialDataDecryptedObject,
	requestOptions: OwnRequestOptions,
): Promise<IHttpRequestOptions> {
	const reading = readDeskAccount(credentials);
	if (!reading.ok) throw new Error(`${reading.problem.message} ${reading.problem.advice}`);
	const { account } = reading;
	assertOwnOrigin(account.origin, requestOptions);
	const { giveUpSignal } = requestOptions;
	return {
		...withoutOwnQuery(withoutStream(requestOptions)),
		...(giveUpSignal && { abortSignal: giveUpSignal }),
		qs: {
			...requestOptions.qs,
			sdkappid: account.sdkAppId,
			identifier: account.adminUserId,
			usersig: await userSigOf(account, Date.now()),
			random: randomInt(UINT32_VALUES),
			contenttype: 'json',
		},
	};
}

/** Wherever a URL may stand: the HTTP Request node says `uri`. */
function withoutOwnQuery(requestOptions: IHttpRequestOptions): IHttpRequestOptions {
	const urls: { url?: string; uri?: string; baseURL?: string } = {};
	for (const name of ['url', 'uri', 'baseURL'] as const) {
		const url = (requestOptions as typeof urls)[name];
		if (typeof url === 'string') urls[name] = withoutOwnFields(url);
	}
	return { ...requestOptions, ...urls };
}

/**
 * In a manual run, the HTTP Request node stores the response of a request with the execution. As a stream it would
 * hold the signed URL; as a buffer the node reads it alike. With `simple: false` n8n pages through answers, and
 * resolves the stream itself.
 */
function withoutStream(requestOptions: IHttpRequestOptions): IHttpRequestOptions {
	const { useStream, simple } = requestOptions as { useStream?: boolean; simple?: boolean };
	return useStream === true && simple !== false
		? Object.assign({}, requestOptions, { useStream: false })
		: requestOptions;
}

function assertOwnOrigin(origin: string, requestOptions: IHttpRequestOptions): void {
	// The HTTP Request node names the target `uri`; which one counts is n8n's to decide, so both must be right.
	const { url, uri, baseURL } = requestOptions as IHttpRequestOptions & { uri?: string };
	const targets = [url, uri].filter((target) => target !== undefined);
	const origins = (targets.length > 0 ? targets : ['']).map((target) => originOf(target, baseURL));
	// Also the base alone: n8n joins the two as text, which can end up elsewhere than resolving them.
	if (baseURL !== undefined) origins.push(originOf(baseURL));
	const foreign = origins.filter((found) => found !== origin);
	if (foreign.length === 0) return;
	throw new Error(
		`The Tencent Desk API credential signs requests to ${origin} only, and this request goes to ${foreign[0] ?? 'no valid URL'}. ` +
			`Use a URL that starts with ${origin}/v4/, or choose another credential.`,
	);
}

function originOf(url: string, base?: string): string | undefined {
	try {
		return new URL(url, base).origin;
	} catch {
		return undefined;
	}
}

/** The fields of the query that sign a request: https://www.tencentcloud.com/document/product/1047/34620 */
const OWN_FIELDS = new Set(['sdkappid', 'identifier', 'usersig', 'random', 'contenttype']);

/**
 * A URL without the fields of its query that the signature brings, since the API refuses what is given twice. Tencent
 * documents its commands with them. All else stays as it was written.
 */
export function withoutOwnFields(url: string): string {
	const [, address, query, fragment] = /^([^?#]*)(?:\?([^#]*))?(#.*)?$/s.exec(url) ?? [];
	if (query === undefined) return url;
	const fields = query.split('&');
	const others = fields.filter((field) => !OWN_FIELDS.has(fieldName(field)));
	if (others.length === fields.length) return url;
	const rest = others.length > 0 ? `?${others.join('&')}` : '';
	return `${address}${rest}${fragment ?? ''}`;
}

/** The name of a field, as a server reads it. */
function fieldName(field: string): string {
	const [name = ''] = field.split('=', 1);
	try {
		return decodeURIComponent(name).trim();
	} catch {
		return name;
	}
}
