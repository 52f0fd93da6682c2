import { readFileSync } from 'node:fs';
import path from 'node:path';

import { readCallback } from '../../../nodes/TencentDeskEventTrigger/callbacks';

const AT = { EventTime: 1796060959050 };
const TIME = '2026-11-30T17:49:19.050Z';
const OF_MIA = { SessionId: 's1', ClientUserId: 'mia', CustomerServiceId: '@csa' };
const MIA = { sessionId: 's1', userId: 'mia', customerServiceAccount: '@csa' };
const COMMANDS = {
	session: 'Desk.SessionEventNotify',
	member: 'Member.EventNotify',
	taskFlow: 'Chatbot.TaskFlowEventNotify',
	assign: 'ChatBot.OnAssignHuman',
	assignOnOlderPages: 'ChatBot.OnAssignAgent',
	call: 'Chatbot.InterfaceInvocation',
};

const read = (call: keyof typeof COMMANDS, body: object) =>
	readCallback({ CallbackCommand: COMMANDS[call], ...body });

const element = (MsgType: string, MsgContent: unknown) => ({ MsgType, MsgContent });

test.each<[event: string, keyof typeof COMMANDS, sent: object, read: object]>([
	[
		'sessionBegan',
		'session',
		{ ...AT, ...OF_MIA, Event: 'SessionBegin', ChannelType: 'SDK', IsContactUser: true },
		{ ...MIA, deskEvent: 'SessionBegin', time: TIME, channel: 'SDK', contactedByAgent: true },
	],
	[
		'userWroteToBot',
		'session',
		{
			Event: 'ChatBot.UserSendMsg',
			MsgKey: 'k1',
			MsgBody: [
				element('TIMTextElem', { Text: ' Hello\n‏you ' }),
				element('TIMImageElem', {}),
				element('TIMTextElem', { Text: 'there' }),
				'odd',
			],
		},
		{ text: ' Hello\n‏you \nthere', messageKey: 'k1' },
	],
	['botAnswered', 'session', { Event: 'ChatBot.RobotSendMsg' }, { text: null, rating: null }],
	[
		'otherSessionEvent',
		'session',
		{
			Event: 'Session.New',
			SatisfactionSelected: 4,
			ForwardFromAgentId: 'a@b.c',
			AgentId: 'd@b.c',
		},
		{ deskEvent: 'Session.New', rating: 4, previousAgent: 'a@b.c', agent: 'd@b.c' },
	],
	['otherSessionEvent', 'session', { Event: 'toString' }, { deskEvent: 'toString' }],
	['otherSessionEvent', 'session', { Event: 7 }, { deskEvent: '7', time: null, sessionId: null }],
	[
		'agentStatusChanged',
		'member',
		{
			...AT,
			Event: 'Member.StatusChange',
			MemberId: 'anna@example.com',
			Status: 'ready',
			ClientInfo: [{ ClientType: 'Web', IsConnected: false }],
		},
		{
			deskEvent: 'Member.StatusChange',
			agent: 'anna@example.com',
			status: 'free',
			restReason: null,
			clients: [{ type: 'Web', isConnected: false }],
		},
	],
	[
		'agentStatusChanged',
		'member',
		{ Status: 'rest', RestReason: 'Lunch' },
		{ status: 'rest', restReason: 'Lunch', clients: [] },
	],
	['agentStatusChanged', 'member', { Status: 'free' }, { status: 'free' }],
	['agentStatusChanged', 'member', { Status: 'newWord' }, { status: 'newWord' }],
	[
		'taskFlowEvent',
		'taskFlow',
		{ ...OF_MIA, Event: 'TaskBegin', ExecutionId: 'e1', Seq: 2, TaskId: 7, Env: 'production' },
		{ ...MIA, deskEvent: 'TaskBegin', executionId: 'e1', sequence: 2, taskId: 7 },
	],
	['assignAgent', 'assign', { ...AT, ...OF_MIA }, { ...MIA, deskEvent: null, time: TIME }],
	['assignAgent', 'assignOnOlderPages', OF_MIA, MIA],
	[
		'taskFlowCall',
		'call',
		{ Body: { SystemSessionID: 's1', SystemClientUserID: 'mia', order: '12' } },
		{ sessionId: 's1', userId: 'mia', values: { SystemSessionID: 's1', order: '12' } },
	],
	['taskFlowCall', 'call', { Body: 'odd' }, { sessionId: null, values: {} }],
])('%s (%s): %j', (event, call, sent, expected) => {
	const callback = read(call, sent);
	expect(callback?.event).toBe(event);
	expect(callback?.json).toMatchObject({ event, ...expected });
	expect(callback?.json.raw).toEqual({ CallbackCommand: COMMANDS[call], ...sent });
});

test('all that Desk sends stands under raw, also what this node does not know', () => {
	const unknown = { Unheard: { a: [1] } };
	expect(read('session', unknown)?.json.raw).toMatchObject(unknown);
});

test('a step of a task flow is told by its execution and its number; nothing else by its body', () => {
	const step = { ExecutionId: 'e1', Seq: 2 };
	expect(read('taskFlow', step)?.identity).toBe('e1 2');
	expect(read('taskFlow', { ExecutionId: 'e1' })?.identity).toBeUndefined();
	expect(read('assign', step)?.identity).toBeUndefined();
});

test.each([{}, { CallbackCommand: 'C2C.CallbackBeforeSendMsg' }, { CallbackCommand: ['x'] }])(
	'%j is no call of this node',
	(body) => {
		expect(readCallback(body)).toBeUndefined();
	},
);

test('the preview in the editor has the fields of a session event', () => {
	const file = '../../../nodes/TencentDeskEventTrigger/__schema__/v1.0.0.json';
	const schema = JSON.parse(readFileSync(path.join(__dirname, file), 'utf8')) as {
		properties: object;
	};
	const { json } = read('session', {}) ?? {};
	expect(Object.keys(schema.properties)).toEqual(Object.keys(json ?? {}));
});
