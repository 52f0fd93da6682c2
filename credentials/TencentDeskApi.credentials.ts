import { randomInt } from 'node:crypto';
import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
	Icon,
} from 'n8n-workflow';

import { CUSTOM_DATA_CENTER, DATA_CENTERS } from './dataCenters';
import { readDeskAccount } from './deskAccount';
import { credentialTestRules } from './testRules';
import { userSigOf } from './userSigCache';

const UINT32_VALUES = 2 ** 32;

/** The origin of the credential as an n8n expression, since a credential test cannot call our code for it. */
const ORIGIN_EXPRESSION = `={{ ${DATA_CENTERS.map(
	({ value, origin }) => `$credentials.dataCenter === '${value}' ? '${origin}' : `,
).join('')}($credentials.baseUrl || '').trim() }}`;

export class TencentDeskApi implements ICredentialType {
	name = 'tencentDeskApi';

	displayName = 'Tencent Desk API';

	icon: Icon = {
		light: 'file:../icons/tencentDesk.svg',
		dark: 'file:../icons/tencentDesk.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-tencent-desk/n8n-nodes-tencent-desk#create-the-credential';

	properties: INodeProperties[] = [
		{
			displayName: 'Data Center',
			name: 'dataCenter',
			type: 'options',
			default: 'china',
			options: [
				...DATA_CENTERS.map(({ name, value }) => ({ name, value })),
				{ name: 'Custom', value: CUSTOM_DATA_CENTER },
			],
			description:
				'Where the application was created: the console shows it beside the SDKAppID. Choose Custom for a simulator or a proxy.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://console.tim.qq.com',
			displayOptions: { show: { dataCenter: [CUSTOM_DATA_CENTER] } },
			description:
				'Scheme and host of the REST API, without a path. Plain http is accepted for a simulator on this machine only.',
		},
		{
			displayName: 'SDKAppID',
			name: 'sdkAppId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 1400000000',
			description: 'The number of your application in the Tencent Cloud Chat console',
		},
		{
			displayName: 'Administrator UserID',
			name: 'adminUserId',
			type: 'string',
			default: 'administrator',
			required: true,
			description:
				'UserID of an administrator of the application. The console lists them; new applications have one named administrator.',
		},
		{
			displayName: 'Secret Key',
			name: 'secretKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'The secret key of the same SDKAppID, from the basic information of the application in the console. It never leaves n8n: only signatures made with it are sent.',
		},
	];

	authenticate: IAuthenticate = signRequest;

	test: ICredentialTestRequest = {
		request: {
			method: 'POST',
			baseURL: ORIGIN_EXPRESSION,
			url: '/v4/desk_http_svc/get_im_agent_list',
			headers: { 'Content-Type': 'application/json' },
			// A string: n8n drops an empty object before sending, and Desk refuses a request without a body.
			body: '{}',
			json: true,
		},
		rules: credentialTestRules(),
	};
}

/**
 * Adds the signed query to a request for the REST API of this credential. Does not change what it is given, and
 * may be called again on its own result (n8n does so after a 401).
 * @throws when a field of the credential cannot be right, or the request goes to any other origin: the
 * signature is an administrator's login
 */
async function signRequest(
	credentials: ICredentialDataDecryptedObject,
	requestOptions: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	const reading = readDeskAccount(credentials);
	if (!reading.ok) throw new Error(`${reading.refusal.message}. ${reading.refusal.advice}`);
	const { account } = reading;
	assertOwnOrigin(account.origin, requestOptions);
	return {
		...requestOptions,
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
