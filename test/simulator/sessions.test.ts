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

	test('refuses a session that has ended', async () => {
		const SessionId = 'session-of-in-conversation';
		expect(await codeFor('end_session', { SessionId })).toBe(0);
		expect(await codeFor('end_session', { SessionId })).toBe(141005);
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

		const rest = { MemberMail: 'anna@example.com', Status: 'STATUS_REST', RestReason: '' };
		expect(await codeFor('set_member_status', rest)).toBe(0);
	});
});

describe('send_msg', () => {
	const text = { MsgType: 'TIMTextElem', MsgContent: { Text: 'Hello' } };
	const MsgBody = [text];
	const toUser = { FromAccount: DEFAULT_ACCOUNT, ToAccount: 'mia', MsgRandom: 1, MsgBody };

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
});
