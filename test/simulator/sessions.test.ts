import { DEFAULT_ACCOUNT } from '../../simulator/world';
import { ask, codeOf, contact, sessionOf, useSimulator } from './client';

const simulator = useSimulator();

const asked = async (command: string, body: unknown = {}) =>
	await ask(simulator(), { command, body });
const codeFor = async (command: string, body: unknown = {}) =>
	await codeOf(simulator(), { command, body });

describe('get_session_state', () => {
	test('says that a user nobody contacted is in no session', async () => {
		const answer = await ask(simulator(), sessionOf('mia'));

		expect(answer).toMatchObject({ ErrorCode: 0, CurrentState: 'NotInSession', SessionId: '' });
		expect(answer).not.toHaveProperty('AgentId');
	});

	test.each([
		['in-queue', 'Queueing', undefined],
		['with-chatbot', 'Chatbot', undefined],
		['in-conversation', 'Agent', 'anna@example.com'],
	])('names an agent for %s (%s) only where the page does', async (userId, state, agent) => {
		const answer = await ask(simulator(), sessionOf(userId));

		expect([answer.CurrentState, answer.AgentId]).toEqual([state, agent]);
	});

	test('finds a session by its id too', async () => {
		await asked('contact_user', contact('mia').body);
		const { SessionId } = await ask(simulator(), sessionOf('mia'));

		expect(await asked('get_session_state', { SessionId })).toMatchObject({
			SessionId,
			CurrentState: 'Agent',
		});
		expect(await codeFor('get_session_state', { SessionId: 'no such' })).toBe(141005);
	});

	test('still knows a session that ended, also when the user has another one since', async () => {
		await codeFor('contact_user', contact('mia').body);
		const [{ sessionId: SessionId }] = simulator().ledger;
		const ended = { SessionId };
		await codeFor('end_session', ended);
		const answer = { ErrorCode: 0, CurrentState: 'NotInSession', SessionId: '' };

		expect(await asked('get_session_state', ended)).toMatchObject(answer);
		await codeFor('contact_user', contact('mia').body);
		expect(await asked('get_session_state', ended)).toMatchObject(answer);
	});

	test('speaks the words of the English page when told to', async () => {
		simulator().world.dialect.stateWords = 'en';
		const stateOf = async (userId: string) =>
			(await ask(simulator(), sessionOf(userId))).CurrentState;

		expect(await stateOf('mia')).toBe('Not in session');
		expect(await stateOf('in-queue')).toBe('Queuing');
		expect(await stateOf('in-conversation')).toBe('Agent');
		simulator().reset();
		expect(await stateOf('in-queue')).toBe('Queueing');
	});

	test.each([{}, { ClientUserId: 'mia' }, { CustomerServiceId: 'x' }, { SessionId: 7 }])(
		'refuses %j',
		async (body) => {
			expect(await codeFor('get_session_state', body)).toBe(141004);
		},
	);
});

describe('end_session', () => {
	test('ends a conversation and gives the agent their capacity back', async () => {
		const toBen = (userId: string) => contact(userId, { MemberId: 'ben@example.com' });
		for (let index = 0; index < 5; index += 1) await ask(simulator(), toBen(`user-${index}`));
		const { SessionId } = await ask(simulator(), sessionOf('user-0'));

		expect(await codeOf(simulator(), toBen('user-9'))).toBe(141012);
		expect(await codeFor('end_session', { SessionId })).toBe(0);
		expect(await ask(simulator(), sessionOf('user-0'))).toMatchObject({
			CurrentState: 'NotInSession',
		});
		expect(await codeOf(simulator(), toBen('user-9'))).toBe(0);
	});

	test('refuses a session that has ended, never was, or is with the chatbot', async () => {
		const SessionId = 'session-of-in-conversation';
		expect(await codeFor('end_session', { SessionId })).toBe(0);
		expect(await codeFor('end_session', { SessionId })).toBe(141005);
		expect(await codeFor('end_session', { SessionId: 'no such' })).toBe(141005);
		expect(await codeFor('end_session', { SessionId: 'session-of-with-chatbot' })).toBe(141005);
		expect(await codeFor('end_session')).toBe(141004);
	});
});

describe('set_member_status', () => {
	test('sends an agent on a break and back', async () => {
		const toAnna = contact('mia', { MemberId: 'anna@example.com' });
		const set = async (Status: string) =>
			await codeFor('set_member_status', { MemberMail: 'anna@example.com', Status });

		expect(await set('STATUS_REST')).toBe(0);
		expect(await codeOf(simulator(), toAnna)).toBe(141013);
		expect(await set('STATUS_NOT_READY')).toBe(0);
		expect(await codeOf(simulator(), toAnna)).toBe(141011);
		expect(await set('STATUS_FREE')).toBe(0);
		expect(await codeOf(simulator(), toAnna)).toBe(0);
	});

	test('takes the reasons for a break that there are, and none', async () => {
		const rest = { MemberMail: 'anna@example.com', Status: 'STATUS_REST' };
		expect(await codeFor('set_member_status', { ...rest, RestReason: 'Lunch' })).toBe(0);
		expect(await codeFor('set_member_status', { ...rest, RestReason: '' })).toBe(0);
		expect(await codeFor('set_member_status', { ...rest, RestReason: 'Sunshine' })).toBe(141004);
	});

	test('refuses an agent who does not exist and a status that is none', async () => {
		expect(
			await codeFor('set_member_status', { MemberMail: 'nobody@x', Status: 'STATUS_FREE' }),
		).toBe(141010);
		expect(
			await codeFor('set_member_status', { MemberMail: 'anna@example.com', Status: 'FREE' }),
		).toBe(141004);
		expect(
			await codeFor('set_member_status', {
				MemberMail: 'anna@example.com',
				Status: 'STATUS_OFFLINE',
			}),
		).toBe(141004);
	});
});

describe('send_msg', () => {
	const text = { MsgType: 'TIMTextElem', MsgContent: { Text: 'Hello' } };
	const MsgBody = [text];
	const toUser = { FromAccount: DEFAULT_ACCOUNT, ToAccount: 'mia', MsgRandom: 1, MsgBody };

	test.each([
		['to a user', toUser, 0],
		['to a session', { SessionId: 'session-of-in-conversation', MsgRandom: 1, MsgBody }, 0],
		['to a session that does not exist', { SessionId: 'no such', MsgRandom: 1, MsgBody }, 141005],
		['to nobody', { MsgRandom: 1, MsgBody }, 141004],
		['from somebody who is no account', { ...toUser, FromAccount: 'mia' }, 90008],
		['without receiver', { ...toUser, ToAccount: undefined }, 90003],
		['to a user who does not exist', { ...toUser, ToAccount: 'unknown-1' }, 90012],
		['without MsgRandom', { ...toUser, MsgRandom: undefined }, 90005],
		['with a MsgRandom beyond uint32', { ...toUser, MsgRandom: 2 ** 32 }, 90005],
		['without MsgBody', { ...toUser, MsgBody: undefined }, 90002],
		['with an empty MsgBody', { ...toUser, MsgBody: [] }, 90002],
		['with text as MsgBody', { ...toUser, MsgBody: 'Hello' }, 90002],
		['with an element that is none', { ...toUser, MsgBody: [{ ...text, MsgType: 'Text' }] }, 90002],
		[
			'with a text element without text',
			{ ...toUser, MsgBody: [{ ...text, MsgContent: {} }] },
			90002,
		],
		['with more than 12 KB', { ...toUser, MsgBody: Array(500).fill(text) }, 80002],
	])('%s', async (_what, body, code) => {
		expect(await codeFor('send_msg', body)).toBe(code);
	});

	test('leaves one message for each MsgRandom, from the account to the user', async () => {
		const message = { account: DEFAULT_ACCOUNT, userId: 'mia', random: 1, text: 'Hello' };
		await codeFor('send_msg', toUser);
		await codeFor('send_msg', toUser);
		expect(simulator().messages).toMatchObject([message]);

		await codeFor('send_msg', { ...toUser, MsgRandom: 2 });
		await codeFor('send_msg', { ...toUser, ToAccount: 'noa' });
		await codeFor('send_msg', {
			SessionId: 'session-of-in-conversation',
			MsgRandom: 1,
			MsgBody: [text, { MsgType: 'TIMCustomElem', MsgContent: { Data: '{}' } }, text],
		});
		expect(simulator().messages).toMatchObject([
			message,
			{ ...message, random: 2 },
			{ ...message, userId: 'noa' },
			{ ...message, userId: 'in-conversation', text: 'Hello\nHello' },
		]);
		expect(simulator().requests.map(({ userId }) => userId)).toEqual([
			...['mia', 'mia', 'mia', 'noa', 'in-conversation'],
		]);

		simulator().reset();
		expect(simulator().messages).toEqual([]);
	});

	test('leaves no message that it refuses', async () => {
		await codeFor('send_msg', { ...toUser, ToAccount: 'unknown-1' });
		expect(simulator().messages).toEqual([]);
	});
});
