import type { IAuthenticateRuleResponseSuccessBody } from 'n8n-workflow';

import { APP_CODES, CREDENTIAL_CODES } from './refusedCodes';

/**
 * What n8n's test of the credential reads in the answer. n8n takes the first rule whose value is `===` the
 * value in the body, so each code has a rule of its own, and only then comes "any other refusal".
 */
export function credentialTestRules(): IAuthenticateRuleResponseSuccessBody[] {
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
