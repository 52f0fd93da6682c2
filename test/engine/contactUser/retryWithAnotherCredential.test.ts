import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { startSimulator } from '../../../simulator/server';
import { byId, reportsOf, runBefore, useSimulator } from '../desk';
import { retryRun, runContactUser, type ContactUserSetup } from '../harness';
import { createScene, type Scene } from '../scene';

const simulator = useSimulator();
type Change = (setup: ContactUserSetup) => Partial<ContactUserSetup>;

const changeCredential =
	(change: ICredentialDataDecryptedObject): Change =>
	({ credential }) => ({ credential: { ...credential, ...change } });

const REFUSALS: Array<{ what: string; change: Change }> = [
	{ what: 'there is no credential', change: () => ({ credential: null }) },
	{
		what: 'an expression of the credential fails',
		change: changeCredential({ sdkAppId: "={{ JSON.parse('broken') }}" }),
	},
	{ what: 'the SDKAppID has letters', change: changeCredential({ sdkAppId: '14000abc' }) },
	{
		what: 'the agent group is no group',
		change: ({ parameters }) => ({ parameters: { ...parameters, agentGroup: byId('-1') } }),
	},
];
const SWITCH = {
	what: 'the credential names another app',
	change: changeCredential({ sdkAppId: '1400000009' }),
};
const CASES = [...REFUSALS, SWITCH];

/** A run that contacted ann and perhaps ben, and its retry after a change. */
async function retryAfter({ change }: { change: Change }, scene: Scene) {
	scene.loseAnswerTo('ben');
	simulator().plan(scene.id('cleo'), { answer: 141002 });
	const setup = scene.setup(['ann', 'ben', 'cleo']);
	const failed = await runContactUser(setup);
	// The other app has no sessions yet, but the simulator keeps those of all apps together.
	if (change === SWITCH.change) scene.endSessions();
	const retried = await retryRun(failed.run, { ...setup, ...change(setup) });
	const reports = reportsOf(retried.outputs.flat());
	return { outcomes: scene.outcomes(retried), reports, contacted: scene.contacted() };
}

describe('a retry for which', () => {
	const runOf = runBefore(CASES, async (testCase) => {
		const { apps } = simulator().world;
		if (testCase === SWITCH) apps.push({ ...apps[0], sdkAppId: 1400000009 });
		return await retryAfter(testCase, createScene(simulator(), `change${CASES.indexOf(testCase)}`));
	});

	test.each(REFUSALS)('$what still tells what is known of a contact', (testCase) => {
		const { outcomes, reports, contacted } = runOf(testCase);

		expect(outcomes).toEqual({
			ann: 'contacted',
			ben: 'unconfirmed',
			cleo: 'configurationError',
		});
		expect(reports.find(({ outcome }) => outcome === 'configurationError')?.attempts).toBe(0);
		expect(contacted).toEqual(['ann', 'ben']);
	});

	it('the credential names another app contacts every user in the new app', () => {
		const { outcomes, contacted } = runOf(SWITCH);

		expect(outcomes).toEqual({ ann: 'contacted', ben: 'contacted', cleo: 'contacted' });
		expect(contacted).toEqual(['ann', 'ben', 'ann', 'ben', 'cleo']);
	});
});

it('a retry with the credential of another server reports as contacted only whom that server contacted', async () => {
	const other = await startSimulator();
	try {
		// Only the server tells the two applications apart.
		[other.world.apps[0].sdkAppId] = [simulator().world.apps[0].sdkAppId];
		other.credential.sdkAppId = simulator().credential.sdkAppId;
		const scene = createScene(simulator(), 'server');
		simulator().plan(scene.id('broken'), { answer: 141002 });
		const setup = scene.setup(['ann', 'broken', 'cleo']);
		const failed = await runContactUser(setup);

		const retried = await retryRun(failed.run, { ...setup, credential: other.credential });

		expect(Object.values(scene.outcomes(retried))).toEqual(Array(3).fill('contacted'));
		expect(createScene(other, 'server').contacted()).toEqual(['ann', 'broken', 'cleo']);
		expect(scene.contacted()).toEqual(['ann']);
	} finally {
		await other.close();
	}
});

it('a retry that had to refuse a contacted user does not forget it for the next retry', async () => {
	const scene = createScene(simulator(), 'next');
	simulator().plan(scene.id('broken'), { answer: 141002 }, { answer: 141002 });
	const setup = scene.setup(['ann', 'broken']);
	const failed = await runContactUser(setup);
	const group = "={{ $json.userId.startsWith('ann') ? -1 : '' }}";
	const refused = await retryRun(
		failed.run,
		scene.setup(['ann', 'broken'], { agentGroup: byId(group) }),
	);
	scene.endSessions();

	const mended = await retryRun(refused.run, setup);

	expect(refused.run.status).toBe('error');
	expect(scene.outcomes(mended)).toEqual({ ann: 'contacted', broken: 'contacted' });
	expect(scene.contacted()).toEqual(['ann', 'broken']);
});
