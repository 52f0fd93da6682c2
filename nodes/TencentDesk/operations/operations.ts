import { getAgents, getAgentStatus, setAgentStatus } from './agent';
import { answerEvent } from './event';
import { sendMessage } from './message';
import type { Operation, Resource } from './operation';
import { getAgentGroups, getCustomerServiceAccounts, getReception } from './reception';
import { endSession, getSession, leaveQueue } from './session';
import { getSessionMark, setSessionMark } from './sessionMark';
import { getMessages } from './sessionMessages';
import { getSessions } from './sessionRecords';
import { reassignSession, transferSession } from './sessionTransfer';

/** As the editor shows them. */
export const RESOURCES: Array<{ value: Resource; name: string; description: string }> = [
	{ value: 'agent', name: 'Agent', description: 'Who talks with users' },
	{ value: 'agentGroup', name: 'Agent Group', description: 'Agents with the same skills' },
	{
		value: 'customerServiceAccount',
		name: 'Customer Service Account',
		description: 'The account that users talk with',
	},
	{ value: 'event', name: 'Event', description: 'A call of Desk that waits for an answer' },
	{ value: 'message', name: 'Message', description: 'A text, card, image or file for a user' },
	{
		value: 'reception',
		name: 'Reception',
		description: 'How many agents are free, and how many users wait',
	},
	{ value: 'session', name: 'Session', description: 'A conversation with a user' },
];

/** In the order in which the editor lists those of one resource. */
export const OPERATIONS: Operation[] = [
	getAgents,
	getAgentStatus,
	setAgentStatus,
	getAgentGroups,
	getCustomerServiceAccounts,
	answerEvent,
	sendMessage,
	getReception,
	endSession,
	getSession,
	getSessions,
	getSessionMark,
	getMessages,
	leaveQueue,
	reassignSession,
	setSessionMark,
	transferSession,
];

export function operationOf(resource: unknown, operation: unknown): Operation | undefined {
	return OPERATIONS.find(
		(candidate) => candidate.resource === resource && candidate.operation === operation,
	);
}
