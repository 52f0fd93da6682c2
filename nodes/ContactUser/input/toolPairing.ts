import type { IExecuteFunctions } from 'n8n-workflow';

import type { Problem } from '../../../credentials/deskAccount';
import { mayMeanAnotherChat } from '../../shared/n8n/severalChats';

const OF_THE_CONTACT = ['userId', 'customerServiceAccount', 'agentGroup', 'agent'];

export const SEVERAL_CHATS: Problem = {
	message:
		'The AI Agent was given several items or runs in a loop, and n8n then cannot tell which user is meant, so nothing was sent.',
	advice: 'Run the AI Agent once for each item, in an execution of its own.',
};

/** Whether n8n may give the tool the user of another chat. */
export function mayNameAnotherUser(context: IExecuteFunctions): boolean {
	return mayMeanAnotherChat(context, OF_THE_CONTACT);
}
