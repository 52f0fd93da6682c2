import { codesOf } from '../../asking/codes';
import { when } from '../../fields/field';
import { agent, restReason, SETTABLE_STATUS, status } from '../../fields/agents';
import { defineOperation } from '../operation';

/** set_member_status, https://cloud.tencent.com/document/product/269/124943 */
export const setAgentStatus = defineOperation({
	resource: 'agent',
	operation: 'setStatus',
	name: 'Set Status',
	action: 'Set status of agent',
	description: 'Set an agent to free, not ready, or on a break',
	toolDescription:
		'Sets the status of an agent of customer service to free, notReady or rest (on a break). Only if set is true was it done. If it is not known, say so.',
	fields: { agent, status, restReason: when('status', 'rest', restReason) },
	codes: codesOf({
		141004: [
			'Desk found a parameter that is not allowed.',
			'Check the Agent, and that the Reason is one of those set up in Desk.',
		],
	}),
	work: {
		kind: 'change',
		command: () => 'set_member_status',
		body: (values) => ({
			MemberMail: values.agent,
			Status: SETTABLE_STATUS[values.status],
			...(values.restReason === '' ? {} : { RestReason: values.restReason }),
		}),
		result: (_answer, values) => ({
			agent: values.agent,
			status: values.status,
			restReason: values.restReason || null,
			set: true,
		}),
		says: ({ status: word }) => `The status of the agent was set to ${String(word)}.`,
		what: 'the status was set',
	},
});
