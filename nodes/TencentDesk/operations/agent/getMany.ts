import { codesOf } from '../../asking/codes';
import { saying } from '../../fields/field';
import { agentGroup } from '../../fields/agents';
import { limit, returnAll } from '../../fields/lists';
import { nameOf, numberOf, numbersOf, recordsOf } from '../answer';
import { defineOperation } from '../operation';

/** get_member_list and get_member_list_in_group: 269/124319 and 269/127649 at cloud.tencent.com/document/product */
export const getAgents = defineOperation({
	resource: 'agent',
	operation: 'getMany',
	name: 'Get Many',
	action: 'Get many agents',
	description: 'List the agents of the application, or those of a group',
	toolDescription:
		'Lists the agents of customer service, all or those of one group. It does not tell who is online.',
	fields: {
		agentGroup: saying(agentGroup, {
			description: 'Only agents of this group (skill group). Leave it empty for all agents.',
		}),
		returnAll,
		limit,
	},
	codes: codesOf({}),
	work: {
		kind: 'list',
		command: (values) =>
			values.agentGroup === null ? 'get_member_list' : 'get_member_list_in_group',
		body: (values) => (values.agentGroup === null ? {} : { MemberGroupID: values.agentGroup }),
		pages: 'pageNum',
		rows: ({ MemberList }) => recordsOf(MemberList),
		key: (member) => nameOf(member.MemberMail) ?? JSON.stringify(member),
		row: (member) => ({
			agent: nameOf(member.MemberMail),
			nickname: nameOf(member.NickName),
			agentGroups: numbersOf(member.MemberGroupIDList),
			roles: numbersOf(member.RoleIDList),
			receptionLimit: numberOf(member.EffectiveReceptionLimit),
			avatar: nameOf(member.Avatar),
		}),
		words: ['agent', 'agents'],
	},
});
