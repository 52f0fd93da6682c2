import { codesOf } from '../../asking/codes';
import { agent } from '../../fields/agents';
import { isoOfSeconds, nameOf, numberOf, recordsOf } from '../answer';
import { defineOperation } from '../operation';

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
	description: 'Look up whether an agent is free, busy, on a break or offline, and since when',
	toolDescription:
		'Looks up the status of an agent of customer service: free, notReady, rest (on a break) or offline, and since when. free does not mean that the agent has a free place.',
	fields: { agent },
	codes: codesOf({}),
	work: {
		kind: 'read',
		command: () => 'describe_member_status_trace',
		body(values, scene) {
			const now = Math.floor(scene.nowMs / 1000);
			return { MemberID: values.agent, BeginTime: now - LOOK_BACK_SECONDS, EndTime: now, Order: 2 };
		},
		result(answer, values, sent) {
			const latest = recordsOf(answer.StatusList).at(0);
			const since = numberOf(latest?.Timestamp);
			const word = nameOf(latest?.Status);
			return {
				agent: values.agent,
				nickname: nameOf(answer.Nick),
				status: word === null ? null : (STATUS[word] ?? word),
				since: isoOfSeconds(since),
				isSinceExact: since === null ? null : since > Number(sent.BeginTime),
				clients: recordsOf(latest?.Clients).map(({ ClientType }) => nameOf(ClientType)),
			};
		},
		says: ({ status }) =>
			status === null
				? 'Desk did not tell the status of the agent.'
				: `The status of the agent is ${String(status)}.`,
	},
});
