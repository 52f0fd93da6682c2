import { setTimeout as sleep } from 'node:timers/promises';

import {
	byId,
	commandsSent,
	CONTACTED,
	parameters,
	reportsOf,
	runBefore,
	useSimulator,
	users,
	usersOf,
} from '../desk';
import { retryRun, runContactUser, startContactUser, type ContactUserRun } from '../harness';
import { runAgentWithTool, type AgentKind } from '../toolHarness';

/*
 * What can only fail on n8n's engine; all else about one user is told in test/unit/contactUser/executions.
 * What these tests assume: one n8n process; users are told apart by their UserID; Desk may make two contacts of two
 * requests that are under way at once. What varies: rows, groups, executions, tool calls, retries, outcomes, time.
 */
const simulator = useSimulator();
const ANSWER_AFTER_MS = 200;
/** Arrivals are whole milliseconds, and a timer may fire a little early. */
const TOLERANCE_MS = 5;

const requestsFor = (userId: string, command = 'contact_user') =>
	simulator().requests.filter(
		(request) => request.userId === userId && request.command === command,
	);
const arrivals = (userId: string) => requestsFor(userId).map(({ at }) => at);
const contactsOf = (userId: string) =>
	simulator().ledger.filter((contact) => contact.userId === userId).length;
/** Contacts that differ in the group only, so that each is one of its own. */
const withGroups = (userId: string, groups: number[]) => groups.map((group) => ({ userId, group }));
const ofGroup = parameters({ agentGroup: byId('={{ $json.group }}') });
const goingOn = { onError: 'continueRegularOutput' } as const;

const execute = async (userId: string, options = {}) =>
	await runContactUser({
		items: users(userId),
		parameters: parameters({}, options),
		node: goingOn,
		credential: simulator().credential,
	});
const outcomesOf = (runs: ContactUserRun[]) =>
	runs.flatMap(({ outputs }) => reportsOf(outputs.flat()).map(({ outcome }) => outcome)).sort();

interface Doubt {
	what: string;
	/** Its contact is made and the answer lost, and the session unreadable, unless `plan` says otherwise. */
	plan?: (userId: string) => void;
	act: (userId: string) => Promise<ContactUserRun[]>;
	outcomes: string[];
	sent: number;
}

const DOUBTS: Doubt[] = [
	{
		what: 'Retry On Fail and the Retry button',
		act: async (userId) => {
			const setup = {
				items: [...withGroups(userId, [1001, 1002, 1003]), { userId, group: 1001 }],
				parameters: ofGroup,
				node: { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 },
				credential: simulator().credential,
			};
			const failed = await runContactUser(setup);
			return [await retryRun(failed.run, setup)];
		},
		outcomes: Array(4).fill('unconfirmed'),
		sent: 1,
	},
	{
		what: 'executions at once, of which the first is contacted late',
		plan: (userId) => simulator().plan(userId, { fault: 'lateCommit' }),
		act: async (userId) => await Promise.all([1, 2].map(() => execute(userId, { timeout: 3000 }))),
		outcomes: ['contacted', 'userUnavailable'],
		sent: 2,
	},
	{
		what: 'the next execution, which sees the contact in the session',
		plan: (userId) => {
			simulator().plan(userId, { fault: 'reset', commit: true });
			simulator().planSession(userId, { fault: 'html' }, { fault: 'html' });
		},
		act: async (userId) => [await execute(userId), await execute(userId)],
		outcomes: ['contacted', 'unconfirmed'],
		sent: 1,
	},
];

describe('a user in doubt is contacted once by', () => {
	const runOf = runBefore(DOUBTS, async (doubt) => {
		const name = doubt.plan === undefined ? 'fault-reset-commit-blind' : 'mia';
		const userId = `${name}.${DOUBTS.indexOf(doubt)}`;
		doubt.plan?.(userId);
		const outcomes = outcomesOf(await doubt.act(userId));
		return { outcomes, sent: requestsFor(userId).length, contacts: contactsOf(userId) };
	});

	test.each(DOUBTS)('$what', (doubt) => {
		const { outcomes, sent } = doubt;
		expect(runOf(doubt)).toEqual({ outcomes, sent, contacts: 1 });
	});
});

describe('an AI agent that', () => {
	const KINDS: AgentKind[] = ['callsTheTool', 'asksTheEngine'];
	const runOf = runBefore(KINDS, async (kind) => {
		simulator().plan(kind, { fault: 'lateCommit' });
		const { observations, thrown } = await runAgentWithTool(kind, {
			calls: users(kind, kind),
			parameters: parameters(
				{ userId: "={{ $fromAI('userId', '', 'string') }}" },
				{ timeout: 3000 },
			),
			credential: simulator().credential,
		});
		return { answers: observations.length, thrown, contacts: contactsOf(kind) };
	});

	test.each(KINDS)('%s twice for one user makes one contact', (kind) => {
		expect(runOf(kind)).toEqual({ answers: 2, thrown: [], contacts: 1 });
	});
});

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
				message: expect.stringMatching(/^Item 1 asks for the same contact, /),
			},
		]);
	});
});

describe('items of one run that name one user', () => {
	test('are sent one after the other, and nobody else waits for it', async () => {
		const others = Array.from({ length: 10 }, (_, n) => `noah-${n}`);
		for (const userId of ['mia', ...others]) {
			simulator().plan(userId, ...Array(6).fill({ delayMs: ANSWER_AFTER_MS }));
		}
		// First alone, as the first request of an application always is.
		const items = [
			{ userId: 'olga' },
			...withGroups('mia', [1001, 1002]),
			...users(...others),
			...withGroups('mia', [1003]),
		];
		const { outputs } = await runContactUser({
			items,
			parameters: ofGroup,
			node: goingOn,
			credential: simulator().credential,
		});

		const [first, second, third] = arrivals('mia');
		expect(second - first).toBeGreaterThanOrEqual(ANSWER_AFTER_MS - TOLERANCE_MS);
		expect(third - second).toBeGreaterThanOrEqual(ANSWER_AFTER_MS - TOLERANCE_MS);
		for (const [arrival] of others.map(arrivals)) expect(arrival).toBeLessThan(second);
		expect(reportsOf(outputs.flat())).toHaveLength(items.length);
		expect(contactsOf('mia')).toBe(1);
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

describe('executions that name one user', () => {
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

test('users who differ are not taken for one', async () => {
	const { outputs } = await runContactUser({
		items: users('mia', 'Mia', 'mia ', 'mia-1'),
		parameters: parameters(),
		node: goingOn,
		credential: simulator().credential,
	});
	expect(usersOf(outputs[CONTACTED]).sort()).toEqual(['Mia', 'mia', 'mia', 'mia-1']);
	expect(commandsSent(simulator(), 'contact_user')).toBe(3);
});
