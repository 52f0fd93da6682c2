import { useContacts } from '../contacts';
import { byId, CONTACTED, parameters, reportsOf, runBefore, users } from '../desk';
import { retryRun } from '../harness';
import { AGENT_KINDS, runAgentWithTool } from '../toolHarness';

/*
 * What can only fail on n8n's engine; all else about one user is told in test/unit/contactUser/executions.
 * What these tests assume: one n8n process; users are told apart by their UserID; Desk may make two contacts of two
 * requests that are under way at once. What varies: rows, groups, applications, tool calls, retries.
 */
const { simulator, contact, setup } = useContacts();
const ANSWER_AFTER_MS = 200;
/** Arrivals are whole milliseconds, and a timer may fire a little early. */
const TOLERANCE_MS = 5;

const arrivals = (userId: string) =>
	simulator()
		.requests.filter((request) => request.userId === userId && request.command === 'contact_user')
		.map(({ at }) => at);
const contactsOf = (userId: string) =>
	simulator().ledger.filter((made) => made.userId === userId).length;
/** Contacts that differ in the group only, so that each is one of its own. */
const withGroups = (userId: string, groups: number[]) => groups.map((group) => ({ userId, group }));
const OF_GROUP = { agentGroup: byId('={{ $json.group }}') };

test('a user in doubt is contacted once by Retry On Fail and the Retry button', async () => {
	// Its contact is made and the answer lost, and the session unreadable.
	const userId = 'fault-reset-commit-blind';
	const rows = [...withGroups(userId, [1001, 1002, 1003]), { userId, group: 1001 }];
	const node = { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 };
	const wish = { parameters: OF_GROUP, node };
	const { outputs } = await retryRun((await contact(rows, wish)).run, setup(rows, wish));

	expect(reportsOf(outputs.flat()).map(({ outcome }) => outcome)).toEqual(
		Array(4).fill('unconfirmed'),
	);
	expect([arrivals(userId).length, contactsOf(userId)]).toEqual([1, 1]);
});

describe('an AI agent that', () => {
	const runOf = runBefore(AGENT_KINDS, async (kind) => {
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

	test.each(AGENT_KINDS)('%s twice for one user makes one contact', (kind) => {
		expect(runOf(kind)).toEqual({ answers: 2, thrown: [], contacts: 1 });
	});
});

test('items of one run that ask for the same contact are one: both leave by Contacted, and the second says so', async () => {
	const { outputs } = await contact(['mia', 'Mia', ' mia']);

	expect(arrivals('mia')).toHaveLength(1);
	expect(reportsOf(outputs[CONTACTED])).toMatchObject([
		{ userId: 'mia', attempts: 1 },
		{ userId: 'Mia', attempts: 1 },
		{ userId: 'mia', attempts: 0, message: expect.stringMatching(/^Item 1 asks for the same/) },
	]);
});

test('items of one run that name one user are sent one after the other, and nobody else waits for it', async () => {
	const others = Array.from({ length: 10 }, (_, n) => `noah-${n}`);
	for (const userId of ['mia', ...others]) {
		simulator().plan(userId, ...Array(6).fill({ delayMs: ANSWER_AFTER_MS }));
	}
	const items = [
		// First alone, as the first request of an application always is.
		...users('olga'),
		...withGroups('mia', [1001, 1002]),
		...users(...others),
		...withGroups('mia', [1003]),
	];
	const { outputs } = await contact(items, {
		parameters: OF_GROUP,
		onError: 'continueRegularOutput',
	});

	const [first, second, third] = arrivals('mia');
	expect(second - first).toBeGreaterThanOrEqual(ANSWER_AFTER_MS - TOLERANCE_MS);
	expect(third - second).toBeGreaterThanOrEqual(ANSWER_AFTER_MS - TOLERANCE_MS);
	for (const [arrival] of others.map(arrivals)) expect(arrival).toBeLessThan(second);
	expect(reportsOf(outputs.flat())).toHaveLength(items.length);
	expect(contactsOf('mia')).toBe(1);
});

test('a user of two applications is two users, and neither waits for the other', async () => {
	const { apps } = simulator().world;
	apps.push({ ...apps[0], sdkAppId: 1400000009 });
	simulator().plan('mia', ...Array(2).fill({ delayMs: ANSWER_AFTER_MS }));
	const items = ['olga', 'mia'].flatMap((userId) =>
		[apps[0], apps[apps.length - 1]].map(({ sdkAppId }) => ({ userId, sdkAppId })),
	);
	const { outputs } = await contact(items, { credential: { sdkAppId: '={{ $json.sdkAppId }}' } });

	expect(reportsOf(outputs.flat())).toHaveLength(items.length);
	const [first, second] = arrivals('mia');
	expect(second - first).toBeLessThan(ANSWER_AFTER_MS - TOLERANCE_MS);
});
