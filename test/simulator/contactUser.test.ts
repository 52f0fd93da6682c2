import { DEFAULT_ACCOUNT, type App } from '../../simulator/world';
import { ask, codeOf, contact, sessionOf, signWith, useSimulator } from './client';

const simulator = useSimulator();

// What is refused for what the body says stands in strictness.test.ts.
test.each([
	['141000: the app is no Desk app, whatever the command', 1, 141000, 141000],
	[
		'141014: agents of the app may not contact users, and other commands are answered',
		3,
		141014,
		0,
	],
])('%s', async (_what, app, contacting, others) => {
	const { sdkAppId, secretKey }: App = simulator().world.apps[app];
	const query = { sdkappid: String(sdkAppId), usersig: signWith(sdkAppId, secretKey) };
	for (const { id } of simulator().world.accounts) {
		const call = contact('mia', { IMAgentUserID: id });
		expect(await codeOf(simulator(), { ...call, query })).toBe(contacting);
	}
	expect(await codeOf(simulator(), { command: 'get_im_agent_list', query })).toBe(others);
	expect(simulator().ledger).toEqual([]);
});

test('a group and an agent are honoured, and an empty MemberId leaves the choice to Desk', async () => {
	const toBen = contact('mia', { GroupId: 1002, MemberId: 'ben@example.com' });
	expect(await ask(simulator(), toBen)).toMatchObject({ MemberId: 'ben@example.com' });
	expect(await ask(simulator(), contact('noa', { MemberId: '' }))).toMatchObject({
		MemberId: 'anna@example.com',
	});
	expect(simulator().ledger).toMatchObject([
		{ userId: 'mia', account: DEFAULT_ACCOUNT, agentGroup: 1002, agent: 'ben@example.com' },
		{ userId: 'noa', agentGroup: null },
	]);
});

test('a session with one customer service account does not stand in the way of another', async () => {
	const other = { IMAgentUserID: `${DEFAULT_ACCOUNT}_01` };
	expect(await codeOf(simulator(), contact('mia'))).toBe(0);
	expect(await codeOf(simulator(), contact('mia', other))).toBe(0);
});

test('a conversation with the chatbot is taken over by an agent', async () => {
	expect(await codeOf(simulator(), contact('with-chatbot'))).toBe(0);
	const { CurrentState } = await ask(simulator(), sessionOf('with-chatbot'));
	expect(CurrentState).toBe('Agent');
});

test('the least busy agent is chosen, and one without a limit never runs out', async () => {
	const agents: unknown[] = [];
	for (let index = 0; index < 20; index += 1) {
		agents.push((await ask(simulator(), contact(`user-${index}`))).MemberId);
	}
	const [anna, ben] = ['anna@example.com', 'ben@example.com'];
	expect(agents.slice(0, 4)).toEqual([anna, ben, anna, ben]);
	expect(agents.filter((agent) => agent === ben)).toHaveLength(5);
	expect(simulator().ledger).toHaveLength(20);
});

test('a listed user exists, any other does not', async () => {
	simulator().world.users = ['mia'];
	expect(await codeOf(simulator(), contact('noa'))).toBe(141015);
	expect(await codeOf(simulator(), contact('mia'))).toBe(0);
});

describe('the two spellings of the page', () => {
	const sample = { IMAgentUserID: DEFAULT_ACCOUNT, ClientUserID: 'mia' };
	const table = { IMAgentUserId: DEFAULT_ACCOUNT, ClientUserId: 'mia' };
	const both = { ...sample, ...table };
	const lower = { imagentuserid: DEFAULT_ACCOUNT, clientuserid: 'mia' };
	const twoUsers = { ...both, ClientUserId: 'noa' };
	const twoAccounts = { ...both, IMAgentUserId: `${DEFAULT_ACCOUNT}_01` };

	test.each([
		['either', [sample, table, both], [lower, twoUsers, twoAccounts]],
		['sample', [sample, both], [table, twoUsers, twoAccounts]],
		['table', [table, both], [sample, twoUsers, twoAccounts]],
	] as const)('what a Desk that reads %s takes, and refuses', async (spelling, taken, refused) => {
		const codeFor = async (body: object) => {
			simulator().reset();
			simulator().world.fieldSpelling = spelling;
			return await codeOf(simulator(), { command: 'contact_user', body });
		};
		for (const body of taken) expect([body, await codeFor(body)]).toEqual([body, 0]);
		for (const body of refused) expect([body, await codeFor(body)]).toEqual([body, 141004]);
	});
});
