import type { Step } from '../../../simulator/contract';
import { CONTACTED, parameters, reportsOf, useSimulator, users, usersOf } from '../desk';
import { runContactUser } from '../harness';

const simulator = useSimulator();

/** Contacts ann, ben and cleo one after the other; what Desk says to the look at ann's session is `step`. */
async function runWithRefusedLook(step: Step) {
	simulator().planSession('ann', step);
	return await runContactUser({
		items: users('ann', 'ben', 'cleo'),
		parameters: parameters({}, { concurrency: 1, includeSession: true }),
		credential: simulator().credential,
	});
}

test.each([60017, 60027, 60010])(
	'an app that may contact users but not read sessions (%s) still contacts all of them',
	async (answer) => {
		const { outputs } = await runWithRefusedLook({ answer });

		expect(usersOf(outputs[CONTACTED])).toEqual(['ann', 'ben', 'cleo']);
		expect(reportsOf(outputs[CONTACTED])).toMatchObject([
			{ session: null },
			{ session: { state: 'Agent' } },
			{ session: { state: 'Agent' } },
		]);
		expect(simulator().ledger.map(({ userId }) => userId)).toEqual(['ann', 'ben', 'cleo']);
	},
);

it('a wrong secret key that shows at a look at a session stops the sending for the app', async () => {
	const { outputs } = await runWithRefusedLook({ answer: 70009 });

	expect(reportsOf(outputs.flat())).toMatchObject([
		{ userId: 'ann', outcome: 'contacted', session: null },
		{ userId: 'ben', outcome: 'configurationError', errorCode: 70009, attempts: 0 },
		{ userId: 'cleo', outcome: 'configurationError', errorCode: 70009, attempts: 0 },
	]);
	expect(simulator().requests).toHaveLength(2);
});
