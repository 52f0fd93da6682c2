import { isWithAgent, stateOf } from '../../shared/desk/session';
import { flagOf, isRecord, nameOf, type Answer } from '../../shared/desk/values';
import { agentGroup, agents, optionalAgent, sessionId } from '../fields/common';
import { readWholeNumber, switchField, type Field } from '../fields/field';
import { defineOperation, filled } from './operation';

const tellUser = switchField(
	'Tell User if Nobody Is Online',
	'Whether Desk sends its own notice to the user when no agent is online',
);

/*
 * Options of transfer_to_human, https://cloud.tencent.com/document/product/679/116634. Each is left out of the request
 * unless the builder sets it.
 */

function switchOption(displayName: string, description: string): Field<boolean> {
	const field = switchField(displayName, description);
	return { ...field, property: { ...field.property, default: true }, within: 'options' };
}

const TRANSFER_OPTIONS = {
	allowBusyAgents: switchOption(
		'Allow Agents Who Are Not Ready',
		'Whether an agent with the status Not Ready may get the session too',
	),
	doNotQueue: switchOption(
		'Do Not Queue',
		'Whether the item fails when no agent is free, instead of putting the user into the queue. You can try it again later.',
	),
	endIfNobodyOnline: switchOption(
		'End Session if Nobody Is Online',
		'Whether Desk ends the session when no agent is online',
	),
	onlyInWorkingHours: switchOption(
		'Only in Working Hours',
		'Whether Desk hands the session over only in the working hours that are set up in Desk',
	),
	priority: {
		property: {
			displayName: 'Priority in Queue',
			type: 'number',
			default: 5,
			typeOptions: { minValue: 0, maxValue: 9, numberPrecision: 0 },
			description:
				'The place in the queue: 0 is served first, 9 last. If empty: Desk uses its own value.',
		},
		within: 'options',
		hidden: null,
		read: (value) => readWholeNumber(value, { min: 0, max: 9 }),
		advice: 'Enter a whole number from 0 (served first) to 9, or remove the option.',
	} as Field<number | null>,
	queueTimeout: {
		property: {
			displayName: 'Queue Timeout',
			type: 'number',
			default: 3600,
			typeOptions: { minValue: 1, numberPrecision: 0 },
			description:
				'The longest time that the user waits in the queue, probably in seconds. Tencent does not document the unit. If empty: Desk uses its own value.',
		},
		within: 'options',
		hidden: null,
		read: (value) => readWholeNumber(value, { min: 1 }),
		advice: 'Enter a whole number, 1 or greater, or remove the option.',
	} as Field<number | null>,
	tellUserOutsideHours: switchOption(
		'Tell User Outside Working Hours',
		'Whether Desk sends its own notice to the user outside the working hours. Use it with Only in Working Hours.',
	),
};

/** transfer_to_human, https://cloud.tencent.com/document/product/679/116634; its codes are cut off after the first. */
export const transferSession = defineOperation({
	resource: 'session',
	operation: 'transfer',
	name: 'Transfer to Agent',
	action: 'Transfer session to agent',
	description: 'Hand a session over to a live agent, or into the queue for one',
	toolDescription:
		'Hands the session of a user over to a live (human) agent. A live agent was found only if agent names somebody. If isInQueue is true, the user waits for one. Otherwise never say that the user is connected or transferred. If the result is unclear, say so and do not call again.',
	fields: { sessionId, agentGroup, agent: agents, tellUser, ...TRANSFER_OPTIONS },
	work: {
		kind: 'change',
		command: () => 'transfer_to_human',
		body: (values) =>
			filled({
				SessionId: values.sessionId,
				AgentIdList: values.agent,
				AgentGroupId: values.agentGroup,
				...switches({
					SendTipIfNoAgentOnline: values.tellUser,
					CheckIfDuringWorkingHours: values.onlyInWorkingHours,
					SendPromptNotDuringWorkingHours: values.tellUserOutsideHours,
					EndSessionWhenNoMemberOnline: values.endIfNobodyOnline,
					DisableQueuing: values.doNotQueue,
					AllowAssignBusyMember: values.allowBusyAgents,
				}),
				Priority: values.priority,
				QueueTimeout: values.queueTimeout,
			}),
		result: (answer, values) => ({
			sessionId: values.sessionId,
			agent: nameOf(answer.AgentId),
			isInQueue: flagOf(answer.IsInQueue),
		}),
		says({ agent, isInQueue }) {
			if (isInQueue === true) return 'The user now waits in the queue for a live agent.';
			return agent === null
				? 'Desk took the request but named no live agent, so do not say that the user is connected.'
				: 'The session was handed to a live agent.';
		},
		what: 'the session was handed over',
		key: (values) => ['session', values.sessionId],
		whenUnclear: {
			may: 'look',
			asked: ({ agent, agentGroup: group, doNotQueue }) => ({ agents: agent, group, doNotQueue }),
			looksBefore: true,
			shows(now, { agents: wanted, group, doNotQueue, before }) {
				const state = stateOf(now.CurrentState);
				// One that was handed over and has ended is not with the chatbot again.
				if (state === 'Chatbot') return 'notDone';
				if (!isRecord(before) || placeOf(now) === placeOf(before)) return 'unknown';
				if (state === 'Queueing') {
					return doNotQueue === true ? 'unknown' : { done: { AgentId: '', IsInQueue: 1 } };
				}
				// The session does not tell of which group the agent is; the queue of before may be that of another.
				const isAnyAgent = Array.isArray(wanted) && wanted.length === 0;
				const mayBeByOldQueue = placeOf(before) === 'Queueing' && group !== null && isAnyAgent;
				const isDone = isWithAgent(state) && isOneOf(wanted, now.AgentId) && !mayBeByOldQueue;
				return isDone ? { done: { AgentId: now.AgentId, IsInQueue: 0 } } : 'unknown';
			},
		},
	},
});

/** Of no agents in particular, everybody is one. */
function isOneOf(wanted: unknown, agent: unknown): boolean {
	const name = nameOf(agent)?.toLowerCase();
	if (!Array.isArray(wanted)) return false;
	return wanted.length === 0 || wanted.some((one) => String(one).toLowerCase() === name);
}

/** Where the user is: with which agent, also one who has not answered yet; or in which other state. */
function placeOf({ CurrentState, AgentId }: Answer): string {
	const state = stateOf(CurrentState);
	return isWithAgent(state) ? `with ${nameOf(AgentId)}` : String(state);
}

/** 1 for what is on; what is off is Desk's default. */
function switches(values: Record<string, boolean>): Record<string, 1> {
	return Object.fromEntries(
		Object.entries(values)
			.filter(([, isOn]) => isOn)
			.map(([name]) => [name, 1]),
	);
}

/** transfer_session, https://cloud.tencent.com/document/product/269/118746; its answer does not name the new agent. */
export const reassignSession = defineOperation({
	resource: 'session',
	operation: 'reassign',
	name: 'Reassign',
	action: 'Reassign session',
	description: 'Hand over a session from its agent to another agent or group',
	toolDescription:
		'Hands over a session from its live agent to another live agent or group. It was handed over only if reassigned is true. agent is the agent you asked for. If the result is unclear, say so and do not call again.',
	fields: { sessionId, agentGroup, agent: optionalAgent },
	work: {
		kind: 'change',
		command: () => 'transfer_session',
		body: (values) =>
			filled({
				SessionId: values.sessionId,
				GroupId: values.agentGroup,
				MemberId: values.agent,
			}),
		result: (_answer, values) => ({
			sessionId: values.sessionId,
			agentGroup: values.agentGroup,
			agent: values.agent || null,
			reassigned: true,
		}),
		says: () => 'The session was handed over.',
		what: 'the session was handed over',
		key: (values) => ['session', values.sessionId],
		whenUnclear: {
			may: 'look',
			asked: ({ agent }) => ({ agent: agent || null }),
			// The agent who has the session afterwards may have had it before.
			looksBefore: true,
			shows(answer, { agent, before }) {
				const had = agentIn(before);
				const has = agentIn(answer);
				if (had === null) return 'unknown';
				if (has === had) return 'notDone';
				// Of a group, nobody tells who chose the agent.
				return has === nameOf(agent)?.toLowerCase() ? { done: {} } : 'unknown';
			},
		},
	},
});

/** The agent who has the session, or is to answer it; null when nobody has. */
function agentIn(answer: unknown): string | null {
	if (!isRecord(answer)) return null;
	if (!isWithAgent(stateOf(answer.CurrentState))) return null;
	return nameOf(answer.AgentId)?.toLowerCase() ?? null;
}
