import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { OPERATIONS } from '../../../nodes/TencentDesk/operations/operations';
import { recordOf } from '../../../simulator/records';
import { DEFAULT_ACCOUNT } from '../../../simulator/world';
import { byId, useSimulator } from '../desk';
import { runTencentDesk } from './harness';

const simulator = useSimulator();

/** Runs one operation for one item; `users` for several. */
async function run(name: string, fields: INodeParameters, items?: IDataObject[]) {
	const [resource, operation] = name.split('.');
	const done = await runTencentDesk({
		items,
		parameters: { resource, operation, ...fields },
		credential: simulator().credential,
	});
	if (done.error) throw done.error;
	checkSchema(name, done.items[0]?.json);
	return { ...done, results: done.items.map(({ json }) => json) };
}

/** What the editor shows of an operation before its first run has the fields of what it gives. */
function checkSchema(name: string, result: IDataObject | undefined): void {
	if (result === undefined) return;
	const file = `nodes/TencentDesk/__schema__/v1.0.0/${name.replace('.', '/')}.json`;
	const schema = JSON.parse(
		readFileSync(path.resolve(__dirname, '../../..', file), 'utf8'),
	) as IDataObject;
	checked.add(name);
	const { raw, ...fields } = result;
	expect([name, ...Object.keys(schema.properties as object)]).toEqual([
		name,
		...Object.keys(fields),
	]);
}
const checked = new Set<string>();

const toUser = { customerServiceAccount: byId(DEFAULT_ACCOUNT), userId: '={{ $json.userId }}' };
const ON_SESSION = 'session-of-in-conversation';

describe('Event: Answer', () => {
	const OK = { ActionStatus: 'OK', ErrorCode: 0, ErrorInfo: '' };
	const value = (...rows: INodeParameters[]) => ({
		values: { value: rows },
		answerTo: 'taskFlowCall',
	});

	test.each<[what: string, fields: INodeParameters, answer: object]>([
		['nobody: the own strategy of Desk', {}, {}],
		['an agent', { agent: byId('=anna@example.com') }, { AgentIdList: ['anna@example.com'] }],
		[
			'agents and a group',
			{ agent: byId('a@example.com, b@example.com'), agentGroup: byId('1001') },
			{ AgentIdList: ['a@example.com', 'b@example.com'], AgentGroupId: 1001 },
		],
		['no values', { answerTo: 'taskFlowCall' }, { Body: {} }],
		[
			'values, as texts',
			value(
				{ name: 'order', value: '={{ $json.order }}' },
				{ name: 'paid', value: '={{ true }}' },
				{ name: 'none', value: '' },
			),
			{ Body: { order: '12', paid: 'true', none: '' } },
		],
	])('answers with %s', async (_what, fields, answer) => {
		const done = await run('event.answer', fields, [{ order: 12 }]);
		expect(done.answers).toEqual([{ body: { ...OK, ...answer }, statusCode: 200 }]);
		expect(simulator().requests).toEqual([]);
	});

	test.each<[fields: INodeParameters, message: RegExp]>([
		[{ agent: byId('none') }, /^Agent is "none", which names nobody/],
		[{ agentGroup: byId('sales') }, /^Agent Group is not a positive whole number/],
		[value({ name: '', value: 'x' }), /^Values has a value without a name/],
		[
			value({ name: 'order', value: '={{ $json }}' }),
			/^Values has a value, order, that is neither/,
		],
	])('answers nothing for %j', async (fields, message) => {
		const parameters = { resource: 'event', operation: 'answer', ...fields };
		const { credential } = simulator();
		const done = await runTencentDesk({ items: [{ a: 1 }], parameters, credential });
		expect(done.error?.message).toMatch(message);
		expect(done.answers).toEqual([]);
	});
});

describe('Message: Send', () => {
	test('leaves the text of every item with its user', async () => {
		const { results, linked } = await run(
			'message.send',
			{ ...toUser, text: '=Hello {{ $json.userId }}' },
			[{ userId: 'mia' }, { userId: 'leo' }],
		);

		expect(simulator().messages).toMatchObject([
			{ account: DEFAULT_ACCOUNT, userId: 'mia', text: 'Hello mia' },
			{ account: DEFAULT_ACCOUNT, userId: 'leo', text: 'Hello leo' },
		]);
		expect(results[0]).toEqual({
			sent: true,
			sessionId: null,
			userId: 'mia',
			customerServiceAccount: DEFAULT_ACCOUNT,
			messageRandom: simulator().messages[0].random,
			answer: {},
		});
		expect(linked).toEqual([{ userId: 'mia' }, { userId: 'leo' }]);
	});

	test('leaves a text in a session', async () => {
		const { results } = await run('message.send', {
			target: 'session',
			sessionId: ON_SESSION,
			text: 'One moment please.',
		});

		expect(simulator().messages).toMatchObject([
			{ userId: 'in-conversation', text: 'One moment please.' },
		]);
		expect(results).toMatchObject([{ sent: true, sessionId: ON_SESSION, userId: null }]);
	});

	test('sends two alike texts of two items as two messages', async () => {
		await run('message.send', { ...toUser, text: 'Hello' }, [{ userId: 'mia' }, { userId: 'mia' }]);

		expect(simulator().messages).toHaveLength(2);
	});
});

describe('Session: Get', () => {
	test('tells the state of the session of a user, and the agent', async () => {
		const { results } = await run('session.get', toUser, [{ userId: 'in-conversation' }]);

		expect(results).toEqual([
			{
				sessionId: ON_SESSION,
				state: 'Agent',
				agent: 'anna@example.com',
				userId: 'in-conversation',
				customerServiceAccount: DEFAULT_ACCOUNT,
			},
		]);
	});

	test.each(['zh', 'en'] as const)(
		'has one spelling of a state, also where Desk has its own (%s)',
		async (stateWords) => {
			simulator().world.dialect.stateWords = stateWords;

			const { results } = await run('session.get', toUser, [
				{ userId: 'in-queue' },
				{ userId: 'nobody' },
				{ userId: 'with-chatbot' },
			]);

			expect(results.map(({ state, sessionId }) => [state, sessionId])).toEqual([
				['Queueing', 'session-of-in-queue'],
				['NotInSession', null],
				['Chatbot', 'session-of-with-chatbot'],
			]);
		},
	);

	test('finds a session by its ID', async () => {
		const { results } = await run('session.get', { target: 'session', sessionId: ON_SESSION });

		expect(results).toMatchObject([{ state: 'Agent', sessionId: ON_SESSION, userId: null }]);
	});
});

describe('Session: Get Many', () => {
	const at = Date.UTC(2026, 0, 5, 9) / 1000;
	const time = { from: '2026-01-05T00:00:00Z', to: '2026-01-06T00:00:00Z' };

	test('gives a record each, of every item', async () => {
		simulator().world.records.push(
			recordOf({ SessionId: 'one', Timestamp: at, ClientUserId: 'mia', SatisfactionSelected: 5 }),
			recordOf({ SessionId: 'two', Timestamp: at + 60, ClientUserId: 'leo' }),
			recordOf({ SessionId: 'three', Timestamp: at + 90, ClientUserId: 'mia' }),
		);

		const { results, linked } = await run('session.getMany', { ...time, userId: toUser.userId }, [
			{ userId: 'mia' },
			{ userId: 'leo' },
		]);

		expect(results.map(({ sessionId }) => sessionId)).toEqual(['three', 'one', 'two']);
		expect(linked).toEqual([{ userId: 'mia' }, { userId: 'mia' }, { userId: 'leo' }]);
		expect(results[1]).toEqual({
			sessionId: 'one',
			userId: 'mia',
			userNickname: null,
			agent: 'anna@example.com',
			agentGroup: 1001,
			agentGroupName: 'Sales',
			channel: 'SDK',
			durationSeconds: 60,
			endStatus: 'AgentEndedSession',
			rating: 5,
			time: '2026-01-05T09:00:00.000Z',
			timestampSeconds: at,
		});
	});

	test('looks at the last day when no time is given', async () => {
		const now = Math.floor(Date.now() / 1000);
		simulator().world.records.push(
			recordOf({ SessionId: 'today', Timestamp: now - 60 }),
			recordOf({ SessionId: 'last week', Timestamp: now - 7 * 86_400 }),
		);

		const { results } = await run('session.getMany', {});

		expect(results.map(({ sessionId }) => sessionId)).toEqual(['today']);
	});

	test.each([
		['50 by default', {}, 50],
		['as many as the limit', { limit: 130 }, 130],
		['all', { returnAll: true }, 250],
	])('gives %s', async (_name, fields, count) => {
		for (let i = 0; i < 250; i++) {
			simulator().world.records.push(recordOf({ SessionId: `s${i}`, Timestamp: at + i }));
		}

		const { results } = await run('session.getMany', { ...time, ...fields });

		expect(new Set(results.map(({ sessionId }) => sessionId)).size).toBe(count);
		expect(results).toHaveLength(count);
	});
});

describe('Session: Get Messages', () => {
	test('gives who wrote what, and when', async () => {
		const { results } = await run('session.getMessages', { sessionId: ON_SESSION });

		expect(results.map(({ role, text }) => [role, text])).toEqual([
			['user', 'Is it in stock?'],
			['system', 'Anna takes over.'],
			['agent', 'Yes, two are left.'],
		]);
		expect(results[0]).toEqual({
			sessionId: ON_SESSION,
			from: 'in-conversation',
			role: 'user',
			text: 'Is it in stock?',
			types: ['TIMTextElem'],
			time: '2026-01-05T09:00:00.000Z',
			timestampMs: Date.UTC(2026, 0, 5, 9),
		});
	});

	test('gives the newest ones first when asked to', async () => {
		const { results } = await run('session.getMessages', {
			sessionId: ON_SESSION,
			order: 'newestFirst',
			limit: 1,
		});

		expect(results.map(({ text }) => text)).toEqual(['Yes, two are left.']);
	});
});

describe('Session: Transfer to Agent', () => {
	test('hands a session to a free agent', async () => {
		const { results } = await run('session.transfer', { sessionId: 'session-of-with-chatbot' });

		expect(results).toEqual([
			{ sessionId: 'session-of-with-chatbot', agent: 'anna@example.com', isInQueue: false },
		]);
	});

	test('hands it to one of several agents of a group', async () => {
		const { results } = await run('session.transfer', {
			sessionId: 'session-of-with-chatbot',
			agentGroup: byId('1002'),
			agent: byId('ben@example.com, chen@example.com'),
		});

		expect(results).toMatchObject([{ agent: 'ben@example.com' }]);
	});

	test('tells when the user waits in the queue', async () => {
		const { results } = await run('session.transfer', {
			sessionId: 'session-of-with-chatbot',
			agentGroup: byId(1004),
		});

		expect(results).toMatchObject([{ agent: null, isInQueue: true }]);
	});

	test.each([
		[true, 1],
		[false, 0],
	])('lets Desk tell the user that nobody is online: %s', async (tellUser, tips) => {
		const chat = () => simulator().world.chats.get('session-of-with-chatbot') ?? [];

		await run('session.transfer', {
			sessionId: 'session-of-with-chatbot',
			agentGroup: byId(1003),
			tellUser,
		}).catch(() => undefined);

		expect(chat()).toHaveLength(tips);
	});
});

describe('Session: End', () => {
	test('ends a session, and finds it ended the next time', async () => {
		const { results } = await run('session.end', { sessionId: ON_SESSION }, [{}, {}]);

		expect(results).toEqual([
			{ sessionId: ON_SESSION, ended: true, wasAlreadyEnded: false },
			{ sessionId: ON_SESSION, ended: true, wasAlreadyEnded: true },
		]);
	});
});

describe('Agent', () => {
	test('Get Many gives all agents', async () => {
		const { results } = await run('agent.getMany', {});

		expect(results).toHaveLength(6);
		expect(results[1]).toEqual({
			agent: 'ben@example.com',
			nickname: 'Ben',
			agentGroups: [1002],
			roles: [5],
			receptionLimit: 5,
			avatar: null,
		});
	});

	test('Get Many gives the agents of a group', async () => {
		const { results } = await run('agent.getMany', { agentGroup: byId(1004) });

		expect(results.map(({ agent }) => agent)).toEqual(['chen@example.com', 'eli@example.com']);
	});

	test('Set Status is what Get Status tells', async () => {
		const agent = byId('={{ $json.agent }}');
		const set = await run(
			'agent.setStatus',
			{ agent, status: '={{ $json.status }}', restReason: 'Lunch' },
			[
				{ agent: 'ben@example.com', status: 'rest' },
				{ agent: 'anna@example.com', status: 'Not Ready' },
			],
		);
		const { results } = await run('agent.getStatus', { agent }, [
			{ agent: 'ben@example.com' },
			{ agent: 'anna@example.com' },
			{ agent: 'dana@example.com' },
		]);

		expect(set.results).toEqual([
			{ agent: 'ben@example.com', status: 'rest', restReason: 'Lunch', set: true },
			{ agent: 'anna@example.com', status: 'notReady', restReason: null, set: true },
		]);
		expect(results.map(({ status, isSinceExact }) => [status, isSinceExact])).toEqual([
			['rest', true],
			['notReady', true],
			['offline', false],
		]);
		const since = Date.parse(String(results[0].since));
		expect(Math.abs(Date.now() - since)).toBeLessThan(60_000);
		expect(results[0]).toMatchObject({ nickname: 'Ben', clients: ['Web'] });
	});
});

test.each([0, 1] as const)(
	'Agent Group: Get Many gives all groups, also where Desk counts its pages from %s',
	async (groupPagesFrom) => {
		simulator().world.dialect.groupPagesFrom = groupPagesFrom;

		const { results } = await run('agentGroup.getMany', {});

		expect(results.map(({ agentGroup }) => agentGroup)).toEqual([1001, 1002, 1003, 1004, 1005]);
		expect(results[0]).toEqual({
			agentGroup: 1001,
			name: 'Sales',
			receptionLimit: 999,
			agentCount: 1,
		});
	},
);

test('Customer Service Account: Get Many gives the accounts, up to the limit', async () => {
	const { results } = await run('customerServiceAccount.getMany', { limit: 3 });

	expect(results.map(({ name }) => name)).toEqual(['Customer Care', 'Sales Desk', 'Under Repair']);
	expect(results[0]).toMatchObject({ customerServiceAccount: DEFAULT_ACCOUNT, isDefault: true });
});

test('Reception: Get tells who is free, and who waits', async () => {
	const { results } = await run('reception.get', {});

	expect(results).toMatchObject([
		{ freeAgents: 4, restingAgents: 1, busyAgents: 0, usersInService: 1, usersWaiting: 1 },
	]);
	expect(results[0].queues).toContainEqual({
		agentGroup: 1004,
		name: 'Back Office (nobody free)',
		usersWaiting: 1,
	});
});

test.each([
	['session.get', { target: 'session', sessionId: ON_SESSION }, { CurrentState: 'Agent' }],
	['agent.getMany', { limit: 1 }, { MemberMail: 'anna@example.com' }],
	['session.end', { sessionId: ON_SESSION }, { ErrorCode: 0 }],
])('%s gives the answer of Desk as raw, when asked to', async (name, fields, raw) => {
	const { results } = await run(name, { ...fields, options: { raw: true } });

	expect(results).toMatchObject([{ raw }]);
});

test('the tests above saw every operation, with the preview that the editor shows of it', () => {
	const all = OPERATIONS.map(({ resource, operation }) => `${resource}.${operation}`);
	expect([...checked].sort()).toEqual(all.sort());
});
