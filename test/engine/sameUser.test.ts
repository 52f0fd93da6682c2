import { CONTACTED, OTHER_OUTCOME, parameters, reportsOf, useSimulator, users } from './desk';
import { runContactUser } from './harness';

const simulator = useSimulator();
const ANSWER_AFTER_MS = 200;
/** Arrivals are whole milliseconds, and a timer may fire a little early. */
const TOLERANCE_MS = 5;

const arrivals = (userId: string) =>
	simulator()
		.requests.filter((request) => request.userId === userId)
		.map(({ at }) => at);

test('a user in several items is asked for one after the other, and nobody else waits for it', async () => {
	const others = Array.from({ length: 10 }, (_, n) => `noah-${n}`);
	for (const userId of ['mia', ...others]) {
		simulator().plan(userId, ...Array(3).fill({ delayMs: ANSWER_AFTER_MS }));
	}
	// First alone, as the first request of an application always is.
	const items = users('olga', 'mia', 'mia', ...others, 'mia');
	const { outputs } = await runContactUser({
		items,
		parameters: parameters(),
		credential: simulator().credential,
	});

	const [first, second, third] = arrivals('mia');
	expect(second - first).toBeGreaterThanOrEqual(ANSWER_AFTER_MS - TOLERANCE_MS);
	expect(third - second).toBeGreaterThanOrEqual(ANSWER_AFTER_MS - TOLERANCE_MS);
	for (const [arrival] of others.map(arrivals)) expect(arrival).toBeLessThan(second);

	expect(reportsOf(outputs[CONTACTED])).toHaveLength(12);
	expect(reportsOf(outputs[OTHER_OUTCOME])).toMatchObject(
		Array(2).fill({ userId: 'mia', outcome: 'userUnavailable', errorCode: 141016 }),
	);
	expect(simulator().ledger.filter(({ userId }) => userId === 'mia')).toHaveLength(1);
});

test('a UserID in two applications is two users, and neither waits for the other', async () => {
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
