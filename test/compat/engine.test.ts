import { CONTACTED, parameters, useSimulator, users, usersOf } from '../engine/desk';
import { runContactUser } from '../engine/harness';
import { engineOfEnvironment } from './engineEnvironment';
import { loadedPackages } from './loadedEngine';

const simulator = useSimulator();

test('the node runs on the very n8n-core and n8n-workflow asked for, and on one copy of each', async () => {
	const { outputs } = await runContactUser({
		items: users('mia'),
		parameters: parameters(),
		credential: simulator().credential,
	});

	expect(usersOf(outputs[CONTACTED])).toEqual(['mia']);
	const { versions } = engineOfEnvironment();
	const engine = loadedPackages().filter(({ name }) => name in versions);
	expect(engine.map(({ name, version }) => `${name} ${version}`).sort()).toEqual(
		Object.entries(versions)
			.map(([name, version]) => `${name} ${version}`)
			.sort(),
	);
});
