import { setTimeout as sleep } from 'node:timers/promises';

import {
	byId,
	commandsSent,
	CONTACTED,
	OTHER_OUTCOME,
	parameters,
	reportsOf,
	useSimulator,
	users,
	usersOf,
} from '../desk';
import { retryRun, runContactUser, startContactUser } from '../harness';
import { runAgentWithTool } from '../toolHarness';

/*
 * What these tests assume: one n8n process; users are told apart by their UserID; Desk may make two contacts of two
 * requests that are under way at once. What varies: rows, groups, executions, tool calls, retries, outcomes, time.
 */
const simulator = useSimulator();
const ANSWER_AFTER_MS = 200;
/** Arrivals are whole milliseconds, and a timer may fire a little early. */
const TOLERANCE_MS = 5;

const arrivals = (userId: string) =>
	simulator()
		.requests.filter((request) => request.userId === userId)
		.map(({ at }) => at);
const contactsOf = (userId: string) =>
	simulator().ledger.filter((contact) => contact.userId === userId).length;
/** Contacts that differ in the group only, so that each is one of its own. */
const withGroups = (userId: string, groups: number[]) => groups.map((group) => ({ userId, group }));
const ofGroup = parameters({ agentGroup: byId('={{ $json.group }}') });
const BLIND = 'fault-reset-commit-blind';

describe('items of one run that ask for the same contact', () => {
	test('are one contact: both leave by Contacted, and the second says so', async () => {
		const { outputs } = await runContactUser({
			items: users('mia', 'mia'),
			parameters: parameters(),
			credential: simulator().credential,
		});

		expect(commandsSent(simulator(), 'contact_user')).toBe(1);
		expect(reportsOf(outputs[CONTACTED])).toMatchObject([
			{ userId: 'mia', attempts: 1 },
			{
				userId: 'mia',
				attempts: 0,
				message: expect.stringMatching(/^The same contact as item 0, /),
			},
		]);
	});

	test('are one doubt: sent once, and every item is unconfirmed', async () => {
		const { outputs } = await runContactUser({
			items: users(...Array<string>(5).fill(BLIND)),
			parameters: parameters(),
			node: { onError: 'continueRegularOutput' },
			credential: simulator().credential,
		});

		expect(commandsSent(simulator(), 'contact_user')).toBe(1);
		expect(contactsOf(BLIND)).toBe(1);
		expect(reportsOf(outputs[OTHER_OUTCOME])).toMatchObject(
			Array(5).fill({ outcome: 'unconfirmed' }),
		);
	});

	test('are one refusal, whatever the mode', async () => {
		for (const onError of ['continueRegularOutput', 'continueErrorOutput'] as const) {
			const { outputs } = await runContactUser({
				items: users('answer-141013', 'answer-141013', 'noah', 'answer-141013'),
				parameters: parameters(),
				node: { onError },
				credential: simulator().credential,
			});
			expect(
				reportsOf(outputs.flat()).filter(({ errorCode }) => errorCode === 141013),
			).toHaveLength(3);
		}
		expect(arrivals('answer-141013')).toHaveLength(2);
	});
});

describe('items of one run that name one user', () => {
	test('are sent one after the other, and nobody else waits for it', async () => {
		const others = Array.from({ length: 10 }, (_, n) => `noah-${n}`);
		for (const userId of ['mia', ...others]) {
			simulator().plan(userId, ...Array(3).fill({ delayMs: ANSWER_AFTER_MS }));
		}
		// First alone, as the first request of an application always is.
		const items = [
			{ userId: 'olga' },
			...withGroups('mia', [1001, 1002]),
			...users(...others),
			...withGroups('mia', [1003]),
		];
		simulator().plan('mia', ...Array(3).fill({ delayMs: ANSWER_AFTER_MS }));
		const { outputs } = await runContactUser({
			items,
			parameters: ofGroup,
			node: { onError: 'continueRegularOutput' },
			credential: simulator().credential,
		});

		const [first, second, third] = arrivals('mia');
		expect(second - first).toBeGreaterThanOrEqual(ANSWER_AFTER_MS - TOLERANCE_MS);
		expect(third - second).toBeGreaterThanOrEqual(ANSWER_AFTER_MS - TOLERANCE_MS);
		for (const [arrival] of others.map(arrivals)) expect(arrival).toBeLessThan(second);
		expect(reportsOf(outputs.flat())).toHaveLength(items.length);
		expect(contactsOf('mia')).toBe(1);
	});

	test('are not sent any more after a try in doubt whose session cannot tell', async () => {
		const { outputs } = await runContactUser({
			items: withGroups(BLIND, [1001, 1002]),
			parameters: ofGroup,
			node: { onError: 'continueRegularOutput' },
			credential: simulator().credential,
		});

		expect(contactsOf(BLIND)).toBe(1);
		expect(reportsOf(outputs[OTHER_OUTCOME])).toMatchObject([
			{ outcome: 'unconfirmed', attempts: 1 },
			{ outcome: 'unconfirmed', attempts: 0 },
		]);
	});

	test.each([BLIND, 'fault-http403'])(
		'are not sent any more once the run was stopped because of it (%s)',
		async (userId) => {
			const { run } = await runContactUser({
				items: withGroups(userId, [1001, 1002]),
				parameters: ofGroup,
				credential: simulator().credential,
			});

			expect(run.status).toBe('error');
			expect(commandsSent(simulator(), 'contact_user')).toBe(1);
		},
	);

	test('stay one contact over Retry On Fail and the Retry button', async () => {
		const setup = {
			items: [...withGroups(BLIND, [1001, 1002, 1003]), { userId: BLIND, group: 1001 }],
			parameters: ofGroup,
			node: { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 },
			credential: simulator().credential,
		};
		const failed = await runContactUser(setup);
		const retried = await retryRun(failed.run, setup);

		expect(contactsOf(BLIND)).toBe(1);
		expect(commandsSent(simulator(), 'contact_user')).toBe(1);
		expect(reportsOf([...failed.outputs, ...retried.outputs].flat()).length).toBeGreaterThan(0);
	});

	test('in two applications are two users, and neither waits for the other', async () => {
		const { apps } = simulator().world;
		const { sdkAppId } = apps[0];
		const otherId = 1400000009;
		apps.push({ ...apps[0], sdkAppId: otherId });
		simulator().plan('mia', ...Array(2).fill({ delayMs: ANSWER_AFTER_MS }));
		const items = ['olga', 'mia'].flatMap((userId) => [
			{ userId, sdkAppId },
			{ userId, sdkAppId: otherId },
		]);
		const { outputs } = await runContactUser({
			items,
			parameters: parameters(),
			credential: { ...simulator().credential, sdkAppId: '={{ $json.sdkAppId }}' },
		});

		expect(reportsOf(outputs.flat())).toHaveLength(items.length);
		const [first, second] = arrivals('mia');
		expect(second - first).toBeLessThan(ANSWER_AFTER_MS - TOLERANCE_MS);
	});
});

describe('executions at once that name one user', () => {
	const execute = async (userId: string, options = {}) =>
		await runContactUser({
			items: users(userId),
			parameters: parameters({}, options),
			node: { onError: 'continueRegularOutput' },
			credential: simulator().credential,
		});
	const outcomesOf = (runs: Array<Awaited<ReturnType<typeof execute>>>) =>
		runs.map(({ outputs }) => reportsOf(outputs.flat())[0].outcome).sort();

	test('make one contact, also when its answer is lost and Desk makes it late', async () => {
		simulator().plan('mia', { fault: 'lateCommit' });
		const runs = await Promise.all([1, 2].map(() => execute('mia', { timeout: 3000 })));

		expect(contactsOf('mia')).toBe(1);
		expect(outcomesOf(runs)).toEqual(['contacted', 'userUnavailable']);
	});

	test('send nothing more after a doubt that stays', async () => {
		const runs = await Promise.all([1, 2, 3].map(() => execute(BLIND)));

		expect(contactsOf(BLIND)).toBe(1);
		expect(outcomesOf(runs)).toEqual(Array(3).fill('unconfirmed'));
	});

	test('one after the other know the doubt too, and clear it up when the session shows the contact', async () => {
		simulator().plan('mia', { fault: 'reset', commit: true });
		simulator().planSession('mia', { fault: 'html' }, { fault: 'html' });
		const first = await execute('mia');
		const second = await execute('mia');

		expect(outcomesOf([first])).toEqual(['unconfirmed']);
		expect(outcomesOf([second])).toEqual(['contacted']);
		expect(contactsOf('mia')).toBe(1);
	});

	test('know nothing of a try that surely did not happen: the next one is sent', async () => {
		simulator().plan('mia', { answer: 141002 });
		const first = await execute('mia');
		const second = await execute('mia');

		expect(outcomesOf([first, second])).toEqual(['contacted', 'failed']);
	});

	test('that are cancelled while they wait end at once, and leave the turn to the next', async () => {
		simulator().plan('mia', { delayMs: 1500 });
		const slow = execute('mia');
		await sleep(300);
		const cancelled = startContactUser({
			items: users('mia'),
			parameters: parameters(),
			credential: simulator().credential,
		});
		await sleep(300);
		const third = execute('mia');
		const cancelledAt = performance.now();
		cancelled.execution.cancel();
		await cancelled.finished.catch(() => undefined);

		expect(performance.now() - cancelledAt).toBeLessThan(500);
		expect(outcomesOf(await Promise.all([slow, third]))).toEqual(['contacted', 'userUnavailable']);
		expect(commandsSent(simulator(), 'contact_user')).toBe(2);
	});
});

test.each(['callsTheTool', 'asksTheEngine'] as const)(
	'an AI agent (%s) that calls the tool twice for one user makes one contact',
	async (kind) => {
		simulator().plan('mia', { fault: 'lateCommit' });
		const { observations, thrown } = await runAgentWithTool(kind, {
			calls: users('mia', 'mia'),
			parameters: parameters(
				{ userId: "={{ $fromAI('userId', '', 'string') }}" },
				{ timeout: 3000 },
			),
			credential: simulator().credential,
		});

		expect(thrown).toEqual([]);
		expect(observations).toHaveLength(2);
		expect(contactsOf('mia')).toBe(1);
	},
);

test('users who differ are not taken for one', async () => {
	const { outputs } = await runContactUser({
		items: users('mia', 'Mia', 'mia ', 'mia-1'),
		parameters: parameters(),
		node: { onError: 'continueRegularOutput' },
		credential: simulator().credential,
	});
	expect(usersOf(outputs[CONTACTED]).sort()).toEqual(['Mia', 'mia', 'mia', 'mia-1']);
	expect(commandsSent(simulator(), 'contact_user')).toBe(3);
});
