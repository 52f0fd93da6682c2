import { DEFAULT_ACCOUNT } from '../../simulator/world';
import { ask, codeOf, contact, sessionOf, useSimulator } from './client';

const simulator = useSimulator();

const asked = async (command: string, body: unknown = {}) =>
	await ask(simulator(), { command, body });
const codeFor = async (command: string, body: unknown = {}) =>
	await codeOf(simulator(), { command, body });

describe('get_session_state', () => {
	test.each([
		['mia', 'NotInSession', undefined, ''],
		['in-queue', 'Queueing', undefined, 'session-of-in-queue'],
		['with-chatbot', 'Chatbot', undefined, 'session-of-with-chatbot'],
		['in-conversation', 'Agent', 'anna@example.com', 'session-of-in-conversation'],
	])(
		'names an agent for %s (%s) only where the page does',
		async (userId, state, agent, SessionId) => {
			const answer = await ask(simulator(), sessionOf(userId));
			expect([answer.CurrentState, answer.AgentId, answer.SessionId]).toEqual([
				...[state, agent, SessionId],
			]);
			if (SessionId !== '') {
				expect(await asked('get_session_state', { SessionId })).toEqual(answer);
			}
		},
	);

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

		const states = [
			await stateOf('mia'),
			await stateOf('in-queue'),
			await stateOf('in-conversation'),
		];
		expect(states).toEqual(['Not in session', 'Queuing', 'Agent']);
	});
});

describe('end_session', () => {
	test('ends a conversation once, and gives the agent their capacity back', async () => {
		const toBen = (userId: string) => contact(userId, { MemberId: 'ben@example.com' });
		for (let index = 0; index < 5; index += 1) await ask(simulator(), toBen(`user-${index}`));
		const { SessionId } = await ask(simulator(), sessionOf('user-0'));

		expect(await codeOf(simulator(), toBen('user-9'))).toBe(141012);
		expect(await codeFor('end_session', { SessionId })).toBe(0);
		expect(await codeFor('end_session', { SessionId })).toBe(141005);
		expect(await codeOf(simulator(), toBen('user-9'))).toBe(0);
	});
});

describe('set_member_status', () => {
	test('sends an agent on a break and back', async () => {
		const toAnna = contact('mia', { MemberId: 'anna@example.com' });
		for (const [Status, code] of [
			['STATUS_REST', 141013],
			['STATUS_NOT_READY', 141011],
			['STATUS_FREE', 0],
		] as const) {
			const body = { MemberMail: 'anna@example.com', Status, RestReason: '' };
			expect(await codeFor('set_member_status', body)).toBe(0);
			expect(await codeOf(simulator(), toAnna)).toBe(code);
		}
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
