import type { INodeParameters } from 'n8n-workflow';

import { byId } from '../desk';
import { runTencentDesk } from './harness';
import { useStubDesk } from './stubDesk';

const stub = useStubDesk();

/** Runs a look-up under On Error = Continue. */
async function run(name: string, fields: INodeParameters = {}, timezone?: string) {
	const [resource, operation] = name.split('.');
	const done = await runTencentDesk({
		parameters: { resource, operation, ...fields },
		node: { onError: 'continueRegularOutput' },
		credential: stub().credential,
		timezone,
	});
	return { ...done, results: done.items.map(({ json }) => json) };
}

describe('the time of Session: Get Many', () => {
	const asked = () =>
		stub().calls.map(({ body }) =>
			[body.StartTimestamp, body.EndTimestamp].map((at) =>
				new Date(Number(at) * 1000).toISOString().slice(0, 19),
			),
		);

	test.each([
		['', '2026-01-31', '2026-01-31T04:59:59', '2026-02-01T04:59:59'],
		[
			'={{ DateTime.fromISO("2026-01-31T09:00Z") }}',
			'={{ new Date("2026-01-31T10:00Z") }}',
			'2026-01-31T09:00:00',
			'2026-01-31T10:00:00',
		],
	])('from %s to %s in New York is %s to %s in UTC', async (from, to, start, end) => {
		await run('session.getMany', { from, to }, 'America/New_York');

		expect(asked()).toEqual([[start, end]]);
	});
});

test('Session: Get Messages gives what was written as it was written, and raw what Desk said', async () => {
	const Text = `Line 1\r\nשלום\u200f\u202b! https://example.com/eJ${'a'.repeat(60)}`;
	const Messages = [
		{
			FromAccount: 'mia',
			FromAccountRole: 1,
			MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text } }],
			Timestamp: 1,
		},
	];
	stub().script = () => ({ TotalCount: 1, Messages });
	const { results } = await run('session.getMessages', {
		sessionId: 's-1',
		options: { raw: true },
	});

	expect(results).toMatchObject([{ text: Text, raw: Messages[0] }]);
});

test('Session: Get Messages of a session that is not there says that one that has ended would do', async () => {
	stub().script = () => 141005;
	const { results } = await run('session.getMessages', { sessionId: 's-1' });

	expect(results).toMatchObject([
		{
			error: 'The session does not exist.',
			advice: expect.stringContaining('A session that has ended still has its messages.'),
		},
	]);
});

test('Session: Get Many that has to read again and cannot says that what it read is not whole', async () => {
	const records = Array.from({ length: 253 }, (_, i) => ({ SessionId: `s${i}`, Timestamp: 1 }));
	stub().script = ({ before, body }) => {
		if (before === 1) records.splice(0, 2);
		if (before > 2) return 141004;
		const at = Number(body.Offset);
		return { TotalCount: records.length, IMCdrList: records.slice(at, at + 100) };
	};
	const { results } = await run('session.getMany', { returnAll: true });

	expect(results).toMatchObject([
		{
			error: expect.stringContaining('reading it again failed: Desk found'),
			errorCode: 141004,
		},
	]);
});

const message = (role: number, Timestamp: number, ...MsgBody: object[]) => ({
	...{ FromAccount: 'mia', FromAccountRole: role, MsgBody, Timestamp },
});
const text = (Text: string) => ({ MsgType: 'TIMTextElem', MsgContent: { Text } });
const CHAT = [
	message(1, Date.UTC(2026, 0, 31, 9), text('Look:\nit is broken'), {
		MsgType: 'TIMImageElem',
		MsgContent: {
			ImageInfoArray: [
				{ Type: 3, Size: 10, URL: 'https://x/small.png' },
				{ Type: 1, Size: 2048, URL: 'https://x/photo.png' },
			],
		},
	}),
	message(2, Date.UTC(2026, 0, 31, 9, 1), {
		MsgType: 'TIMFileElem',
		MsgContent: { Url: 'https://x/f', FileName: 'manual.pdf', FileSize: 99 },
	}),
	message(3, Date.UTC(2026, 0, 31, 9, 2), {
		...{ MsgType: 'TIMVideoFileElem', MsgContent: { VideoUrl: 'https://x/v', VideoSize: 7 } },
	}),
];
const FILES = [
	[{ kind: 'image', url: 'https://x/photo.png', name: null, size: 2048 }],
	[{ kind: 'file', url: 'https://x/f', name: 'manual.pdf', size: 99 }],
	[{ kind: 'video', url: 'https://x/v', name: null, size: 7 }],
];

/** A session with these messages, given as they are asked for. */
const chatOf = (messages: object[]) => {
	stub().script = ({ body }) => {
		const [at, most] = [Number(body.Offset), Number(body.Limit)];
		return { TotalCount: messages.length, Messages: messages.slice(at, at + most) };
	};
};

test('Session: Get Messages tells where pictures and files are', async () => {
	chatOf(CHAT);
	const { results } = await run('session.getMessages', { sessionId: 's-1' });

	expect(results.map(({ files }) => files)).toEqual(FILES);
	expect(results.map(({ text: words }) => words)).toEqual(['Look:\nit is broken', '', '']);
});

describe('Session: Get Messages combined into one item', () => {
	const combined = async (fields: INodeParameters = {}) =>
		await run(
			'session.getMessages',
			{ sessionId: 's-1', combine: true, ...fields },
			'Asia/Shanghai',
		);

	test('is a transcript by the clock of the workflow, with all messages', async () => {
		chatOf(CHAT);
		const { results } = await combined({ options: { raw: true } });

		expect(results).toEqual([
			{
				sessionId: 's-1',
				transcript: [
					'2026-01-31 17:00:00 user: Look:',
					'it is broken',
					'[image] https://x/photo.png',
					'2026-01-31 17:01:00 agent: [file] manual.pdf https://x/f',
					'2026-01-31 17:02:00 system: [video] https://x/v',
				].join('\n'),
				messages: FILES.map((files) => expect.objectContaining({ files })),
				messageCount: 3,
				firstMessageAt: '2026-01-31T09:00:00.000Z',
				lastMessageAt: '2026-01-31T09:02:00.000Z',
				raw: CHAT,
			},
		]);
		expect(Object.keys((results[0].messages as object[])[0])).not.toContain('sessionId');
	});

	test('is one item for a session without messages too', async () => {
		chatOf([]);
		const { results } = await combined();

		expect(results).toEqual([
			{
				...{ sessionId: 's-1', transcript: '', messages: [], messageCount: 0 },
				...{ firstMessageAt: null, lastMessageAt: null },
			},
		]);
	});

	test('has all messages from the oldest on, whatever the hidden fields say', async () => {
		chatOf(Array.from({ length: 130 }, (_, i) => message(1, i, text(`${i}`))));
		const { results } = await combined({ order: 'newestFirst', returnAll: false, limit: 2 });

		expect(results).toMatchObject([{ messageCount: 130 }]);
		expect(stub().calls[0].body).toMatchObject({ Order: 1, Limit: 100 });
	});
});

describe('Session: Get Many', () => {
	test.each<[INodeParameters, string | null]>([
		[{ userId: '' }, null],
		[{ userId: '={{ $json.id }}' }, 'User ID is an expression without a result'],
		[{ userId: '={{ undefined }}' }, 'User ID is an expression without a result'],
		[{ userId: '={{ null }}' }, 'User ID is an expression without a result'],
		[{ userId: "={{ '' }}" }, 'User ID is an expression without a result'],
		[{ userId: '= {{ undefined }}' }, 'User ID is an expression without a result'],
		[{ userId: '={{ $json.empty }}' }, 'User ID is an expression without a result'],
		[{ filters: { agent: byId('') } }, null],
		[
			{ filters: { agent: byId('={{ undefined }}') } },
			'Filters > Agent is an expression without a result',
		],
		[
			{ filters: { agent: byId("={{ '' }}") } },
			'Filters > Agent is an expression without a result',
		],
		[
			{ filters: { onlyRated: "={{ '' }}" } },
			'Filters > Only Rated is an expression without a result',
		],
	])('with %j lists no sessions of others: %s', async (fields, fault) => {
		stub().script = () => ({ TotalCount: 0, IMCdrList: [] });
		const { results } = await run('session.getMany', fields);

		expect(results.map(({ error }) => error)).toEqual(
			fault === null ? [] : [`${fault}, so nothing was sent.`],
		);
		expect(stub().calls).toHaveLength(fault === null ? 1 : 0);
	});

	test('of an item whose field is empty lists no sessions of others', async () => {
		stub().script = () => ({ TotalCount: 0, IMCdrList: [] });
		const { items } = await runTencentDesk({
			items: [{ id: 'mia' }, { id: '' }],
			parameters: { resource: 'session', operation: 'getMany', userId: '={{ $json.id }}' },
			node: { onError: 'continueRegularOutput' },
			credential: stub().credential,
		});

		expect(items).toMatchObject([
			{ json: { error: expect.stringMatching(/^User ID is an expression without/) } },
		]);
		expect(stub().calls.map(({ body }) => body.ClientUserId)).toEqual(['mia']);
	});

	test.each([
		['Asia/Shanghai', '2026-01-31T00:00:00.000+08:00', '2026-01-31T23:59:59.000+08:00'],
		// Which Node.js does not know.
		['Asia/Beijing', '2026-01-30T16:00:00.000Z', '2026-01-31T15:59:59.000Z'],
	])('says in a hint in which time nothing was found (%s)', async (timezone, first, last) => {
		stub().script = () => ({ TotalCount: 0, IMCdrList: [] });
		const { run: ended } = await run(
			'session.getMany',
			{ from: '2026-01-31T00:00:00+08:00', to: '2026-01-31T23:59:59+08:00' },
			timezone,
		);

		const hints = ended.data.resultData.runData['Tencent Desk'].at(-1)?.hints;
		expect(hints?.map(({ message: words }) => words)).toEqual([
			`No sessions were found from ${first} to ${last}.`,
		]);
	});
});

describe('Agent: Get Many', () => {
	const agents = ['ann', 'ben', 'cleo'].map((MemberMail) => ({ MemberMail }));
	const withStatus = async (statuses: Record<string, object | number>) => {
		stub().script = ({ command, body }) =>
			command === 'get_member_list'
				? { Total: 3, MemberList: agents }
				: statuses[String(body.MemberID)];
		return await run('agent.getMany', { includeStatus: true });
	};
	const status = (Status: string, Timestamp: number) => ({ StatusList: [{ Status, Timestamp }] });

	test('tells the status of each agent, where Desk does', async () => {
		const { results } = await withStatus({
			ann: status('STATUS_FREE', 4e9),
			ben: 141010,
			cleo: status('STATUS_OFFLINE', 1_769_850_000),
		});

		expect(
			results.map(({ agent, ...of }) => [agent, of.status, of.since, of.isSinceExact]),
		).toEqual([
			['ann', 'free', '2096-10-02T07:06:40.000Z', true],
			['ben', null, null, null],
			['cleo', 'offline', '2026-01-31T09:00:00.000Z', expect.any(Boolean)],
		]);
	});

	test('tells no list with half of the status, when Desk refuses all', async () => {
		const { results } = await withStatus({
			ann: status('STATUS_FREE', 1),
			ben: 70009,
			cleo: 70009,
		});

		expect(results).toMatchObject([{ errorCode: 70009, mayBeDone: false }]);
	});

	test('of a group that an expression does not name is refused', async () => {
		const { results } = await run('agent.getMany', { agentGroup: byId('={{ $json.group }}') });

		expect(results).toMatchObject([
			{ error: expect.stringMatching(/^Agent Group is an expression without/) },
		]);
	});
});
