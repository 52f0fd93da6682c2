import { callDesk, type DeskCall, type DeskContext } from '../api/callDesk';
import type { DeskReply } from '../api/reply';

/** Sends one command when the pace of the application allows it. Never rejects. */
export async function callDeskAtPace(context: DeskContext, call: DeskCall): Promise<DeskReply> {
	return await callDesk(context, call);
}
