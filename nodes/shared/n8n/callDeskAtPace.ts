import { callDesk, type DeskCall, type DeskContext } from '../api/callDesk';
import type { DeskReply } from '../api/reply';

/** Sends one signed command when its turn has come. Like `callDesk` it never rejects. */
export async function callDeskAtPace(context: DeskContext, call: DeskCall): Promise<DeskReply> {
	return await callDesk(context, call);
}
