import type {
	IAuthenticate,
	IAuthenticateRuleResponseSuccessBody,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
	Icon,
} from 'n8n-workflow';
import { CUSTOM_DATA_CENTER, DATA_CENTERS } from './deskAccount';
import { APP_CODES, CREDENTIAL_CODES } from './refusedCodes';
import { signRequest } from './signRequest';

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
				'The region where the application was created. The console shows it beside the SDKAppID. Choose Custom for a simulator or a proxy.',
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
				'Scheme and host of the REST API, without a path. Plain http works only for a simulator on this machine: localhost, or host.docker.internal when n8n runs in Docker.',
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
				'The UserID of an administrator of the application. The console lists them. New applications have one with the name administrator.',
		},
		{
			displayName: 'Secret Key',
			name: 'secretKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'The secret key of the same SDKAppID. The console shows it in the basic information of the application. It never leaves n8n: the nodes send only signatures.',
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
 * What n8n's test of the credential reads in the answer. n8n takes the first rule whose value is `===` the
 * value in the body, so each code has a rule of its own, and only then comes "any other refusal".
 */
function credentialTestRules(): IAuthenticateRuleResponseSuccessBody[] {
	return [
		...Object.entries({ ...CREDENTIAL_CODES, ...APP_CODES }).map(([code, [message, advice]]) =>
			bodyRule('ErrorCode', Number(code), `${message} ${advice}`),
		),
		// A page of another server answers 200 too, but has no ErrorCode.
		bodyRule(
			'ErrorCode',
			undefined,
			'The server answered, but it is not the Desk API. Check the data center and the Base URL.',
		),
		bodyRule(
			'ActionStatus',
			'FAIL',
			'Tencent refused the request. Try again in a minute. If it fails again, check the application in the Tencent Cloud console.',
		),
	];
}

function bodyRule(
	key: string,
	value: number | string | undefined,
	message: string,
): IAuthenticateRuleResponseSuccessBody {
	return { type: 'responseSuccessBody', properties: { key, value, message } };
}
