import { DEFAULT_ACCOUNT } from '../../simulator/world';
import { ask, codeOf, contact, useSimulator } from './client';

const simulator = useSimulator();
const SessionId = 'session-of-in-conversation';

const listed = async (body: Record<string, unknown> = {}) =>
	await ask(simulator(), { command: 'describe_chat_messages', body: { SessionId, ...body } });
const rolesOf = async (body: Record<string, unknown> = {}) =>
	((await listed(body)).Messages as Array<{ FromAccountRole: number }>).map(
		({ FromAccountRole }) => FromAccountRole,
	);
const text = (Text: string) => [{ MsgType: 'TIMTextElem', MsgContent: { Text } }];

describe('describe_chat_messages', () => {
	test('gives the messages of a session, the newest first unless the oldest are asked for', async () => {
		expect(await rolesOf()).toEqual([2, 3, 1]);
		expect(await rolesOf({ Order: 2 })).toEqual([2, 3, 1]);
		expect(await rolesOf({ Order: 1 })).toEqual([1, 3, 2]);
	});

	test('tells who said what, and when, in milliseconds', async () => {
		const { TotalCount, Messages } = await listed({ Order: 1, Limit: 1 });
		expect(TotalCount).toBe(3);
		expect(Messages).toEqual([
			{
				FromAccount: 'in-conversation',
				FromAccountRole: 1,
				MsgBody: text('Is it in stock?'),
				Timestamp: Date.UTC(2026, 0, 5, 9),
			},
		]);
	});

	test('pages by Limit and Offset', async () => {
		expect(await rolesOf({ Limit: 2 })).toEqual([2, 3]);
		expect(await rolesOf({ Limit: 2, Offset: 2 })).toEqual([1]);
	});

	test('has what send_msg left in the session, once for each MsgRandom', async () => {
		const toUser = { FromAccount: DEFAULT_ACCOUNT, ToAccount: 'in-conversation' };
		const say = async (where: object, MsgRandom: number) =>
			await codeOf(simulator(), {
				command: 'send_msg',
				body: { ...where, MsgRandom, MsgBody: text(`no. ${MsgRandom}`) },
			});
		await say({ SessionId }, 1);
		await say({ SessionId }, 1);
		await say(toUser, 2);

		const { TotalCount, Messages } = await listed({ Limit: 2 });
		expect(TotalCount).toBe(5);
		expect(Messages).toMatchObject([
			{ FromAccount: DEFAULT_ACCOUNT, FromAccountRole: 3, MsgBody: text('no. 2') },
			{ FromAccount: DEFAULT_ACCOUNT, FromAccountRole: 3, MsgBody: text('no. 1') },
		]);
	});

	test('keeps the messages of a session that ended, and starts anew with the next', async () => {
		await codeOf(simulator(), { command: 'end_session', body: { SessionId } });
		await codeOf(simulator(), contact('in-conversation'));

		expect((await listed()).TotalCount).toBe(3);
		const next = simulator().ledger[0].sessionId;
		expect(await listed({ SessionId: next })).toMatchObject({ TotalCount: 0, Messages: [] });
	});
});
