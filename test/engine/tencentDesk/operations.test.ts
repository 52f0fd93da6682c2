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
			'nobody, whatever was entered for a task flow before',
			{ ...value({ name: '', value: 'x' }), answerTo: 'assignAgent' },
			{},
		],
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
		const { AgentIdList = [], AgentGroupId = null, Body = {} } = answer as IDataObject;
		expect(done.results).toEqual([
			{
				event: fields.answerTo ?? 'assignAgent',
				...{ agents: AgentIdList, agentGroup: AgentGroupId, values: Body },
			},
		]);
		expect(simulator().requests).toEqual([]);
	});

	test.each<[fields: INodeParameters, message: RegExp]>([
		[{ agent: byId('none') }, /^Agent is "none", which names nobody/],
		[{ agentGroup: byId('sales') }, /^Agent Group is not a positive whole number/],
		[value({ name: '', value: 'x' }), /^Values has a value without a name/],
		[value({ name: 'orderé', value: 'x' }), /^Values has a name that has characters other/],
		[value({ name: 'o'.repeat(255), value: 'x' }), /^Values has a name that is longer than 254/],
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

/** A card as Tencent's page writes it. */
const cardOf = (content: object) => ({
	MsgType: 'TIMCustomElem',
	MsgContent: { Data: JSON.stringify({ customerServicePlugin: 0, src: '22', content }) },
});
const uuidOf = (element: unknown) => (element as { MsgContent: { UUID: string } }).MsgContent.UUID;

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

	const elementsOf = () => simulator().messages.map(({ body }) => body);
	const PICTURE = 'https://example.com/offers/July%20offer.PNG?size=2';
	const UUID = expect.stringMatching(/^[0-9a-f]{32}$/);

	test.each<[string, INodeParameters, object]>([
		[
			'a card',
			{
				...{ messageType: 'card', cardHeader: 'Your parcel', cardText: 'Arrives tomorrow' },
				...{ cardPictureUrl: 'https://example.com/p.png', cardLink: ' https://example.com/track ' },
			},
			cardOf({
				...{ header: 'Your parcel', desc: 'Arrives tomorrow' },
				...{ pic: 'https://example.com/p.png', url: 'https://example.com/track' },
			}),
		],
		[
			'a card that has a header only',
			{ messageType: 'card', cardHeader: 'Your parcel' },
			cardOf({ header: 'Your parcel' }),
		],
		[
			'an image, in the three sizes that chat apps look for',
			{ messageType: 'image', imageUrl: PICTURE, imageWidth: 640, imageHeight: '={{ 480 }}' },
			{
				MsgType: 'TIMImageElem',
				MsgContent: {
					UUID,
					ImageFormat: 3,
					ImageInfoArray: [1, 2, 3].map((Type) => ({
						...{ Type, Width: 640, Height: 480, URL: PICTURE },
					})),
				},
			},
		],
		[
			'an image of a format that its address does not tell',
			{
				...{ messageType: 'image', imageUrl: 'https://example.com/p' },
				...{ imageWidth: 1, imageHeight: 1 },
			},
			{ MsgType: 'TIMImageElem', MsgContent: expect.objectContaining({ ImageFormat: 255 }) },
		],
		[
			'a file under the name in its address',
			{ messageType: 'file', fileUrl: 'https://example.com/Terms of use.pdf' },
			{
				MsgType: 'TIMFileElem',
				MsgContent: {
					Url: 'https://example.com/Terms%20of%20use.pdf',
					...{ UUID, FileName: 'Terms of use.pdf', Download_Flag: 2 },
				},
			},
		],
		[
			'a file under another name',
			{ messageType: 'file', fileUrl: 'https://example.com/?f=7', fileName: 'Terms.pdf' },
			{ MsgType: 'TIMFileElem', MsgContent: expect.objectContaining({ FileName: 'Terms.pdf' }) },
		],
	])('leaves %s', async (_name, fields, element) => {
		const { results } = await run('message.send', { ...toUser, ...fields }, [{ userId: 'mia' }]);

		expect(results).toMatchObject([{ sent: true }]);
		expect(elementsOf()).toEqual([[element]]);
	});

	test('names an image and a file by their addresses, so that sent again they are the same', async () => {
		const file = { ...toUser, messageType: 'file', fileUrl: '={{ $json.url }}' };
		const url = 'https://example.com/a.pdf';
		await run('message.send', file, [
			{ userId: 'mia', url },
			{ userId: 'leo', url },
			{ userId: 'mia', url: 'https://example.com/b.pdf' },
		]);

		const [one, same, other] = elementsOf().map(([element]) => uuidOf(element));
		expect([one === same, one === other]).toEqual([true, false]);
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

	test.each([true, false])(
		'gives both records of a session that two agents had, also on two pages (totals: %s)',
		async (totals) => {
			const { records, dialect } = simulator().world;
			dialect.totals = totals;
			for (let i = 0; i < 101; i++) {
				records.push(recordOf({ SessionId: `s${i}`, Timestamp: at + i }));
			}
			records.push(recordOf({ SessionId: 's100', AgentId: 'ben@example.com', Timestamp: at - 1 }));

			const { results } = await run('session.getMany', { ...time, returnAll: true });

			const ofTwo = results.filter(({ sessionId }) => sessionId === 's100');
			expect(ofTwo.map(({ agent }) => agent)).toEqual(['anna@example.com', 'ben@example.com']);
			expect(results).toHaveLength(102);
		},
	);
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
			files: [],
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

test('Session: Get Many lists the newest sessions that pass its filters, and reads no further', async () => {
	const start = Date.UTC(2026, 0, 1) / 1000;
	const day = 86_400;
	const { records } = simulator().world;
	for (let i = 0; i < 200; i++) {
		records.push(
			recordOf({
				SessionId: `s${i}`,
				Timestamp: start + i * day,
				AgentGroupId: i % 2 ? '1001' : '1002',
				SatisfactionSelected: i % 4 ? (i % 5) + 1 : null,
			}),
		);
	}
	const of = async (filters: IDataObject, limit: number) =>
		(
			await run('session.getMany', {
				...{ from: '2026-01-01T00:00Z', to: '2026-07-20T00:00Z', limit },
				filters: filters as INodeParameters,
			})
		).results.map(({ sessionId }) => sessionId);
	const requests = () =>
		simulator().requests.filter(({ command }) => command === 'describe_im_cdr_list').length;

	expect(await of({}, 2)).toEqual(['s199', 's198']);
	expect(await of({ agentGroup: byId(1001), highestRating: 2 }, 2)).toEqual(['s195', 's191']);
	expect(requests()).toBeLessThan(8);
	expect(await of({ agent: byId('nobody@example.com') }, 2)).toEqual([]);
	expect(await of({ onlyRated: true, lowestRating: 5 }, 1000)).toHaveLength(30);
});

describe('Session: Transfer to Agent', () => {
	const SESSION = 'session-of-with-chatbot';
	/** The result, or the message of the error. */
	const transfer = async (fields: INodeParameters) =>
		await run('session.transfer', { sessionId: SESSION, ...fields }).then(
			({ results }) => results[0],
			({ message }: Error) => message,
		);
	const [NOBODY_ONLINE, ALL_BUSY] = [byId(1003), byId(1004)];
	const session = () =>
		[...simulator().world.sessions.values()].find(({ sessionId }) => sessionId === SESSION);
	const tips = () => simulator().world.chats.get(SESSION)?.length ?? 0;

	test.each<[string, INodeParameters, object]>([
		['a free agent', {}, { agent: 'anna@example.com', isInQueue: false }],
		[
			'one of several agents of a group',
			{ agentGroup: byId('1002'), agent: byId('ben@example.com, chen@example.com') },
			{ agent: 'ben@example.com', isInQueue: false },
		],
		['the queue', { agentGroup: ALL_BUSY }, { agent: null, isInQueue: true }],
	])('hands a session to %s', async (_whom, fields, result) => {
		expect(await transfer(fields)).toEqual({ sessionId: SESSION, ...result });
	});

	test.each([
		[true, 1],
		[false, 0],
	])('lets Desk tell the user that nobody is online: %s', async (tellUser, count) => {
		expect(await transfer({ agentGroup: NOBODY_ONLINE, tellUser })).toMatch(/no agent is online/);
		expect(tips()).toBe(count);
	});

	test('Do Not Queue fails when all agents are busy, and leaves the user with the chatbot', async () => {
		expect(await transfer({ agentGroup: ALL_BUSY, options: { doNotQueue: true } })).toContain(
			': No agent could be assigned, since no agent is free. [',
		);
		expect(session()?.state).toBe('Chatbot');
	});

	test('Priority in Queue and Queue Timeout go along, 0 and numbers in texts too', async () => {
		const options = { priority: 0, queueTimeout: '={{ "600" }}' };
		expect(await transfer({ agentGroup: ALL_BUSY, options })).toMatchObject({ isInQueue: true });
		expect(session()).toMatchObject({ priority: 0, queueTimeout: 600 });
	});

	test('an option that has no value is left out, and so is one that is off', async () => {
		const options = { priority: '={{ $json.none }}', doNotQueue: '={{ $json.none }}' };

		expect(await transfer({ agentGroup: ALL_BUSY, options })).toMatchObject({ isInQueue: true });
		expect(session()?.priority).toBeUndefined();
	});

	test.each([
		[true, 'NotInSession'],
		[false, 'Chatbot'],
	])('End Session if Nobody Is Online (%s)', async (endIfNobodyOnline, state) => {
		expect(await transfer({ agentGroup: NOBODY_ONLINE, options: { endIfNobodyOnline } })).toMatch(
			/since no agent is online/,
		);
		expect(session()?.state).toBe(state);
	});

	test.each([
		[{ onlyInWorkingHours: true }, false, 0],
		[{ onlyInWorkingHours: true, tellUserOutsideHours: true }, false, 1],
		[{}, true, 0],
	])('outside of the working hours, %j', async (options, isAssigned, count) => {
		simulator().world.isWorkingTime = false;

		expect(typeof (await transfer({ options })) === 'object').toBe(isAssigned);
		expect(tips()).toBe(count);
	});

	test('Allow Agents Who Are Not Ready hands it to one with the status Not Ready', async () => {
		for (const agent of simulator().world.agents) agent.status = 'notReady';

		expect(await transfer({})).toMatch(/since no agent is online/);
		expect(await transfer({ options: { allowBusyAgents: true } })).toMatchObject({
			agent: 'anna@example.com',
		});
	});
});

test('Session: Reassign hands a session to the agent, or to one of the group', async () => {
	const { results } = await run(
		'session.reassign',
		{
			sessionId: ON_SESSION,
			agent: byId('={{ $json.agent }}'),
			agentGroup: byId('={{ $json.group }}'),
		},
		[{ agent: 'ben@example.com' }, { group: 1005 }],
	);

	expect(results).toEqual([
		{ sessionId: ON_SESSION, agentGroup: null, agent: 'ben@example.com', reassigned: true },
		{ sessionId: ON_SESSION, agentGroup: 1005, agent: null, reassigned: true },
	]);
	const { results: after } = await run('session.get', { target: 'session', sessionId: ON_SESSION });
	expect(after).toMatchObject([{ agent: 'fay@example.com' }]);
});

test('Session: Leave Queue takes a user out of the queue', async () => {
	const sessionId = 'session-of-in-queue';
	const { results } = await run('session.leaveQueue', { sessionId });

	expect(results).toEqual([{ sessionId, left: true }]);
	const { results: after } = await run('session.get', { target: 'session', sessionId });
	expect(after).toMatchObject([{ state: 'NotInSession' }]);
});

test('Session: Set Mark changes what is added, and Get Mark tells it', async () => {
	const set = async (updateFields: INodeParameters) =>
		(await run('session.setMark', { sessionId: ON_SESSION, updateFields })).results[0];
	const get = async () => (await run('session.getMark', { sessionId: ON_SESSION })).results[0];
	const unmarked = { sessionId: ON_SESSION, mark: '', starred: false, endsByUserTimeout: true };

	expect(await get()).toEqual(unmarked);
	expect(await set({ mark: '=order {{ 4711 }}' })).toEqual({
		...{ sessionId: ON_SESSION, set: true },
		...{ mark: 'order 4711', starred: null, endsByUserTimeout: null },
	});
	await set({ starred: true, endsByUserTimeout: '={{ false }}' });
	const marked = { ...unmarked, mark: 'order 4711', starred: true, endsByUserTimeout: false };
	expect(await get()).toEqual(marked);
	const longest = 'é'.repeat(100);
	await set({ starred: false, mark: longest });
	expect(await get()).toEqual({ ...marked, mark: longest, starred: false });
	expect(await set({ mark: '' })).toMatchObject({ mark: '' });
	expect(await get()).toMatchObject({ mark: '' });
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

test('Agent Group: Get Many gives all groups', async () => {
	const { results } = await run('agentGroup.getMany', {});

	expect(results.map(({ agentGroup }) => agentGroup)).toEqual([1001, 1002, 1003, 1004, 1005]);
	expect(results[0]).toEqual({
		agentGroup: 1001,
		name: 'Sales',
		receptionLimit: 999,
		agentCount: 1,
	});
});

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
