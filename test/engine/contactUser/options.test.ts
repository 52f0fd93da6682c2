import type { INodeParameters } from 'n8n-workflow';

import { useContacts } from '../contacts';
import {
	AGENT_UNAVAILABLE,
	commandsSent,
	CONFIGURATION_ERROR,
	CONTACTED,
	ERROR,
	ON_ERROR_MODES,
	OTHER_OUTCOME,
	reportsOf,
} from '../desk';

const { simulator, contact, contacted } = useContacts();
const WRONG_KEY = { secretKey: 'wrong' };

test('Include Session Details adds the session after a contact, and asks for nobody else', async () => {
	simulator().plan('busy', { answer: 141012 });

	const { outputs } = await contact(['mia', 'busy'], { options: { includeSession: true } });

	const [{ sessionId, agent }] = simulator().ledger;
	expect(reportsOf(outputs[CONTACTED])).toMatchObject([
		{ session: { sessionId, state: 'Agent', agent } },
	]);
	expect(commandsSent(simulator(), 'get_session_state')).toBe(1);
	expect(reportsOf(outputs[AGENT_UNAVAILABLE])[0].session ?? null).toBeNull();
});

test.each<[string, INodeParameters, RegExp]>([
	[
		'of an expression',
		{ timeout: '={{ "5,5" }}' },
		/^The option Timeout is "5,5", but must be a number/,
	],
	[
		'a failing expression',
		{ concurrency: "={{ $('Nowhere').item.json.x }}" },
		/^The option Concurrent Requests could not be read \(Referenced node/,
	],
])(
	'an option that cannot be read is a configuration error of every item, in every On Error mode, and nothing is sent: %s',
	async (_what, options, words) => {
		for (const onError of ON_ERROR_MODES) {
			const { run, outputs } = await contact(['mia', 'noa', ''], { options, onError });

			expect(run.status).toBe('success');
			expect(outputs.flat()).toHaveLength(3);
			expect(reportsOf(outputs[CONFIGURATION_ERROR])).toMatchObject(
				['mia', 'noa', ''].map((userId) => ({
					...{ userId, outcome: 'configurationError', errorCode: null, attempts: 0 },
					message: expect.stringMatching(words),
					advice: expect.stringMatching(/\S/),
				})),
			);
			expect(simulator().requests).toEqual([]);
		}
	},
);

describe('Simulate Only', () => {
	const OUTCOMES = {
		contacted: CONTACTED,
		agentUnavailable: AGENT_UNAVAILABLE,
		configurationError: CONFIGURATION_ERROR,
		userUnavailable: OTHER_OUTCOME,
		failed: OTHER_OUTCOME,
		unconfirmed: OTHER_OUTCOME,
	};

	test('contacts nobody, asks once whether the credential is right, and ends as the item says', async () => {
		const items = Object.keys(OUTCOMES).map((wanted) => ({ userId: `of-${wanted}`, wanted }));
		const { outputs, hints } = await contact([...items, ''], {
			options: { simulateOnly: '={{ true }}', simulatedOutcome: '={{ $json.wanted }}' },
			onError: 'continueRegularOutput',
		});

		expect(simulator().requests.map(({ command }) => command)).toEqual(['get_im_agent_list']);
		for (const [wanted, output] of Object.entries(OUTCOMES)) {
			const report = reportsOf(outputs[output]).find(({ userId }) => userId === `of-${wanted}`);
			expect(report).toMatchObject({ outcome: wanted, simulated: true, attempts: 0 });
		}
		// What is wrong about an item is found as in a run.
		expect(reportsOf(outputs[CONFIGURATION_ERROR]).at(-1)).toMatchObject({
			message: expect.stringMatching(/^User ID is empty/),
			simulated: true,
		});
		expect(hints[0].message).toMatch(/^Simulate Only is on: nobody was contacted\./);
	});

	test('tells of a wrong key as a run does', async () => {
		const { outputs } = await contact(['mia', 'noa'], {
			options: { simulateOnly: true },
			credential: WRONG_KEY,
		});

		expect(reportsOf(outputs[CONFIGURATION_ERROR])).toMatchObject(
			['mia', 'noa'].map((userId) => ({ userId, errorCode: 70009, simulated: true })),
		);
		expect(contacted()).toEqual([]);
	});

	test.each<[INodeParameters, string]>([
		[{ simulateOnly: true, simulatedOutcome: '={{ "nonsense" }}' }, 'Simulated Outcome'],
		[
			{ simulateOnly: true, simulatedOutcome: "={{ $('Nowhere').item.json.x }}" },
			'Simulated Outcome',
		],
		[{ simulateOnly: '={{ "perhaps" }}' }, 'Simulate Only'],
	])('with what cannot be read (%j) contacts nobody, and names it', async (options, label) => {
		const { outputs } = await contact(['mia'], { options });

		expect(reportsOf(outputs[CONFIGURATION_ERROR])).toMatchObject([
			{ message: expect.stringContaining(label) },
		]);
		expect(simulator().requests).toEqual([]);
	});
});

describe('Stop When Nothing Can Be Sent', () => {
	const on = { stopWhenNothingCanBeSent: true };

	test('stops the workflow for a wrong key, and says so', async () => {
		const { run, error } = await contact(['mia', 'noa'], { options: on, credential: WRONG_KEY });

		expect(run.status).toBe('error');
		expect(error?.message).toMatch(
			/The secret key does not belong to this SDKAppID\. \[item 1 of 2\]$/,
		);
	});

	test('sends such items out of the Error output where there is one, and the others as ever', async () => {
		const { outputs } = await contact(['mia', ''], {
			options: on,
			onError: 'continueErrorOutput',
			credential: WRONG_KEY,
		});

		expect(reportsOf(outputs[ERROR])).toMatchObject([{ userId: 'mia', errorCode: 70009 }]);
		expect(outputs[CONFIGURATION_ERROR]).toHaveLength(1);
	});

	test.each([
		['under Continue', { options: on, onError: 'continueRegularOutput', credential: WRONG_KEY }],
		['where it is off', { credential: WRONG_KEY }],
		['where it is off', { onError: 'continueErrorOutput', credential: WRONG_KEY }],
		['for what is wrong about one item', { options: on }],
	] as const)('changes nothing %s', async (_where, wish) => {
		simulator().plan('mia', { answer: 141004 });
		const { run, outputs } = await contact(['mia'], wish);

		expect(run.status).toBe('success');
		expect(outputs[CONFIGURATION_ERROR]).toHaveLength(1);
	});
});
