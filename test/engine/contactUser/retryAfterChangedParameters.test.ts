import { byId, reportsOf, runBefore, useSimulator } from '../desk';
import { retryRun, runContactUser } from '../harness';
import { createScene } from '../scene';

const simulator = useSimulator();

const TEAM = ['ann', 'ben', 'cleo'];

const EXPRESSIONS = {
	agent: '=agent-{{ Math.random() }}@example.com',
	agentGroup: '={{ Math.floor(1 + Math.random() * 1e12) }}',
};

const MOVING = [
	{ field: 'agent', way: 'Retry On Fail' },
	{ field: 'agent', way: 'the Retry button' },
	{ field: 'agentGroup', way: 'Retry On Fail' },
	{ field: 'agentGroup', way: 'the Retry button' },
] as const;

describe('when the expression of a parameter gives another value each time', () => {
	const runOf = runBefore(MOVING, async ({ field, way }) => {
		const scene = createScene(simulator(), `${field}.${way.length}`);
		scene.loseAnswerTo('ben');
		// An answer 0 makes the contact whoever is asked for, so a second request would show as a second contact.
		for (const user of TEAM) simulator().plan(scene.id(user), { answer: 0 }, { answer: 0 });
		const setup = scene.setup(TEAM, { [field]: byId(EXPRESSIONS[field]) });
		const retries = { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 };
		const run =
			way === 'Retry On Fail'
				? await runContactUser({ ...setup, node: retries })
				: await retryRun((await runContactUser(setup)).run, setup);
		const requests = simulator().requests.filter(({ userId }) => userId === scene.id('ben'));
		return {
			run,
			outcomes: scene.outcomes(run),
			contacted: scene.contacted(),
			commandsForBen: requests.map(({ command }) => command),
		};
	});

	test.each(MOVING)('$way contacts nobody twice ($field)', (testCase) => {
		const { run, outcomes, contacted } = runOf(testCase);

		const asked = reportsOf(run.outputs.flat()).map((report) => report[testCase.field]);
		expect(new Set(asked).size).toBe(3);
		expect(outcomes).toEqual({ ann: 'contacted', ben: 'contacted', cleo: 'contacted' });
		expect(contacted).toEqual(['ann', 'ben', 'cleo']);
	});

	test.each(MOVING)('$way first asks the session of a doubtful contact ($field)', (testCase) => {
		expect(runOf(testCase).commandsForBen).toEqual([
			'contact_user',
			'get_session_state',
			'get_session_state',
			'get_session_state',
		]);
	});
});

it('contacts nobody twice when the agent group was changed in the workflow before Retry', async () => {
	const scene = createScene(simulator(), 'changed');
	simulator().plan(scene.id('broken'), { answer: 141002 });
	const failed = await runContactUser(scene.setup(['ann', 'broken']));
	// Without a session, Desk would make the second contact.
	scene.endSessions();

	const changed = scene.setup(['ann', 'broken'], { agentGroup: byId('1001') });
	const retried = await retryRun(failed.run, changed);

	expect(scene.outcomes(retried)).toEqual({ ann: 'contacted', broken: 'contacted' });
	expect(scene.contacted()).toEqual(['ann', 'broken']);
});
