import { callThroughRestart } from './eventTrigger';
import type { Case } from './lab';
import { pollThroughRestart } from './trigger';

/** One restart of n8n for both triggers, since each takes it half a minute. */
export const overRestart: Case[] = [
	{
		name: 'triggers: every session is given once, published anew while a poll reads, over a restart of n8n and with records that come late; an event is known for a repeat over the restart',
		run: async (lab) => {
			const events = await callThroughRestart(lab);
			const sessions = await pollThroughRestart(lab);
			const restarted = lab.n8n.restart();
			sessions.whileOff();
			await restarted;
			await sessions.afterwards();
			await events.afterwards();
		},
	},
];
