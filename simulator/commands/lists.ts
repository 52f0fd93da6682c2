import { z } from 'zod';
import { readFields, refuse, succeed } from '../answers';
import type { Agent, World } from '../world';
import type { Command } from './command';
import { pageOf, total } from './paging';

/** Desk's limit on receptions (269/124499); an agent without a limit of ours shows it. */
const MAX_RECEPTIONS = 999;
const ONLINE_AGENT_ROLE = 5;
const pageSize = z.number().int().min(0).max(100);
const order = z.union([z.literal(0), z.literal(1)]).optional();
const pageFromZero = z.number().int().min(0);

/** get_im_agent_list, 269/111801: all customer service accounts at once, there is no paging. */
export const getImAgentList: Command = (_body, { world }) =>
	succeed({
		Data: world.accounts.map(({ id, nick, isDefault }) => ({
			IMAgentUserId: id,
			IMAgentNick: nick,
			IMAgentAvatarUrl: '',
			WelcomeMessage: '',
			ChatbotDisabled: 1,
			IsDefault: isDefault ? 1 : 0,
		})),
	});

const groupListSchema = (first: number) =>
	z.object({
		PageSize: pageSize.default(0),
		PageNumber: z.number().int().min(first).default(first),
	});

/**
 * get_member_group_list, 269/124502: both fields optional. The page does not say which page is the first;
 * its sample asks for page 1, so we count from 1 unless the dialect says 0.
 */
export const getMemberGroupList: Command = (body, { world }) => {
	const { groupPagesFrom } = world.dialect;
	const read = readFields(groupListSchema(groupPagesFrom), body);
	if ('refusal' in read) return read.refusal;
	const { PageSize, PageNumber } = read.fields;
	const page = pageOf(world.groups, PageSize, PageNumber - groupPagesFrom, world.dialect);
	return succeed({
		MemberGroupList: page.map(({ id, name }) => ({
			MemberGroupID: id,
			MemberGroupName: name,
			ReceptionLimit: MAX_RECEPTIONS,
			GroupMemberCount: world.agents.filter((agent) => agent.groups.includes(id)).length,
		})),
		...total('Total', world.groups.length, world.dialect),
	});
};

const member = (agent: Agent) => {
	const limit = Math.min(agent.capacity, MAX_RECEPTIONS);
	return {
		NickName: agent.nick,
		MemberMail: agent.mail,
		RoleIDList: [ONLINE_AGENT_ROLE],
		MemberGroupIDList: agent.groups,
		EffectiveReceptionLimit: limit,
		MemberReceptionLimit: limit,
		MemberReceptionLimitEnabled: Number.isFinite(agent.capacity) ? 1 : 0,
		Avatar: '',
	};
};

const memberListSchema = z.object({ PageSize: pageSize, PageNum: pageFromZero, Order: order });

type MemberListFields = z.infer<typeof memberListSchema>;

const memberPage = (agents: Agent[], fields: MemberListFields, { dialect }: World) => {
	const ordered = fields.Order === 1 ? [...agents].reverse() : agents;
	return succeed({
		MemberList: pageOf(ordered, fields.PageSize, fields.PageNum, dialect).map(member),
		...total('Total', agents.length, dialect),
	});
};

/** get_member_list, 269/124319: PageSize 0..100, pages counted from 0. */
export const getMemberList: Command = (body, { world }) => {
	const read = readFields(memberListSchema, body);
	if ('refusal' in read) return read.refusal;
	return memberPage(world.agents, read.fields, world);
};

const inGroupSchema = memberListSchema.extend({ MemberGroupID: z.number().int() });

const groupExists = (world: World, id: number): boolean =>
	world.groups.some((group) => group.id === id);

/** get_member_list_in_group, 269/127649: as get_member_list, for one group. */
export const getMemberListInGroup: Command = (body, { world }) => {
	const read = readFields(inGroupSchema, body);
	if ('refusal' in read) return read.refusal;
	const { MemberGroupID } = read.fields;
	if (!groupExists(world, MemberGroupID)) return refuse(141004, 'no such MemberGroupID');
	const agents = world.agents.filter((agent) => agent.groups.includes(MemberGroupID));
	return memberPage(agents, read.fields, world);
};
