import {
	NodeOperationError,
	type ICredentialDataDecryptedObject,
	type IExecuteFunctions,
	type IWebhookFunctions,
} from 'n8n-workflow';

import { readDeskAccount, unresolvedField, type Problem } from '../../../credentials/deskAccount';
import { CREDENTIAL_TYPE, type DeskContext, type DeskCredential } from '../desk/callDesk';
import { chainOf } from '../desk/transportFailure';
import { cutText } from '../desk/values';

/** Where a credential is read: a webhook sends nothing to Desk. */
type Context = DeskContext | IWebhookFunctions;

/** A list in the editor and a trigger have no item that an expression in the credential could be about. */
const NEEDS_FIXED_VALUES: Problem = {
	message: 'A field of the credential is an expression, which only a run can read.',
	advice: 'Enter fixed values in the credential.',
};

/**
 * The credential of the node; for an item, as it is for this item, since its fields may be expressions. Never rejects:
 * what cannot be right about it is told.
 * @param itemIndex of a node that runs; none in the editor and in a trigger
 */
export async function readCredential(
	context: Context,
	itemIndex?: number,
): Promise<{ credential: DeskCredential } | { problem: Problem }> {
	let data: ICredentialDataDecryptedObject;
	try {
		data = await (context as IExecuteFunctions).getCredentials(CREDENTIAL_TYPE, itemIndex);
	} catch (error) {
		return { problem: whyUnreadable(context, error, itemIndex) };
	}
	if (itemIndex === undefined && unresolvedField(data) !== undefined) {
		return { problem: NEEDS_FIXED_VALUES };
	}
	const reading = readDeskAccount(data);
	return reading.ok
		? { credential: { account: reading.account, data } }
		: { problem: reading.problem };
}

/** The error of a trigger that cannot work as it is set up. */
export function notSetUp(context: Context, { message, advice }: Problem): Error {
	return new NodeOperationError(context.getNode(), message, { description: advice });
}

function whyUnreadable(context: Context, error: unknown, itemIndex?: number): Problem {
	const reason = error instanceof Error ? cutText(error.message, 200) : 'unknown reason';
	if (chainOf(error).some(isOfExpression)) {
		if (itemIndex === undefined) return NEEDS_FIXED_VALUES;
		return {
			message: `n8n could not resolve an expression in the Tencent Desk API credential (${reason}), so nothing was sent.`,
			advice:
				'Correct the expression in the credential, or enter a fixed value there. n8n may be set up to refuse $env in expressions.',
		};
	}
	if (context.getNode().credentials?.[CREDENTIAL_TYPE] === undefined) {
		return {
			message: 'The node has no Tencent Desk API credential, so nothing was sent.',
			advice: 'Choose a Tencent Desk API credential in the node.',
		};
	}
	return {
		message: `The Tencent Desk API credential could not be read (${reason}), so nothing was sent.`,
		advice:
			'Choose the credential in the node again: it may have been deleted, or no longer be shared with you.',
	};
}

/** n8n has a class for it (`ExpressionError`), but not for an expression that cannot be read at all. */
function isOfExpression({ name, message }: Record<string, unknown>): boolean {
	return name === 'ExpressionError' || message === 'invalid syntax';
}
