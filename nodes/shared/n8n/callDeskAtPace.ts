import type { IExecuteFunctions } from 'n8n-workflow';

import { callDesk, type DeskCall, type DeskContext } from '../api/callDesk';
import type { DeskReply } from '../api/reply';
import { appOf } from './credential';
import { RATE_LIMITERS } from './processWide';

/** Most commands allow 200 per second (https://cloud.tencent.com/document/product/269/93324); 5 % under it loses nothing. */
export const DEFAULT_REQUESTS_PER_SECOND = 190;

/**
 * Sends one command when the pace of its application allows it, which it shares with all that is under way in this
 * process.
 * @returns undefined when the execution was cancelled before its turn came
 */
export async function callDeskAtPace(
	context: DeskContext,
	call: DeskCall,
): Promise<DeskReply | undefined> {
	const place = RATE_LIMITERS.of(appOf(call.credential.account)).join(DEFAULT_REQUESTS_PER_SECOND);
	try {
		const isCancelled = () =>
			(context as IExecuteFunctions).getExecutionCancelSignal?.()?.aborted === true;
		return (await place.turn(isCancelled)) ? await callDesk(context, call) : undefined;
	} finally {
		place.leave();
	}
}
