import { flagOf, groupOf, isRecord, nameOf, numberOf, recordsOf } from '../../shared/desk/values';
import { limit, returnAll } from '../fields/common';
import type { Field } from '../fields/field';
import { defineOperation } from './operation';

/** Words only. */
const freeMeans: Field<null> = {
	property: {
		displayName:
			'freeAgents counts all agents with the status Free, in all groups. It includes agents who already serve as many users as allowed, and agents who may not contact users. Desk reports the waiting users of each group, but not its free agents.',
		type: 'notice',
		default: '',
	},
	hidden: null,
	read: () => ({ value: null }),
	advice: '',
};

/** describe_reception_realtime_statistics, https://cloud.tencent.com/document/product/269/117849 */
export const getReception = defineOperation({
	resource: 'reception',
	operation: 'get',
	name: 'Get',
	action: 'Get who is free',
	description:
		'Look up how many agents have the status Free, in all groups, and how many users wait now',
	toolDescription:
		'Looks up how many agents of customer service are free, on a break (restingAgents) or not ready (busyAgents), in all groups. It also returns how many users are in service, and how many wait. A free agent may already serve as many users as allowed, so do not promise anything.',
	fields: { freeMeans },
	work: {
		kind: 'read',
		command: () => 'describe_reception_realtime_statistics',
		body: () => ({}),
		result(answer) {
			const data = isRecord(answer.Data) ? answer.Data : answer;
			return {
				freeAgents: numberOf(data.FreeAgentCnt),
				restingAgents: numberOf(data.RestAgentCnt),
				busyAgents: numberOf(data.BusyAgentCnt),
				usersTransferred: numberOf(data.CurrentTransferAgentCnt),
				usersInService: numberOf(data.CurrentAgentAcceptCnt),
				usersWaiting: numberOf(data.CurrentQueueCnt),
				queues: recordsOf(data.CurrentGroupQueueCnt).map((queue) => ({
					agentGroup: groupOf(queue.GroupId),
					name: nameOf(queue.GroupName),
					usersWaiting: numberOf(queue.QueueCnt),
				})),
			};
		},
		says: ({ freeAgents, usersWaiting }) =>
			freeAgents === null
				? 'Desk did not report how many agents are free.'
				: `Free agents: ${String(freeAgents)}. Waiting users: ${String(usersWaiting ?? 'unknown')}.`,
	},
});

/** get_member_group_list, https://cloud.tencent.com/document/product/269/124502 */
export const getAgentGroups = defineOperation({
	resource: 'agentGroup',
	operation: 'getMany',
	name: 'Get Many',
	action: 'Get many agent groups',
	description: 'List the agent groups (skill groups) of the application',
	toolDescription: 'Lists the groups of agents of customer service.',
	fields: { returnAll, limit },
	work: {
		kind: 'list',
		command: () => 'get_member_group_list',
		body: () => ({}),
		pages: 'pageNumber',
		rows: ({ MemberGroupList }) => recordsOf(MemberGroupList),
		key: (group) => String(groupOf(group.MemberGroupID) ?? JSON.stringify(group)),
		row: (group) => ({
			agentGroup: groupOf(group.MemberGroupID),
			name: nameOf(group.MemberGroupName),
			receptionLimit: numberOf(group.ReceptionLimit),
			agentCount: numberOf(group.GroupMemberCount),
		}),
		words: ['agent group', 'agent groups'],
	},
});

/** get_im_agent_list, https://cloud.tencent.com/document/product/269/111801; two spellings occur in Tencent's pages. */
export const getCustomerServiceAccounts = defineOperation({
	resource: 'customerServiceAccount',
	operation: 'getMany',
	name: 'Get Many',
	action: 'Get many customer service accounts',
	description: 'List the customer service accounts of the application',
	toolDescription:
		'Lists the accounts of customer service that users can talk with. These are accounts, not people.',
	fields: { returnAll, limit },
	work: {
		kind: 'list',
		command: () => 'get_im_agent_list',
		body: () => ({}),
		pages: 'none',
		rows: ({ Data }) => recordsOf(Data),
		key: (account) => JSON.stringify(account),
		row: (account) => ({
			customerServiceAccount: nameOf(account.IMAgentUserId ?? account.IMAgentUserID),
			name: nameOf(account.IMAgentNick),
			isDefault: flagOf(account.IsDefault),
			agentGroup: groupOf(account.AgentGroupId),
			chatbot: nameOf(account.RobotId),
			avatar: nameOf(account.IMAgentAvatarUrl),
		}),
		words: ['customer service account', 'customer service accounts'],
	},
});
