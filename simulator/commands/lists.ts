import { z } from 'zod';
import { readFields, refuse, succeed } from '../answers';
import type { Agent, World } from '../world';
import type { Command } from './command';

/** Desk's limit on receptions (269/124499); an agent without a limit of ours shows it. */
const MAX_RECEPTIONS = 999;
const ONLINE_AGENT_ROLE = 5;
/** A PageSize of 0 means this many (269/124319). */
const DEFAULT_PAGE_SIZE = 15;

const pageSize = z.number().int().min(0).max(100);
const order = z.union([z.literal(0), z.literal(1)]).optional();
const pageFromZero = z.number().int().min(0);

const pageOf = <Item>(items: Item[], size: number, index: number): Item[] => {
	const length = size === 0 ? DEFAULT_PAGE_SIZE : size;
	return items.slice(index * length, (index + 1) * length);
};

/** get_im_agent_list, 269/111801: all customer service accounts at once, there is no paging. */
export const getImAgentList: Command = (_body, world) =>
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

const groupListSchema = z.object({
	PageSize: pageSize.default(0),
	PageNumber: z.number().int().min(1).default(1),
});

/**
 * get_member_group_list, 269/124502: both fields optional. The page does not say which page is the first;
 * its sample asks for page 1, so we count from 1.
 */
export const getMemberGroupList: Command = (body, world) => {
	const read = readFields(groupListSchema, body);
	if ('refusal' in read) return read.refusal;
	const { PageSize, PageNumber } = read.fields;
	return succeed({
		MemberGroupList: pageOf(world.groups, PageSize, PageNumber - 1).map(({ id, name }) => ({
			MemberGroupID: id,
			MemberGroupName: name,
			ReceptionLimit: MAX_RECEPTIONS,
			GroupMemberCount: world.agents.filter((agent) => agent.groups.includes(id)).length,
		})),
		Total: world.groups.length,
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

const memberPage = (agents: Agent[], size: number, page: number, descending: boolean) => {
	const ordered = descending ? [...agents].reverse() : agents;
	return succeed({
		MemberList: pageOf(ordered, size, page).map(member),
		Total: agents.length,
	});
};

const memberListSchema = z.object({ PageSize: pageSize, PageNum: pageFromZero, Order: order });

/** get_member_list, 269/124319: PageSize 0..100, pages counted from 0. */
export const getMemberList: Command = (body, world) => {
	const read = readFields(memberListSchema, body);
	if ('refusal' in read) return read.refusal;
	const { PageSize, PageNum, Order } = read.fields;
	return memberPage(world.agents, PageSize, PageNum, Order === 1);
};

const inGroupSchema = memberListSchema.extend({ MemberGroupID: z.number().int() });

const groupExists = (world: World, id: number): boolean =>
	world.groups.some((group) => group.id === id);

/** get_member_list_in_group, 269/127649: as get_member_list, for one group. */
export const getMemberListInGroup: Command = (body, world) => {
	const read = readFields(inGroupSchema, body);
	if ('refusal' in read) return read.refusal;
	const { MemberGroupID, PageSize, PageNum, Order } = read.fields;
	if (!groupExists(world, MemberGroupID)) return refuse(141004, 'no such MemberGroupID');
	const agents = world.agents.filter((agent) => agent.groups.includes(MemberGroupID));
	return memberPage(agents, PageSize, PageNum, Order === 1);
};
