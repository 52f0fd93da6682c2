import { sleep } from 'n8n-workflow';

import { recordOf, type SessionRecord } from '../../../simulator/records';
import { byId, useSimulator } from '../desk';
import { createPollingHost, itemsOf, type MemoryKeeping, type PollingHost } from './pollingHost';

const simulator = useSimulator();
const now = () => Math.floor(Date.now() / 1000);

const add = (SessionId: string, said: Partial<SessionRecord> = {}) =>
	void simulator().world.records.push(recordOf({ SessionId, Timestamp: now(), ...said }));
const addMany = (prefix: string, count: number, said: Partial<SessionRecord> = {}) => {
	for (let n = 0; n < count; n++) add(`${prefix}-${n}`, said);
};
const host = (parameters = {}, keeping: MemoryKeeping = 'staticData') =>
	createPollingHost({ credential: { ...simulator().credential }, parameters, keeping });
const given = ({ executions }: PollingHost) =>
	executions.map((items) => items.map(({ json }) => json.sessionId));
const lists = () =>
	simulator().requests.filter(({ command }) => command === 'describe_im_cdr_list').length;

/** With durable cursors n8n drops what the poll of the activation remembers, so there the first tick is the start. */
const startAndTick = async (trigger: PollingHost) => {
	const n8n = await trigger.start();
	await n8n.tick();
	return n8n;
};

const KEEPINGS: MemoryKeeping[] = ['staticData', 'durableCursor'];

describe.each(KEEPINGS)('with the memory kept as %s', (keeping) => {
	test('what is there when the workflow is activated is not given; what comes then is, once', async () => {
		add('old');
		const trigger = host({}, keeping);
		const n8n = await startAndTick(trigger);
		expect(given(trigger)).toEqual([]);
		add('new');
		await n8n.tick();
		await n8n.tick();
		expect(given(trigger)).toEqual([['new']]);
		expect(trigger.errors).toEqual([]);
	});

	test('after a restart nothing is given again, and what came meanwhile is given at once', async () => {
		add('old');
		const trigger = host({}, keeping);
		const first = await startAndTick(trigger);
		addMany('before', 3);
		await first.tick();
		add('meanwhile', { Timestamp: now() - 20 * 3600 });
		const second = await trigger.start();
		await second.tick();
		add('after');
		await second.tick();
		expect(given(trigger)).toEqual([
			['before-0', 'before-1', 'before-2'],
			['meanwhile'],
			['after'],
		]);
	});

	test('a workflow that is activated anew while a poll still reads gives nothing twice', async () => {
		add('old');
		const trigger = host({}, keeping);
		const before = await startAndTick(trigger);
		add('new');
		simulator().planCommand('describe_im_cdr_list', { delayMs: 300 });
		const asked = lists();
		const polling = before.tick();
		while (lists() === asked) await sleep(5);
		const after = await trigger.start();
		await polling;
		await after.tick();
		add('newer');
		await after.tick();

		expect(given(trigger)).toEqual([['new'], ['newer']]);
	});

	test('a poll that fails half-way gives nothing, forgets nothing, and the next one gives all', async () => {
		const trigger = host({}, keeping);
		const n8n = await startAndTick(trigger);
		addMany('a', 230);
		simulator().planCommand('describe_im_cdr_list', { answer: 0 }, { fault: 'http403' });
		const before = JSON.stringify(trigger.stored());
		await n8n.tick();
		expect(given(trigger)).toEqual([]);
		expect(JSON.stringify(trigger.stored())).toBe(before);
		expect(trigger.errors).toHaveLength(1);
		await n8n.tick();
		expect(new Set(given(trigger).flat()).size).toBe(230);
		expect(given(trigger).flat()).toHaveLength(230);
	});
});

test('an item tells what became of the session', async () => {
	const trigger = host();
	const n8n = await trigger.start();
	add('s', { SatisfactionSelected: 4, ClientUserNickName: 'Mia', Timestamp: now() - 60 });
	await n8n.tick();
	const [{ json }] = trigger.executions[0];
	expect(json).toEqual({
		sessionId: 's',
		userId: 'mia',
		userNickname: 'Mia',
		agent: 'anna@example.com',
		agentGroup: 1001,
		agentGroupName: 'Sales',
		channel: 'SDK',
		durationSeconds: 60,
		endStatus: 'AgentEndedSession',
		rating: 4,
		time: new Date(Number(json.timestampSeconds) * 1000).toISOString(),
		timestampSeconds: simulator().world.records[0].Timestamp,
	});
});

test('sessions of one second on several pages are given once each, whatever those look like', async () => {
	const dialect = { pageCeiling: 30, totals: false, recordOrder: 'oldestFirst' as const };
	Object.assign(simulator().world.dialect, dialect);
	addMany('old', 120, { Timestamp: now() - 100 });
	const trigger = host();
	const n8n = await trigger.start();
	addMany('new', 250, { Timestamp: now() - 50 });
	await n8n.tick();
	await n8n.tick();
	const ids = given(trigger).flat();
	expect([ids.length, new Set(ids).size]).toEqual([250, 250]);
	expect(ids.every((id) => String(id).startsWith('new'))).toBe(true);
});

test('the cron may tick while a poll still reads: the second one gives nothing and asks nothing', async () => {
	const trigger = host();
	const n8n = await trigger.start();
	add('new');
	simulator().planCommand('describe_im_cdr_list', { delayMs: 300 });
	const before = lists();
	const first = n8n.tick();
	n8n.startTick();
	await first;
	await new Promise((resolve) => setTimeout(resolve, 500));
	expect(given(trigger)).toEqual([['new']]);
	expect(lists() - before).toBe(1);
	await n8n.tick();
	expect(given(trigger)).toEqual([['new']]);
});

test('a rate limit, a lost answer and trouble of the server are asked again', async () => {
	const trigger = host();
	const n8n = await trigger.start();
	add('new');
	simulator().planCommand(
		'describe_im_cdr_list',
		{ fault: 'http429', retryAfter: '0' },
		{ fault: 'reset' },
		{ answer: 60007 },
	);
	await n8n.tick();
	expect(given(trigger)).toEqual([['new']]);
	expect(trigger.errors).toEqual([]);
});

test('asking again is bounded, and the failed execution says what to do', async () => {
	const trigger = host();
	const n8n = await trigger.start();
	const before = lists();
	const limit = { fault: 'http429' as const, retryAfter: '0' };
	simulator().planCommand('describe_im_cdr_list', ...Array.from({ length: 20 }, () => limit));
	await n8n.tick();
	expect(lists() - before).toBe(4);
	expect(trigger.errors).toMatchObject([
		{
			name: 'NodeApiError',
			httpCode: '429',
			message: expect.stringMatching(/sessions could not be read: Tencent refused.*too many/),
			description: expect.stringMatching(/Try again in a minute.*No session is lost/),
		},
	]);
});

test('with a wrong key the workflow is not activated, n8n says why, and nothing is remembered', async () => {
	const trigger = createPollingHost({
		credential: { ...simulator().credential, secretKey: 'wrong' },
	});
	await expect(trigger.start()).rejects.toThrow(/secret key does not belong to this SDKAppID/);
	expect(trigger.stored()).toEqual({});
	trigger.change({ credential: { ...simulator().credential } });
	add('old');
	await (await trigger.start()).tick();
	expect(given(trigger)).toEqual([]);
});

test('a group that is none stops the activation, and nothing is sent', async () => {
	const trigger = host({ filters: { agentGroup: byId('sales') } });
	await expect(trigger.start()).rejects.toThrow(/Agent Group/);
	expect(lists()).toBe(0);
});

test('filters ask for the user and keep back what does not match', async () => {
	const filters = { userId: 'noa', agent: byId('ben@example.com'), agentGroup: byId('1002') };
	const trigger = host({ filters });
	const n8n = await trigger.start();
	const wanted = { ClientUserId: 'noa', AgentId: 'ben@example.com', AgentGroupId: '1002' };
	add('wanted', wanted);
	add('of mia', { ...wanted, ClientUserId: 'mia' });
	add('of anna', { ...wanted, AgentId: 'anna@example.com' });
	add('of sales', { ...wanted, AgentGroupId: '1001' });
	await n8n.tick();
	expect(given(trigger)).toEqual([['wanted']]);
	expect(simulator().requests.map(({ userId }) => userId)).toEqual([null, 'noa']);
});

describe('a test in the editor', () => {
	test('shows the newest session that the filters let pass, and changes no memory', async () => {
		add('older', { Timestamp: now() - 900 });
		const trigger = host({ filters: { userId: 'mia' } });
		const n8n = await trigger.start();
		add('newest', { Timestamp: now() - 30 });
		add('of noa', { Timestamp: now(), ClientUserId: 'noa' });
		const before = JSON.stringify(trigger.stored());
		const run = await trigger.testInEditor();
		expect(itemsOf(run).map(({ json }) => json.sessionId)).toEqual(['newest']);
		expect(JSON.stringify(trigger.stored())).toBe(before);
		await n8n.tick();
		expect(given(trigger)).toEqual([['newest']]);
	});

	test('goes back up to 30 days for one', async () => {
		add('long ago', { Timestamp: now() - 20 * 86_400 });
		expect(itemsOf(await host().testInEditor())).toMatchObject([
			{ json: { sessionId: 'long ago' } },
		]);
	});

	test('says what to do when there is none', async () => {
		const run = await host().testInEditor();
		expect(run.data.resultData.error).toMatchObject({
			message: expect.stringMatching(/no session/i),
			description: expect.stringMatching(/End a session in Desk/),
		});
	});
});

test('no secret stands in what a failed poll throws', async () => {
	const trigger = host();
	const n8n = await trigger.start();
	simulator().planCommand('describe_im_cdr_list', { fault: 'http403' }, { fault: 'html' });
	await n8n.tick();
	const text = JSON.stringify(trigger.errors.map((error) => ({ ...error, stack: error.stack })));
	expect(trigger.errors).toHaveLength(1);
	expect(text).not.toContain(simulator().credential.secretKey);
	expect(text).not.toMatch(/usersig|eJ[\w*-]{40}/);
});
