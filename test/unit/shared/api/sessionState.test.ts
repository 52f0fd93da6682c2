import { readSessionState } from '../../../../nodes/shared/api/sessionState';

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
])('%j is %s', (said, state) => {
	expect(readSessionState(said)).toBe(state);
});

test('a state that is not documented is passed on as it is', () => {
	expect(readSessionState('On Hold')).toBe('On Hold');
});

test.each([undefined, null, '', 5, {}])('%j is no state', (said) => {
	expect(readSessionState(said)).toBeNull();
});
