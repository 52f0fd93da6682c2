import { NodeOperationError, type ILoadOptionsFunctions } from 'n8n-workflow';

import type { Problem } from '../../../credentials/deskAccount';
import { describeCode } from '../desk/codes';
import type { DeskReply } from '../desk/reply';

const CHECK_CREDENTIAL =
	'Check the data center or Base URL of the credential, then test the credential.';
const TRY_AGAIN = 'Wait a minute, then open the list again.';

/**
 * All in the message, since the editor does not show the description of an error below a list. It leaves out sentences
 * with "check credential", and the hyphens of any message.
 */
export function notLoaded(context: ILoadOptionsFunctions, { message, advice }: Problem): Error {
	return new NodeOperationError(
		context.getNode(),
		`The list could not be loaded: ${message} ${advice} Or choose By ID and enter the ID.`,
	);
}

/**
 * Why Desk gave no list. A list that is asked for again does no harm, so doubt is no matter here.
 * @param onRefusal what to do when Desk finds the request itself wrong
 */
export function noList(reply: DeskReply, onRefusal = CHECK_CREDENTIAL): Problem {
	switch (reply.kind) {
		case 'answer':
			return noListOfCode(reply.errorCode, onRefusal);
		case 'blocked':
			return { message: `${reply.reason}.`, advice: reply.advice };
		case 'tooManyRequests':
			return { message: 'Too many requests were sent in a short time.', advice: TRY_AGAIN };
		case 'httpError':
			return {
				message: `The server answered with HTTP status ${reply.httpStatus}.`,
				advice: CHECK_CREDENTIAL,
			};
		case 'notSent':
			return { message: `${reply.reason}.`, advice: CHECK_CREDENTIAL };
		case 'ambiguous':
			return { message: `${reply.reason}.`, advice: `${TRY_AGAIN} ${CHECK_CREDENTIAL}` };
	}
}

function noListOfCode(code: number, onRefusal: string): Problem {
	const meaning = describeCode(code);
	switch (meaning.class) {
		case 'credential':
		case 'app':
			return meaning;
		case 'request':
			return { message: `Desk refused to give it (code ${code}).`, advice: onRefusal };
		case 'rateLimit':
			return { message: 'Too many requests were sent in a short time.', advice: TRY_AGAIN };
		case 'notDone':
		case 'failed':
		case 'unclear':
		case 'agentUnavailable':
		case 'userUnavailable':
			return { message: `Desk had trouble to give it (code ${code}).`, advice: TRY_AGAIN };
	}
}
