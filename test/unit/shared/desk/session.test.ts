import { readSessionRecord, stateOf } from '../../../../nodes/shared/desk/session';

test('a record of Desk is given in our names', () => {
	expect(
		readSessionRecord({
			SessionId: 's-1',
			AgentGroupId: '1001',
			AgentGroupName: 'Sales',
			AgentId: 'anna@example.com',
			ChannelType: 'SDK',
			ClientUserId: 'mia',
			ClientUserNickName: 'Mia',
			Duration: 90,
			EndStatus: 'AgentEndedSession',
			SatisfactionSelected: 4,
			Timestamp: 1_790_000_000,
		}),
	).toEqual({
		sessionId: 's-1',
		userId: 'mia',
		userNickname: 'Mia',
		agent: 'anna@example.com',
		agentGroup: 1001,
		agentGroupName: 'Sales',
		channel: 'SDK',
		durationSeconds: 90,
		endStatus: 'AgentEndedSession',
		rating: 4,
		time: '2026-09-21T14:13:20.000Z',
		timestampSeconds: 1_790_000_000,
	});
});

test('what is missing, empty or of another kind is null', () => {
	const nothing = readSessionRecord({});
	expect(new Set(Object.values(nothing))).toEqual(new Set([null]));
	const odd = {
		SessionId: '',
		AgentGroupId: 'sales',
		Duration: -1,
		Timestamp: 'yesterday',
		ClientUserNickName: { text: 'Mia' },
		EndStatus: ['x'],
	};
	expect(readSessionRecord(odd)).toEqual(nothing);
	expect(readSessionRecord({ Timestamp: 9e12 }).time).toBeNull();
});

test.each([
	[1, 1],
	[5, 5],
	['3', 3],
	[0, null],
	[6, null],
	[2.5, null],
	[undefined, null],
])('a rating of %p is read as %p', (said, read) => {
	expect(readSessionRecord({ SatisfactionSelected: said }).rating).toBe(read);
});

test.each([
	['1001', 1001],
	[1001, 1001],
	['0', null],
	['', null],
])('a group of %p is read as %p', (said, read) => {
	expect(readSessionRecord({ AgentGroupId: said }).agentGroup).toBe(read);
});

test('an end status or channel that is on no page is passed through', () => {
	const { endStatus, channel } = readSessionRecord({ EndStatus: 'SomethingNew', ChannelType: 10 });
	expect([endStatus, channel]).toEqual(['SomethingNew', '10']);
});

test('names lose what is invisible and could pass for something else', () => {
	const { userNickname } = readSessionRecord({ ClientUserNickName: 'Mi\u202ea\u0007\n👩‍💻' });
	expect(userNickname).toBe('Mia 👩‍💻');
});
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
