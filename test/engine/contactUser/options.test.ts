import type { INodeParameters } from 'n8n-workflow';

import { contactWithOptions } from '../contactWithOptions';
import {
	AGENT_UNAVAILABLE,
	commandsSent,
	CONFIGURATION_ERROR,
	CONTACTED,
	ERROR,
	ON_ERROR_MODES,
	OTHER_OUTCOME,
	reportsOf,
	useSimulator,
	users,
} from '../desk';

const simulator = useSimulator();

const contact = contactWithOptions(simulator);

describe('Include Session Details', () => {
	it('adds the session after a contact, and asks for nobody else', async () => {
		simulator().plan('busy', { answer: 141012 });

		const { outputs } = await contact(users('mia', 'busy'), { includeSession: true });

		const [commit] = simulator().ledger;
		expect(reportsOf(outputs[CONTACTED])).toMatchObject([
			{ session: { sessionId: commit.sessionId, state: 'Agent', agent: commit.agent } },
		]);
		expect(commandsSent(simulator(), 'get_session_state')).toBe(1);
		expect(reportsOf(outputs[AGENT_UNAVAILABLE])[0].session ?? null).toBeNull();
	});
});

test.each([
	[undefined, 'sample', 1],
	[undefined, 'table', 1],
	['both', 'sample', 1],
	['both', 'table', 1],
	['sample', 'sample', 1],
	['sample', 'table', 0],
	['table', 'table', 1],
	['table', 'sample', 0],
] as const)(
	'Request Field Names of %s: a Desk that reads the spelling of its %s makes %i contacts',
	async (fieldNames, theirs, contacts) => {
		simulator().world.fieldSpelling = theirs;

		const { outputs } = await contact(users('mia'), fieldNames ? { fieldNames } : {});

		expect(outputs[CONTACTED]).toHaveLength(contacts);
		expect(simulator().ledger).toHaveLength(contacts);
	},
);

test('numbers of expressions are brought into range', async () => {
	const { outputs } = await contact(users('mia', 'noa'), {
		concurrency: '={{ -5 }}',
		maxRetries: '={{ "" }}',
		timeout: '={{ "2000" }}',
	});

	expect(reportsOf(outputs[CONTACTED])).toMatchObject([{ userId: 'mia' }, { userId: 'noa' }]);
});

describe('an option that cannot be read is a configuration error of every item, and nothing is sent', () => {
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
	])('%s, in every On Error mode', async (_what, options, words) => {
		for (const onError of ON_ERROR_MODES) {
			const { run, outputs } = await contact(
				[...users('mia', 'noa'), { userId: '' }],
				{ ...options, maxRetries: 0 },
				onError,
			);

			expect(run.status).toBe('success');
			expect(outputs.flat()).toHaveLength(3);
			expect(reportsOf(outputs[CONFIGURATION_ERROR])).toMatchObject(
				['mia', 'noa', ''].map((userId) => ({
					userId,
					outcome: 'configurationError',
					message: expect.stringMatching(words),
					advice: expect.stringMatching(/\S/),
					errorCode: null,
					attempts: 0,
				})),
			);
			expect(simulator().requests).toEqual([]);
		}
	});
});

let rightKey: unknown;
const wrongKey = () => {
	rightKey = simulator().credential.secretKey;
	simulator().credential.secretKey = 'wrong';
};
afterEach(() => {
	if (rightKey !== undefined) simulator().credential.secretKey = rightKey as string;
	rightKey = undefined;
});

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
		const { outputs, hints } = await contact([...items, { userId: '' }], {
			simulateOnly: '={{ true }}',
			simulatedOutcome: '={{ $json.wanted }}',
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

	test('tells of a wrong key as a run does, and leaves nothing for a later run', async () => {
		wrongKey();
		const { outputs } = await contact(users('mia', 'noa'), { simulateOnly: true });

		expect(reportsOf(outputs[CONFIGURATION_ERROR])).toMatchObject(
			['mia', 'noa'].map((userId) => ({ userId, errorCode: 70009, simulated: true })),
		);
		expect(simulator().ledger).toEqual([]);
	});

	test.each([['={{ "nonsense" }}'], ["={{ $('Nowhere').item.json.x }}"]])(
		'refuses %s as an outcome, and sends nothing',
		async (simulatedOutcome) => {
			const { outputs } = await contact(users('mia'), { simulateOnly: true, simulatedOutcome });

			expect(reportsOf(outputs[CONFIGURATION_ERROR])).toMatchObject([
				{ message: expect.stringContaining('Simulated Outcome') },
			]);
			expect(simulator().requests).toEqual([]);
		},
	);

	test('that cannot be read contacts nobody', async () => {
		const { outputs } = await contact(users('mia'), { simulateOnly: '={{ "perhaps" }}' });

		expect(outputs[CONFIGURATION_ERROR]).toHaveLength(1);
		expect(simulator().requests).toEqual([]);
	});
});

describe('Stop When Nothing Can Be Sent', () => {
	const on = { stopWhenNothingCanBeSent: true };

	test('stops the workflow for a wrong key, and says so', async () => {
		wrongKey();
		const { run, error } = await contact(users('mia', 'noa'), on, 'stopWorkflow');

		expect(run.status).toBe('error');
		expect(error?.message).toMatch(
			/The secret key does not belong to this SDKAppID\. \[item 1 of 2\]$/,
		);
	});

	test('sends such items out of the Error output where there is one, and the others as ever', async () => {
		wrongKey();
		const { outputs } = await contact([...users('mia'), { userId: '' }], on, 'continueErrorOutput');

		expect(reportsOf(outputs[ERROR])).toMatchObject([{ userId: 'mia', errorCode: 70009 }]);
		expect(outputs[CONFIGURATION_ERROR]).toHaveLength(1);
	});

	test('changes nothing under Continue, nor where it is off', async () => {
		wrongKey();
		for (const [options, onError] of [
			[on, 'continueRegularOutput'],
			[{}, 'stopWorkflow'],
			[{}, 'continueErrorOutput'],
		] as const) {
			const { run, outputs } = await contact(users('mia'), options, onError);
			expect(run.status).toBe('success');
			expect(outputs[CONFIGURATION_ERROR]).toHaveLength(1);
		}
	});

	test('does not stop for an item of its own', async () => {
		simulator().plan('mia', { answer: 141004 });
		const { run } = await contact(users('mia'), on, 'stopWorkflow');

		expect(run.status).toBe('success');
	});
});
