import { runBefore, useSimulator } from '../desk';
import { retryRun, runContactUser } from '../harness';
import { ageMemory, createScene, within } from '../scene';

const simulator = useSimulator();

const HOUR_MS = 3_600_000;
/** A retry that waits for the other clock is at it for longer. */
const AHEAD_MS = 30_000;
const SOON_MS = 12_000;

interface LateRetry {
	what: string;
	/** How long after the failed try Retry is pressed, by the clock of the worker that retries. */
	afterMs: number;
	sessionIsOver: boolean;
	outcome: string;
}

const LATE: LateRetry[] = [
	{
		what: 'an hour later and the session is over, leaves the doubt',
		afterMs: HOUR_MS,
		sessionIsOver: true,
		outcome: 'unconfirmed',
	},
	{
		what: 'two minutes later and the session is over, leaves the doubt',
		afterMs: 120_000,
		sessionIsOver: true,
		outcome: 'unconfirmed',
	},
	{
		what: 'an hour later and the user is with the agent, sees the contact',
		afterMs: HOUR_MS,
		sessionIsOver: false,
		outcome: 'contacted',
	},
	{
		what: 'by a worker whose clock was behind, sees the contact at once',
		afterMs: -AHEAD_MS,
		sessionIsOver: false,
		outcome: 'contacted',
	},
];

describe('a doubtful contact that is retried', () => {
	const runOf = runBefore(LATE, async (testCase) => {
		const scene = createScene(simulator(), `late${LATE.indexOf(testCase)}`);
		scene.loseAnswerTo('ben');
		const setup = scene.setup(['ann', 'ben', 'cleo']);
		const failed = await runContactUser(setup);
		ageMemory(failed.run, testCase.afterMs);
		if (testCase.sessionIsOver) scene.endSessions();
		const retried = await within(SOON_MS, retryRun(failed.run, setup));
		return {
			outcomes: retried && scene.outcomes(retried),
			contacted: scene.contacted(),
			looks: scene.requestsFor('ben', 'get_session_state'),
		};
	});

	test.each(LATE)('$what, and contacts nobody twice', (testCase) => {
		const { outcomes, contacted, looks } = runOf(testCase);

		expect(outcomes).toEqual({ ann: 'contacted', ben: testCase.outcome, cleo: 'contacted' });
		expect(contacted).toEqual(['ann', 'ben', 'cleo']);
		expect(looks).toBeGreaterThan(2);
	});
});
