import type { IDataObject } from 'n8n-workflow';

import { startSimulator } from '../../../simulator/server';
import { parameters, reportsOf, startAnew, users } from '../desk';
import { runContactUser } from '../harness';

/*
 * In front of 500 healthy users, at defaults but for the retries: what hangs must not hold up the others. What these tests assume: an answer
 * takes no time. Limits, 10,000 users and other waits are in test/unit/contactUser/executions, on a virtual clock.
 */
const COUNT = 500;
const PACE = 190;
const healthy = Array.from({ length: COUNT }, (_, n) => `healthy-${n}`);

/** Runs both at the same time, since each waits for 10 s for what hangs; and tells when the healthy ones were sent. */
async function runBehind(hanging: string[]) {
	const simulator = await startSimulator();
	startAnew(simulator);
	const startedAt = Date.now();
	const { outputs } = await runContactUser({
		items: users(...hanging, ...healthy),
		parameters: parameters({ options: { maxRetries: 0 } }),
		node: { onError: 'continueRegularOutput' },
		credential: simulator.credential,
	});
	const { requests } = simulator;
	await simulator.close();
	const starts = requests
		.filter(({ userId }) => userId?.startsWith('healthy'))
		.map(({ at }) => (at - startedAt) / 1000);
	const hangingSent = requests.filter(
		({ userId, command }) => userId?.startsWith('fault') && command === 'contact_user',
	);
	return { reports: reportsOf(outputs.flat()), starts, hangingSent };
}

type Result = Awaited<ReturnType<typeof runBehind>>;
const results: Partial<Record<'sameUser' | 'otherUsers', Promise<Result>>> = {};
beforeAll(() => {
	results.sameUser = runBehind(Array<string>(50).fill('fault-hang'));
	results.otherUsers = runBehind(Array.from({ length: 50 }, (_, n) => `fault-hang-commit.${n}`));
});

const outcomesOf = (reports: IDataObject[]) => reports.map(({ outcome }) => outcome);

test('50 rows of one user who hangs are one request, and the first healthy user is sent within 2 s', async () => {
	const { reports, starts, hangingSent } = (await results.sameUser) as Result;

	expect(hangingSent).toHaveLength(1);
	expect(starts[0]).toBeLessThan(2);
	expect(starts[COUNT - 1]).toBeLessThan(2 + 2 * (COUNT / PACE));
	expect(outcomesOf(reports).filter((outcome) => outcome === 'contacted')).toHaveLength(COUNT);
}, 90_000);

test('50 users who hang are waited for 3 s, and then the healthy ones keep the pace', async () => {
	const { reports, starts } = (await results.otherUsers) as Result;

	expect(starts[0]).toBeLessThan(5);
	expect(starts[COUNT - 1]).toBeLessThan(6 + 2 * (COUNT / PACE));
	// Desk has made the contacts of those who hang too, and their sessions show it.
	expect(outcomesOf(reports)).toEqual(Array(COUNT + 50).fill('contacted'));
}, 90_000);
