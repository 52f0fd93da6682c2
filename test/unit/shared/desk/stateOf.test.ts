import { stateOf } from '../../../../nodes/shared/desk/session';

test.each([
	['NotInSession', 'NotInSession'],
	['Not in session', 'NotInSession'],
	['Queueing', 'Queueing'],
	['Queuing', 'Queueing'],
	[' queuing ', 'Queueing'],
	['waiting for agent answering', 'WaitingForAgentAnswering'],
	['WAITING_FOR_AGENT_ANSWERING', 'WaitingForAgentAnswering'],
	['agent', 'Agent'],
	['ChatBot', 'Chatbot'],
])('the state %j is %s', (said, state) => {
	expect(stateOf(said)).toBe(state);
});

test('a state that is not documented is passed on as it is', () => {
	expect(stateOf('On Hold')).toBe('On Hold');
});

test.each([undefined, null, '', {}])('%j is no state', (said) => {
	expect(stateOf(said)).toBeNull();
});
