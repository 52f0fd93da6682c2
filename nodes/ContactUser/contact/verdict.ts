import type { IDataObject } from 'n8n-workflow';

import { describeGatewayCode, TOO_MANY_REQUESTS } from '../../shared/api/gatewayCodes';
import type { DeskReply } from '../../shared/api/reply';
import { nameOrNull } from '../../shared/desk/values';
import type { ContactRequest } from '../input/contactRequest';
import type { FieldNames } from '../input/options';
import { describeContactCode, SLOW_DOWN } from './codes';
import { BLANK, failed, unconfirmed, type ContactResult } from './results';

/**
 * An answer to contact_user, judged:
 *  - `report`: that is how it ended
 *  - `stopApp`: that is how it ended, and every other request of the application would end alike
 *  - `resend`: surely not done; `result` holds once no retry is left
 *  - `confirm`: it may have been done; `result` holds when the session state cannot tell
 */
export type Verdict =
	| { next: 'report'; result: ContactResult }
	| { next: 'stopApp'; result: ContactResult }
	| { next: 'resend'; result: ContactResult; rateLimited: boolean; retryAfterMs?: number }
	| { next: 'confirm'; result: ContactResult };

type Answer = Extract<DeskReply, { kind: 'answer' }>;

const CHECK_CONNECTION =
	'Check the data center or Base URL of the credential and the network of your n8n, then run the workflow again.';

/** The JSON body of contact_user: https://www.tencentcloud.com/document/product/1229/68947 */
export function contactBody(request: ContactRequest, fieldNames: FieldNames): IDataObject {
	const { userId, customerServiceAccount, agentGroup, agent } = request;
	return {
		...(fieldNames === 'table'
			? {}
			: { IMAgentUserID: customerServiceAccount, ClientUserID: userId }),
		...(fieldNames === 'sample'
			? {}
			: { IMAgentUserId: customerServiceAccount, ClientUserId: userId }),
		...(agentGroup === null ? {} : { GroupId: agentGroup }),
		...(agent === null ? {} : { MemberId: agent }),
	};
}

/** Judges what came back for a contact_user request. */
export function judge(reply: DeskReply): Verdict {
	switch (reply.kind) {
		case 'answer':
			return reply.errorCode === 0 ? contacted(reply.body.MemberId) : judgeCode(reply);
		case 'tooManyRequests':
			return {
				next: 'resend',
				rateLimited: true,
				retryAfterMs: reply.retryAfterMs,
				result: failed(TOO_MANY_REQUESTS, SLOW_DOWN, true),
			};
		case 'notSent':
			return {
				next: 'resend',
				rateLimited: false,
				result: failed(
					`${reply.reason}, so the user was not contacted.`,
					reply.advice ?? CHECK_CONNECTION,
					true,
				),
			};
		case 'blocked':
			return {
				next: 'report',
				result: failed(`${reply.reason}, so nothing was sent.`, reply.advice, false),
			};
		case 'httpError':
			return {
				next: 'report',
				result: failed(
					`The server refused the request with HTTP status ${reply.httpStatus}, so the user was not contacted.`,
					CHECK_CONNECTION,
					false,
				),
			};
		case 'ambiguous':
			return {
				next: 'confirm',
				result: unconfirmed(`${reply.reason}, so it is not known whether the user was contacted.`),
			};
	}
}

/**
 * The same for the reply of another command: only what is refused whatever the command, since a right to read
 * sessions may be missing where contacting is allowed.
 */
export function credentialRefusalIn(reply: DeskReply): ContactResult | undefined {
	const isRefused =
		reply.kind === 'answer' &&
		reply.errorCode !== 0 &&
		describeGatewayCode(reply.errorCode).class === 'credential';
	return isRefused ? judge(reply).result : undefined;
}

function contacted(memberId: unknown): Verdict {
	const assignedAgent = nameOrNull(memberId);
	const who = assignedAgent === null ? 'A live agent' : `The live agent ${assignedAgent}`;
	const message = `${who} now contacts the user.`;
	return {
		next: 'report',
		result: { ...BLANK, outcome: 'contacted', message, errorCode: 0, assignedAgent },
	};
}

function judgeCode({ errorCode, errorInfo, retryAfterMs }: Answer): Verdict {
	const { class: codeClass, message, advice, retryLater } = describeContactCode(errorCode);
	const result = { ...BLANK, message, advice, retryLater, errorCode, errorInfo };
	switch (codeClass) {
		case 'agentUnavailable':
		case 'userUnavailable':
		case 'failed':
			return { next: 'report', result: { ...result, outcome: codeClass } };
		case 'credential':
		case 'app':
			return { next: 'stopApp', result: { ...result, outcome: 'configurationError' } };
		case 'request':
			return { next: 'report', result: { ...result, outcome: 'configurationError' } };
		case 'rateLimit':
		case 'notDone':
			return {
				next: 'resend',
				rateLimited: codeClass === 'rateLimit',
				retryAfterMs,
				result: { ...result, outcome: 'failed' },
			};
		case 'ambiguous':
			return { next: 'confirm', result: { ...result, outcome: 'unconfirmed' } };
	}
}
