import { codesOf } from '../../asking/codes';
import { limit, returnAll } from '../../fields/lists';
import { nameOf, numberOf, groupOf, recordsOf } from '../answer';
import { defineOperation } from '../operation';

/** get_member_group_list, https://cloud.tencent.com/document/product/269/124502 */
export const getAgentGroups = defineOperation({
	resource: 'agentGroup',
	operation: 'getMany',
	name: 'Get Many',
	action: 'Get many agent groups',
	description: 'List the agent groups (skill groups) of the application',
	toolDescription: 'Lists the groups of agents of customer service.',
	fields: { returnAll, limit },
	codes: codesOf({}),
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
