import { sleep, type INodeParameters } from 'n8n-workflow';

import { recordOf, type SessionRecord } from '../../../simulator/records';
import { byId, newSdkAppId, useSimulator } from '../desk';
import {
	createPollingHost,
	itemsOf,
	type MemoryKeeping,
	type PollingHost,
	type PollingHostSetup,
	type RunningN8n,
} from './pollingHost';

const simulator = useSimulator();
const now = () => Math.floor(Date.now() / 1000);

const add = (SessionId: string, said: Partial<SessionRecord> = {}) =>
	void simulator().world.records.push(recordOf({ SessionId, Timestamp: now(), ...said }));
const addMany = (prefix: string, count: number, said: Partial<SessionRecord> = {}) => {
	for (let n = 0; n < count; n++) add(`${prefix}-${n}`, said);
};
/** Without Hold Back, so that what ends now comes at once. */
const host = (
	parameters: INodeParameters = {},
	keeping: MemoryKeeping = 'staticData',
	setup: Partial<PollingHostSetup> = {},
) =>
	createPollingHost({
		credential: { ...simulator().credential },
		parameters: { options: { holdBack: 0 }, ...parameters },
		keeping,
		...setup,
	});
const given = ({ executions }: PollingHost) =>
	executions.map((items) => items.map(({ json }) => json.sessionId));
const lists = () =>
	simulator().requests.filter(({ command }) => command === 'describe_im_cdr_list').length;

const KEEPINGS: MemoryKeeping[] = ['staticData', 'durableCursor', 'scheduler'];

describe.each(KEEPINGS)('with the memory kept as %s', (keeping) => {
	test('what is there when the workflow is activated is not given; what comes then is, once', async () => {
		add('old');
		const trigger = host({}, keeping);
		const n8n = await trigger.start();
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
		const first = await trigger.start();
		addMany('before', 3);
		await first.tick();
		add('meanwhile', { Timestamp: now() - 20 * 3600 });
		trigger.kill();
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

	test.each<[string, (trigger: PollingHost) => Promise<RunningN8n>]>([
		['is published again', async (trigger) => await trigger.start()],
		[
			'is published with another filter',
			async (trigger) => {
				trigger.change({
					parameters: { options: { holdBack: 0 }, filters: { agentGroup: byId('1001') } },
				});
				return await trigger.start();
			},
		],
		[
			'is published twice',
			async (trigger) => {
				await trigger.start();
				return await trigger.start();
			},
		],
		[
			'is deactivated, and activated after the poll',
			async (trigger) => {
				await trigger.deactivate();
				await sleep(500);
				return await trigger.start();
			},
		],
		[
			'is killed with n8n, which starts again',
			async (trigger) => {
				trigger.kill();
				return await trigger.start();
			},
		],
		[
			'is taken down by n8n, which stops after the poll and starts again',
			async (trigger) => {
				await trigger.deactivate();
				await sleep(500);
				trigger.kill();
				return await trigger.start();
			},
		],
	])(
		'while a poll still reads, the workflow %s: each session comes once',
		async (_how, publish) => {
			add('old');
			const trigger = host({}, keeping);
			const before = await trigger.start();
			add('first');
			await before.tick();
			add('new');
			simulator().planCommand('describe_im_cdr_list', { delayMs: 300 });
			const asked = lists();
			const polling = before.tick();
			while (lists() === asked) await sleep(5);
			const after = await publish(trigger);
			await polling;
			// The first poll to end may have been that of the activation.
			await sleep(400);
			add('newer');
			await after.tick();
			await after.tick();

			expect(given(trigger).flat()).toEqual(['first', 'new', 'newer']);
			expect(trigger.errors).toEqual([]);
		},
	);

	test('the SDKAppID of the credential changes: what ends from then on comes', async () => {
		const trigger = host({}, keeping);
		const n8n = await trigger.start();
		add('first');
		await n8n.tick();
		const [app] = simulator().world.apps;
		app.sdkAppId = newSdkAppId();
		add('old one of the other application');
		trigger.change({ credential: { ...simulator().credential, sdkAppId: String(app.sdkAppId) } });
		await n8n.tick();
		add('of the other application');
		await n8n.tick();
		await n8n.tick();
		expect(given(trigger).flat()).toEqual(['first', 'of the other application']);
	});

	test('a poll that fails half-way gives nothing, forgets nothing, and the next one gives all', async () => {
		const trigger = host({}, keeping);
		const n8n = await trigger.start();
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

test('of two nodes with one id, as an import may make them, each gives every session', async () => {
	const trigger = host({}, 'staticData', {
		others: [{ id: 'Tencent Desk Trigger', name: 'Second' }],
	});
	const n8n = await trigger.start();
	add('new');
	await n8n.tick();
	await sleep(200);
	await n8n.tick();
	await sleep(200);
	expect(given(trigger)).toEqual([['new'], ['new']]);
});

test('a poll ends in the time that n8n allows, gives what it has read, and the next ones the rest', async () => {
	const trigger = host({}, 'scheduler', { budgetMs: 700 });
	const n8n = await trigger.start();
	addMany('new', 1200, { Timestamp: now() - 1 });
	const slow = Array.from({ length: 60 }, () => ({ delayMs: 80 }));
	simulator().planCommand('describe_im_cdr_list', ...slow);
	for (let poll = 0; poll < 12; poll++) {
		const begun = Date.now();
		await n8n.tick();
		expect(Date.now() - begun).toBeLessThan(1000);
	}
	const ids = given(trigger).flat();
	expect([ids.length, new Set(ids).size, trigger.errors]).toEqual([1200, 1200, []]);
	expect(given(trigger).length).toBeGreaterThan(1);
});

test('a Desk that answers nothing in that time is an error, not silence', async () => {
	const trigger = host({}, 'scheduler', { budgetMs: 200 });
	const n8n = await trigger.start();
	simulator().planCommand('describe_im_cdr_list', { delayMs: 500 });
	await n8n.tick();
	expect(trigger.errors).toMatchObject([
		{ message: expect.stringMatching(/did not answer in the/) },
	]);
});

describe('a filter with an expression that gives nothing', () => {
	const expressions = ['={{ undefined }}', '={{ null }}', '={{ $vars.missing }}', "={{ '' }}"];
	const filters: Array<[string, (value: string) => INodeParameters]> = [
		['User ID', (userId) => ({ userId })],
		['Agent', (value) => ({ agent: byId(value) })],
		['Agent Group', (value) => ({ agentGroup: byId(value) })],
		['Only Rated', (onlyRated) => ({ onlyRated })],
	];
	test.each(filters)('%s is refused, and an empty fixed field lets all pass', async (label, of) => {
		for (const expression of expressions) {
			const refusal = host({ filters: of(expression) }).start();
			await expect(refusal).rejects.toThrow(`The filter ${label} has an expression that`);
		}
		expect(lists()).toBe(0);
		await host({ filters: of('') }).start();
	});
});

test('a User ID filter that is removed brings nothing that it has kept back', async () => {
	const trigger = host({ filters: { userId: 'noa' } });
	const n8n = await trigger.start();
	add('of mia');
	await n8n.tick();
	trigger.change({ parameters: { options: { holdBack: 0 } } });
	const after = await trigger.start();
	add('new');
	await after.tick();
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
	const trigger = host({}, 'staticData', {
		credential: { ...simulator().credential, secretKey: 'wrong' },
	});
	await expect(trigger.start()).rejects.toThrow(/secret key does not belong to this SDKAppID/);
	expect(trigger.stored()).toEqual({});
	trigger.change({ credential: { ...simulator().credential } });
	add('old');
	await (await trigger.start()).tick();
	expect(given(trigger)).toEqual([]);
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
