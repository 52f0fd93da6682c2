import type { IDataObject } from 'n8n-workflow';

import { codesOf } from '../../shared/desk/codes';
import {
	isoOfSeconds,
	nameOf,
	numberOf,
	numbersOf,
	recordsOf,
	type Answer,
} from '../../shared/desk/values';
import { readText, type Reading } from '../../shared/n8n/text';
import { agent, agentGroup, limit, returnAll } from '../fields/common';
import { choiceField, saying, switchField, when, type Choice, type Field } from '../fields/field';
import { defineOperation, filled, type Scene } from './operation';

const includeStatus = switchField(
	'Include Status',
	'Whether to look up the status of each agent, and since when. It takes one request for each agent.',
);

/** How Desk calls what an agent may be set to, by our word. */
const SETTABLE_STATUS = {
	free: 'STATUS_FREE',
	notReady: 'STATUS_NOT_READY',
	rest: 'STATUS_REST',
} as const;

type SettableStatus = keyof typeof SETTABLE_STATUS;

const STATUS_CHOICES: Array<Choice<SettableStatus>> = [
	{ name: 'Free', value: 'free', description: 'Gets new conversations' },
	{
		name: 'Not Ready',
		value: 'notReady',
		description: 'Is present, but gets no new conversations',
	},
	{
		name: 'On a Break',
		value: 'rest',
		description: 'Takes a break, and gets no new conversations',
	},
];

export const status = choiceField('Status', STATUS_CHOICES, 'free', {
	required: true,
	advice: 'Choose Free, Not Ready or On a Break (free, notReady or rest).',
});

const restReason: Field<string> = {
	property: {
		displayName: 'Reason',
		type: 'string',
		default: '',
		placeholder: 'e.g. Lunch',
		description:
			'One of the break reasons set up in Desk. Desk refuses any other. If empty: the last reason stays.',
	},
	hidden: '',
	read: readReason,
	advice: 'Enter one of the break reasons set up in Desk, or leave it empty.',
};

/** A short free text; '' when there is none. */
function readReason(value: unknown): Reading<string> {
	const text = readText(value);
	return 'value' in text ? { value: text.value.trim() } : text;
}

/** get_member_list and get_member_list_in_group: 269/124319 and 269/127649 at cloud.tencent.com/document/product */
export const getAgents = defineOperation({
	resource: 'agent',
	operation: 'getMany',
	name: 'Get Many',
	action: 'Get many agents',
	description: 'List the agents of the application, or those of a group',
	toolDescription:
		'Lists the agents of customer service, all or those of one group. It shows who is online only if it is set up to include the status.',
	fields: {
		agentGroup: {
			...saying(agentGroup, {
				description: 'Only agents of this group (skill group). If empty: all agents.',
			}),
			isFilter: true,
		},
		includeStatus,
		returnAll,
		limit,
	},
	work: {
		kind: 'list',
		command: (values) =>
			values.agentGroup === null ? 'get_member_list' : 'get_member_list_in_group',
		body: (values) => filled({ MemberGroupID: values.agentGroup }),
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
		detail: {
			isWanted: (values) => values.includeStatus,
			command: 'describe_member_status_trace',
			body: ({ agent: member }, scene) => statusBody(member, scene),
			fields: statusOf,
		},
	},
});

/** Desk tells at most three months, of which the shortest have 89 days. */
const LOOK_BACK_SECONDS = 89 * 24 * 60 * 60;

const STATUS: Record<string, string> = {
	STATUS_FREE: 'free',
	STATUS_NOT_READY: 'notReady',
	STATUS_REST: 'rest',
	STATUS_OFFLINE: 'offline',
};

/**
 * describe_member_status_trace, https://cloud.tencent.com/document/product/269/123726. The newest entry is taken for
 * the status of now. As its sample looks, the status at the start of the time is listed with that time, so then it is
 * not known since when the agent has it.
 */
export const getAgentStatus = defineOperation({
	resource: 'agent',
	operation: 'getStatus',
	name: 'Get Status',
	action: 'Get status of agent',
	description: 'Look up whether an agent is free, not ready, on a break or offline, and since when',
	toolDescription:
		'Looks up the status of an agent of customer service, and since when. The status is free, notReady, rest (on a break) or offline. The status free does not mean that the agent has a free place.',
	fields: { agent },
	work: {
		kind: 'read',
		command: () => 'describe_member_status_trace',
		body: (values, scene) => statusBody(values.agent, scene),
		result: (answer, values, sent) => ({
			agent: values.agent,
			nickname: nameOf(answer.Nick),
			...statusOf(answer, sent),
		}),
		says: ({ status }) =>
			status === null
				? 'Desk did not report the status of the agent.'
				: `The status of the agent is ${String(status)}.`,
	},
});

function statusBody(agent: unknown, { nowMs }: Scene): IDataObject {
	const now = Math.floor(nowMs / 1000);
	return { MemberID: agent as string, BeginTime: now - LOOK_BACK_SECONDS, EndTime: now, Order: 2 };
}

function statusOf({ StatusList }: Answer, { BeginTime }: IDataObject): IDataObject {
	const latest = recordsOf(StatusList).at(0);
	const since = numberOf(latest?.Timestamp);
	const word = nameOf(latest?.Status);
	return {
		status: word === null ? null : (STATUS[word] ?? word),
		since: isoOfSeconds(since),
		isSinceExact: since === null ? null : since > Number(BeginTime),
		clients: recordsOf(latest?.Clients).map(({ ClientType }) => nameOf(ClientType)),
	};
}

/** set_member_status, https://cloud.tencent.com/document/product/269/124943 */
export const setAgentStatus = defineOperation({
	resource: 'agent',
	operation: 'setStatus',
	name: 'Set Status',
	action: 'Set status of agent',
	description: 'Set an agent to free, not ready, or on a break',
	toolDescription:
		'Sets the status of an agent of customer service to free, notReady or rest (on a break). It was done only if set is true. If the result is unclear, say so.',
	fields: { agent, status, ...when('status', 'rest', { restReason }) },
	codes: codesOf({
		request: {
			141004: [
				'Desk found a parameter that is not allowed.',
				'Check the Agent, and whether the Reason is set up in Desk.',
			],
		},
	}),
	work: {
		kind: 'change',
		command: () => 'set_member_status',
		body: (values) =>
			filled({
				MemberMail: values.agent,
				Status: SETTABLE_STATUS[values.status],
				RestReason: values.restReason,
			}),
		result: (_answer, values) => ({
			agent: values.agent,
			status: values.status,
			restReason: values.restReason || null,
			set: true,
		}),
		says: ({ status: word }) => `The status of the agent was set to ${String(word)}.`,
		what: 'the status was set',
		key: (values) => ['agent', values.agent.toLowerCase()],
		// The same status again changes nothing.
		whenUnclear: { may: 'repeat' },
	},
});
