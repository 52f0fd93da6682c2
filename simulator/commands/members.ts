import { z } from 'zod';
import { readFields, refuse, succeed } from '../answers';
import { agentOf } from '../sessions';
import type { Agent, AgentStatus } from '../world';
import type { Command } from './command';

export const STATUS_WORD = {
	free: 'STATUS_FREE',
	notReady: 'STATUS_NOT_READY',
	rest: 'STATUS_REST',
	offline: 'STATUS_OFFLINE',
} as const satisfies Record<AgentStatus, string>;

const SETTABLE = ['free', 'notReady', 'rest'] as const;

const schema = z.object({
	MemberMail: z.string().min(1),
	Status: z.enum(['STATUS_FREE', 'STATUS_NOT_READY', 'STATUS_REST']),
	RestReason: z.string().optional(),
});

export const setStatus = (agent: Agent, after: AgentStatus, at: number): void => {
	agent.changes = [...(agent.changes ?? []), { at, before: agent.status, after }];
	agent.status = after;
};

/** set_member_status, 269/124943: an unknown agent answers 141010; nobody is set offline by it. */
export const setMemberStatus: Command = (body, { world, now }) => {
	const read = readFields(schema, body);
	if ('refusal' in read) return read.refusal;
	const { MemberMail, Status, RestReason } = read.fields;
	const agent = agentOf(world, MemberMail);
	const status = SETTABLE.find((name) => STATUS_WORD[name] === Status);
	if (agent === undefined || status === undefined) return refuse(141010);
	if (RestReason && !world.restReasons.includes(RestReason)) {
		return refuse(141004, 'RestReason is none of the list');
	}
	setStatus(agent, status, now());
	return succeed();
};
