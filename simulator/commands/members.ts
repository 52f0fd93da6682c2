import { z } from 'zod';
import { readFields, refuse, succeed } from '../answers';
import type { Agent } from '../world';
import type { Command } from './command';

const STATUS = {
	STATUS_FREE: 'free',
	STATUS_NOT_READY: 'notReady',
	STATUS_REST: 'rest',
} satisfies Record<string, Agent['status']>;

const schema = z.object({
	MemberMail: z.string().min(1),
	Status: z.enum(['STATUS_FREE', 'STATUS_NOT_READY', 'STATUS_REST']),
	RestReason: z.string().optional(),
});

/** set_member_status, 269/124943: an unknown agent answers 141010. */
export const setMemberStatus: Command = (body, world) => {
	const read = readFields(schema, body);
	if ('refusal' in read) return read.refusal;
	const agent = world.agents.find((candidate) => candidate.mail === read.fields.MemberMail);
	if (agent === undefined) return refuse(141010);
	agent.status = STATUS[read.fields.Status];
	return succeed();
};
