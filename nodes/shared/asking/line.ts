import { DEFAULT_TIMEOUT_MS, type DeskContext, type DeskCredential } from '../api/callDesk';
import { callDeskAtPace, CLOCK, isCancelled } from '../n8n/pace';
import { sleepUntil } from '../sending/waiting';
import type { Line } from './ask';

/** The way from a node to Desk. */
export function lineFrom(
	context: DeskContext,
	credential: DeskCredential,
	timeoutMs = DEFAULT_TIMEOUT_MS,
): Line {
	const isStopped = () => isCancelled(context);
	return {
		send: async (command, body) =>
			await callDeskAtPace(context, { command, body, credential, timeoutMs }),
		now: () => CLOCK.now(),
		waitUntil: async (time) => await sleepUntil(time, CLOCK, isStopped),
		isStopped,
		random: Math.random,
	};
}
