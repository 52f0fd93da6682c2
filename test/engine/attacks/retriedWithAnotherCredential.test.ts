import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { startSimulator } from '../../../simulator/server';
import { byId, reportsOf, runBefore, useSimulator } from '../desk';
import { retryRun, runContactUser, type ContactUserSetup } from '../harness';
import { createScene } from './scene';

const simulator = useSimulator();
const TEAM = ['ann', 'ben', 'cleo'];

describe('Retry after the credential was switched to another app', () => {
	it('of the same server contacts every user in the new app', async () => {
		const scene = createScene(simulator(), 'app');
		const [app] = simulator().world.apps;
		simulator().world.apps.push({ ...app, sdkAppId: 1400000009 });
		scene.loseAnswerTo('ben');
		const setup = scene.setup(TEAM);
		const failed = await runContactUser(setup);
		// The new app has no sessions yet; the simulator keeps those of all apps together.
		scene.endSessions();

		const credential = { ...setup.credential, sdkAppId: '1400000009' };
		const retried = await retryRun(failed.run, { ...setup, credential });

		expect(scene.outcomes(retried)).toEqual({
			ann: 'contacted',
			ben: 'contacted',
			cleo: 'contacted',
		});
		expect(scene.contacted()).toEqual(['ann', 'ben', 'ann', 'ben', 'cleo']);
	});

	it('of another server reports as contacted only whom that server contacted', async () => {
		const other = await startSimulator();
		try {
			const scene = createScene(simulator(), 'server');
			const otherScene = createScene(other, 'server');
			simulator().plan(scene.id('broken'), { answer: 141002 });
			const setup = scene.setup(['ann', 'broken', 'cleo']);
			const failed = await runContactUser(setup);

			const credential = { ...other.credential };
			const retried = await retryRun(failed.run, { ...setup, credential });

			expect(otherScene.contacted()).toEqual(['ann', 'broken', 'cleo']);
			expect(Object.values(scene.outcomes(retried))).toEqual(Array(3).fill('contacted'));
			expect(scene.contacted()).toEqual(['ann']);
		} finally {
			await other.close();
		}
	});
});

interface Refusal {
	what: string;
	change: (setup: ContactUserSetup) => Partial<ContactUserSetup>;
}

const changeCredential =
	(change: ICredentialDataDecryptedObject): Refusal['change'] =>
	({ credential }) => ({ credential: { ...credential, ...change } });

const REFUSALS: Refusal[] = [
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

describe('what is known of a contact is still told by a retry in which', () => {
	const runOf = runBefore(REFUSALS, async (testCase) => {
		const scene = createScene(simulator(), `refusal${REFUSALS.indexOf(testCase)}`);
		scene.loseAnswerTo('ben');
		const setup = scene.setup(TEAM);
		const failed = await runContactUser(setup);
		const retried = await retryRun(failed.run, { ...setup, ...testCase.change(setup) });
		const outcomes = scene.outcomes(retried);
		return { outcomes, reports: reportsOf(retried.outputs.flat()), contacted: scene.contacted() };
	});

	test.each(REFUSALS)('$what', (testCase) => {
		const { outcomes, reports, contacted } = runOf(testCase);

		expect(outcomes).toEqual({
			ann: 'contacted',
			ben: 'unconfirmed',
			cleo: 'configurationError',
		});
		expect(reports.find(({ outcome }) => outcome === 'configurationError')?.attempts).toBe(0);
		expect(contacted).toEqual(['ann', 'ben']);
	});
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
