import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';

import { readDeskAccount, type DeskAccount, type Problem } from '../../../credentials/deskAccount';
import { CREDENTIAL_TYPE, type DeskContext, type DeskCredential } from '../api/callDesk';

/**
 * The credential of the node; for an item, as it is for this item, since its fields may be expressions. Never rejects:
 * what cannot be right about it is told.
 */
export async function readCredential(
	context: DeskContext,
	itemIndex?: number,
): Promise<{ credential: DeskCredential } | { problem: Problem }> {
	let data: ICredentialDataDecryptedObject;
	try {
		data = await (context as IExecuteFunctions).getCredentials(CREDENTIAL_TYPE, itemIndex);
	} catch (error) {
		const reason = error instanceof Error ? error.message : 'unknown reason';
		return {
			problem: {
				message: `The Tencent Desk API credential could not be read (${reason.slice(0, 200)}), so nothing was sent.`,
				advice: 'Choose a Tencent Desk API credential in the node.',
			},
		};
	}
	const reading = readDeskAccount(data);
	return reading.ok
		? { credential: { account: reading.account, data } }
		: { problem: reading.problem };
}

/** Names an application: whose rate limit counts, and whose users are meant. */
export function appOf({ origin, sdkAppId }: DeskAccount): string {
	return JSON.stringify([origin, sdkAppId]);
}
