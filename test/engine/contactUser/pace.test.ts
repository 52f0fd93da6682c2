import { CONTACTED, parameters, useSimulator, users } from '../desk';
import { startContactUser, type ContactUserRun } from '../harness';
import { within } from '../scene';

const simulator = useSimulator();

/** Starts a run for this many users, and cancels it when it is not done after ten seconds. */
async function runBriefly(
	count: number,
	options: Record<string, number>,
	whileRunning = async (): Promise<void> => {},
): Promise<ContactUserRun | undefined> {
	const { execution, finished } = startContactUser({
		items: users(...Array.from({ length: count }, (_, index) => `user-${index}`)),
		parameters: parameters({}, { maxRetries: 1, ...options }),
		credential: simulator().credential,
	});
	await whileRunning();
	const run = await within(10_000, finished);
	execution.cancel();
	await finished;
	return run;
}

it('a run without pace whose first request is one too many soon goes fast again', async () => {
	simulator().plan('user-0', { fault: 'http429' });

	const run = await runBriefly(30, { requestsPerSecond: 0, concurrency: 5 });

	expect(run?.outputs[CONTACTED]).toHaveLength(30);
	const startedAt = simulator().requests.map(({ at }) => at);
	expect(startedAt).toHaveLength(31);
	// It does slow down first.
	expect(startedAt[1] - startedAt[0]).toBeGreaterThan(200);
	const gaps = startedAt.slice(1).map((at, index) => at - startedAt[index]);
	expect(Math.max(...gaps.slice(-10))).toBeLessThan(800);
});

it('goes on when the clock of the computer is set back an hour during a run', async () => {
	const trueNow = Date.now;
	let setBackBy = 0;
	let sentBefore = 0;
	// In place before the run starts, since the node may have taken the function itself.
	Date.now = () => trueNow() - setBackBy;
	try {
		const run = await runBriefly(30, { concurrency: 1, requestsPerSecond: 50 }, async () => {
			while (simulator().requests.length < 3) await new Promise((done) => setTimeout(done, 5));
			sentBefore = simulator().requests.length;
			setBackBy = 3_600_000;
		});

		expect(sentBefore).toBeLessThan(20);
		expect(run?.outputs[CONTACTED]).toHaveLength(30);
	} finally {
		Date.now = trueNow;
	}
});
