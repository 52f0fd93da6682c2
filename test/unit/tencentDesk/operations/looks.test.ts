import type { IDataObject } from 'n8n-workflow';

import { OPERATIONS } from '../../../../nodes/TencentDesk/operations/operations';

/** A session as Desk tells it: its state, and the agent after a colon. */
const sessionOf = (text: string) => {
	const [CurrentState, AgentId = ''] = text.split(': ');
	return { CurrentState, AgentId };
};

/** What the session shows of an unclear try, which is asked for as a retry of the execution keeps it: as JSON. */
function shown(operation: string, before: string | null, after: string, values: IDataObject) {
	const { work } = OPERATIONS.find((one) => one.operation === operation) ?? {};
	if (work?.kind !== 'change' || work.whenUnclear.may !== 'look') throw new Error('no look');
	const { asked, shows } = work.whenUnclear;
	const kept = { ...asked?.(values), ...(before !== null && { before: sessionOf(before) }) };
	return shows(sessionOf(after), JSON.parse(JSON.stringify(kept)) as IDataObject);
}

type Case = [before: string | null, after: string, asked: IDataObject, shown: object | string];

const ANYBODY = { agent: [], agentGroup: null, doNotQueue: false };
const AGENTS = { ...ANYBODY, agent: ['bob', 'Ann'] };
const GROUP = { ...ANYBODY, agentGroup: 1001 };
const ANN = { done: { AgentId: 'ann', IsInQueue: 0 } };
const QUEUE = { done: { AgentId: '', IsInQueue: 1 } };

test.each<Case>([
	['Chatbot', 'Agent: ann', ANYBODY, ANN],
	['Chatbot', 'Waiting For Agent Answering: ann', ANYBODY, ANN],
	['Chatbot', 'Queuing', ANYBODY, QUEUE],
	['Chatbot', 'Agent: ann', GROUP, ANN],
	['Chatbot', 'Agent: ann', AGENTS, ANN],
	['Agent: cleo', 'Agent: ann', AGENTS, ANN],
	['Agent: cleo', 'Agent: ann', GROUP, ANN],
	['Agent: cleo', 'Queueing', ANYBODY, QUEUE],
	['Queueing', 'Agent: ann', ANYBODY, ANN],
	['Queueing', 'Agent: ann', AGENTS, ANN],
	['Queueing', 'Agent: ann', { ...AGENTS, agentGroup: 1001 }, ANN],
	// Asked for somebody else, or for no queue.
	['Chatbot', 'Agent: cleo', AGENTS, 'unknown'],
	['Chatbot', 'Queueing', { ...ANYBODY, doNotQueue: true }, 'unknown'],
	// As it was before, or as it became without us.
	['Agent: ann', 'Agent: ann', ANYBODY, 'unknown'],
	['Agent: ann', 'Agent: ann', GROUP, 'unknown'],
	['Waiting For Agent Answering: ann', 'Agent: ann', AGENTS, 'unknown'],
	['Queueing', 'Queuing', ANYBODY, 'unknown'],
	['Queueing', 'Agent: ann', GROUP, 'unknown'],
	// Nobody knows how it was before.
	[null, 'Agent: ann', ANYBODY, 'unknown'],
	['Chatbot', 'Not in session', ANYBODY, 'unknown'],
	['Agent: ann', 'Chatbot', ANYBODY, 'notDone'],
])('a transfer of a session that was %s, and is %s, asked for as %j: %j', (...row) => {
	const [before, after, asked, result] = row;
	expect(shown('transfer', before, after, asked)).toEqual(result);
});

const BEN = { agent: 'Ben@example.com' };

test.each<Case>([
	['Agent: anna', 'Agent: ben@example.com', BEN, { done: {} }],
	['Agent: anna', 'Waiting For Agent Answering: ben@example.com', BEN, { done: {} }],
	['Agent: anna', 'Agent: Anna', BEN, 'notDone'],
	['Agent: anna', 'Agent: fay', BEN, 'unknown'],
	['Agent: anna', 'NotInSession', BEN, 'unknown'],
	['Chatbot', 'Agent: ben@example.com', BEN, 'unknown'],
	[null, 'Agent: ben@example.com', BEN, 'unknown'],
	// Of a group, nobody tells who chose the agent.
	['Agent: anna', 'Agent: ben@example.com', { agent: '' }, 'unknown'],
])('a reassignment of a session that was %s, and is %s, to %j: %j', (...row) => {
	const [before, after, asked, result] = row;
	expect(shown('reassign', before, after, asked)).toEqual(result);
});

test.each([
	['Queuing', 'notDone'],
	['Not in session', { done: {} }],
	['Chatbot', { done: {} }],
	['Agent: anna', 'unknown'],
])('leaving the queue, when the session is %s: %j', (after, result) => {
	expect(shown('leaveQueue', null, after, {})).toEqual(result);
});
