import type { Problem } from '../../credentials/deskAccount';
import { describeGatewayCode, TOO_MANY_REQUESTS } from '../shared/api/gatewayCodes';
import type { DeskReply } from '../shared/api/reply';

const CHECK_CREDENTIAL =
	'Check the data center or Base URL of the credential and the network of your n8n, then test the credential.';
/** The gateway's advice for doubt is about doing a thing twice; a poll only reads. */
const LEFT_TO_DESK: Problem = {
	message: 'Desk had trouble of its own.',
	advice: 'Try again in a minute, and look at the status page of Tencent Cloud if it goes on.',
};

/** Why Desk gave no sessions: what happened and what to do. */
export function problemOf(reply: DeskReply): Problem {
	switch (reply.kind) {
		case 'answer': {
			const meaning = describeGatewayCode(reply.errorCode);
			return meaning.class === 'ambiguous' ? LEFT_TO_DESK : meaning;
		}
		case 'blocked':
			return { message: `${reply.reason}.`, advice: reply.advice };
		case 'tooManyRequests':
			return { message: TOO_MANY_REQUESTS, advice: 'Try again in a minute.' };
		case 'httpError':
			return {
				message: `The server answered with HTTP status ${reply.httpStatus}.`,
				advice: CHECK_CREDENTIAL,
			};
		case 'notSent':
		case 'ambiguous':
			return { message: `${reply.reason}.`, advice: CHECK_CREDENTIAL };
	}
}
