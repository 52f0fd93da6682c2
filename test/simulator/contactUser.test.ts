import { DEFAULT_ACCOUNT, type App } from '../../simulator/world';
import { ask, codeOf, contact, signWith, useSimulator } from './client';

const simulator = useSimulator();

const NIGHT_DESK = `${DEFAULT_ACCOUNT}_03`;

describe('each of the 15 answers arises from the demo world', () => {
	const queryOf = ({ sdkAppId, secretKey }: App) => ({
		sdkappid: String(sdkAppId),
		usersig: signWith(sdkAppId, secretKey),
	});

	test('141000: the app is no Desk app, whatever the command', async () => {
		const query = queryOf(simulator().world.apps[1]);
		expect(await codeOf(simulator(), { ...contact('mia'), query })).toBe(141000);
		expect(await codeOf(simulator(), { command: 'get_im_agent_list', query })).toBe(141000);
	});

	test('141014: agents of the app may not contact users, by any account', async () => {
		const query = queryOf(simulator().world.apps[3]);
		for (const { id } of simulator().world.accounts) {
			const call = contact('mia', { IMAgentUserID: id });
			expect(await codeOf(simulator(), { ...call, query })).toBe(141014);
		}
		expect(simulator().ledger).toEqual([]);
		expect(await codeOf(simulator(), { command: 'get_im_agent_list', query })).toBe(0);
	});

	test.each([
		[141001, 'everybody in the group is offline', contact('mia', { GroupId: 1003 })],
		[141001, 'everybody of the account is offline', contact('mia', { IMAgentUserID: NIGHT_DESK })],
		[
			141002,
			'the account is under repair',
			contact('mia', { IMAgentUserID: `${DEFAULT_ACCOUNT}_02` }),
		],
		[141003, 'the conversation stays with the chatbot', contact('chatbot-only')],
		[141004, 'the account does not exist', contact('mia', { IMAgentUserID: '@nobody' })],
		[141004, 'the agent does not exist', contact('mia', { MemberId: 'nobody@example.com' })],
		[
			141004,
			'the agent is not in the group',
			contact('mia', { MemberId: 'ben@example.com', GroupId: 1001 }),
		],
		[141011, 'the agent is offline', contact('mia', { MemberId: 'dana@example.com' })],
		[141012, 'the agent is full', contact('mia', { MemberId: 'eli@example.com' })],
		[141013, 'the agent is on a break', contact('mia', { MemberId: 'chen@example.com' })],
		[141015, 'the user does not exist', contact('unknown-7')],
		[141016, 'the user talks with an agent', contact('in-conversation')],
		[141016, 'the user waits for an agent', contact('in-queue')],
		[
			141017,
			'everybody online in the group is busy or on a break',
			contact('mia', { GroupId: 1004 }),
		],
		[141018, 'the group may not use the account', contact('mia', { GroupId: 1005 })],
		[141018, 'the agent may not use the account', contact('mia', { MemberId: 'fay@example.com' })],
		[141019, 'the group does not exist', contact('mia', { GroupId: 9999 })],
	])('%i: %s', async (code, _why, call) => {
		expect(await ask(simulator(), call)).toMatchObject({ ActionStatus: 'FAIL', ErrorCode: code });
		expect(simulator().ledger).toEqual([]);
	});
});

describe('of two things that are wrong, Desk names the one the README has first', () => {
	const nobody = { MemberId: 'nobody@example.com' };

	test.each([
		['account before user', 141004, contact('unknown-7', { IMAgentUserID: '@nobody' })],
		[
			'user before repair',
			141015,
			contact('unknown-7', { IMAgentUserID: `${DEFAULT_ACCOUNT}_02` }),
		],
		['session before group', 141016, contact('in-conversation', { GroupId: 9999 })],
		['chatbot before group', 141003, contact('chatbot-only', { GroupId: 9999 })],
		['group before agent', 141019, contact('mia', { GroupId: 9999, ...nobody })],
		['leave of the group before agent', 141018, contact('mia', { GroupId: 1005, ...nobody })],
	])('%s', async (_what, code, call) => {
		expect(await codeOf(simulator(), call)).toBe(code);
	});
});

test('an empty MemberId leaves the choice to Desk', async () => {
	expect(await ask(simulator(), contact('mia', { MemberId: '' }))).toMatchObject({
		ErrorCode: 0,
		MemberId: 'anna@example.com',
	});
});

test('a group and an agent are honoured', async () => {
	expect(
		await ask(simulator(), contact('mia', { GroupId: 1002, MemberId: 'ben@example.com' })),
	).toMatchObject({
		ErrorCode: 0,
		MemberId: 'ben@example.com',
	});
	expect(simulator().ledger).toMatchObject([
		{ userId: 'mia', account: DEFAULT_ACCOUNT, agentGroup: 1002, agent: 'ben@example.com' },
	]);
});

describe('the two spellings of the page', () => {
	const spelled = (fields: object) => ({ command: 'contact_user', body: fields });
	const sample = spelled({ IMAgentUserID: DEFAULT_ACCOUNT, ClientUserID: 'mia' });
	const table = spelled({ IMAgentUserId: DEFAULT_ACCOUNT, ClientUserId: 'mia' });
	const both = spelled({ ...sample.body, ...table.body });
	const lower = spelled({ imagentuserid: DEFAULT_ACCOUNT, clientuserid: 'mia' });

	test.each([
		['either', sample, 0],
		['either', table, 0],
		['either', both, 0],
		['either', lower, 141004],
		['sample', sample, 0],
		['sample', table, 141004],
		['sample', both, 0],
		['table', sample, 141004],
		['table', table, 0],
		['table', both, 0],
	] as const)('a Desk that reads %s takes %j with %i', async (fieldSpelling, call, code) => {
		simulator().world.fieldSpelling = fieldSpelling;
		expect(await codeOf(simulator(), call)).toBe(code);
	});

	test.each(['either', 'sample', 'table'] as const)(
		'a Desk that reads %s refuses two spellings that disagree',
		async (fieldSpelling) => {
			simulator().world.fieldSpelling = fieldSpelling;
			const twoUsers = spelled({ ...both.body, ClientUserId: 'noa' });
			const twoAccounts = spelled({ ...both.body, IMAgentUserId: `${DEFAULT_ACCOUNT}_01` });
			expect(await codeOf(simulator(), twoUsers)).toBe(141004);
			expect(await codeOf(simulator(), twoAccounts)).toBe(141004);
		},
	);
});
