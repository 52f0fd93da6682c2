import { z } from 'zod';
import { readFields, refuse, succeed } from '../answers';
import { agentOf } from '../sessions';
import type { Agent, AgentStatus } from '../world';
import type { Command } from './command';
import { STATUS_WORD } from './members';

/** "At most 3 months" (269/123726); the longest three months there are. */
const MAX_RANGE_SECONDS = 92 * 24 * 60 * 60;

const seconds = z.number().int().min(0);

const schema = z.object({
	BeginTime: seconds,
	EndTime: seconds,
	Order: z.union([z.literal(1), z.literal(2)]),
	MemberID: z.string().min(1),
});

/** The status at the beginning, then each change; the last one is what the agent is now, whoever set it. */
const statusesSince = (agent: Agent, begin: number): Array<[at: number, status: AgentStatus]> => {
	const changes = agent.changes ?? [];
	const [first] = changes;
	const all = changes.map(({ at, after }, index): [number, AgentStatus] => [
		Math.floor(at / 1000),
		index === changes.length - 1 ? agent.status : after,
	]);
	const before = all.filter(([at]) => at <= begin).at(-1)?.[1] ?? first?.before ?? agent.status;
	return [[begin, before], ...all.filter(([at]) => at > begin)];
};

/**
 * describe_member_status_trace, 269/123726: all fields are required. That the status at BeginTime comes first is how
 * we read its sample.
 */
export const describeStatusTrace: Command = (body, { world }) => {
	const read = readFields(schema, body);
	if ('refusal' in read) return read.refusal;
	const { BeginTime, EndTime, Order, MemberID } = read.fields;
	if (BeginTime > EndTime) return refuse(141004, 'BeginTime is after EndTime');
	if (EndTime - BeginTime > MAX_RANGE_SECONDS) return refuse(141004, 'more than 3 months');
	const agent = agentOf(world, MemberID);
	if (agent === undefined) return refuse(141010);
	const list = statusesSince(agent, BeginTime)
		.filter(([at]) => at <= EndTime)
		.map(([Timestamp, status]) => ({
			Timestamp,
			Status: STATUS_WORD[status],
			Clients: status === 'offline' ? [] : [{ ClientType: 'Web' }],
		}));
	return succeed({ Nick: agent.nick, StatusList: Order === 1 ? list : list.reverse() });
};
