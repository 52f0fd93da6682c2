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
	...[1, 5].map((rating) => ['SatisfactionSelected', rating, 'rating', rating] as const),
	...[0, 6, 2.5, undefined].map((none) => ['SatisfactionSelected', none, 'rating', null] as const),
	['SatisfactionSelected', '3', 'rating', 3],
	...['1001', 1001].map((group) => ['AgentGroupId', group, 'agentGroup', 1001] as const),
	...['0', ''].map((none) => ['AgentGroupId', none, 'agentGroup', null] as const),
] as const)('%s %p is read as the %s %p', (field, said, name, read) => {
	expect(readSessionRecord({ [field]: said })[name]).toBe(read);
});

test('an end status or channel that is on no page is passed through', () => {
	const { endStatus, channel } = readSessionRecord({ EndStatus: 'SomethingNew', ChannelType: 10 });
	expect([endStatus, channel]).toEqual(['SomethingNew', '10']);
});

test('names lose what is invisible and could pass for something else', () => {
	const { userNickname } = readSessionRecord({ ClientUserNickName: 'Mi\u202ea\u0007\n👩‍💻' });
	expect(userNickname).toBe('Mia 👩‍💻');
});

test.each<[unknown, string | null]>([
	['NotInSession', 'NotInSession'],
	['Not in session', 'NotInSession'],
	['Queueing', 'Queueing'],
	['Queuing', 'Queueing'],
	[' queuing ', 'Queueing'],
	['waiting for agent answering', 'WaitingForAgentAnswering'],
	['WAITING_FOR_AGENT_ANSWERING', 'WaitingForAgentAnswering'],
	['agent', 'Agent'],
	['ChatBot', 'Chatbot'],
	// One that is not documented is passed on as it is.
	['On Hold', 'On Hold'],
	...[undefined, null, '', {}].map((none): [unknown, null] => [none, null]),
])('the state %j is %s', (said, state) => {
	expect(stateOf(said)).toBe(state);
});
