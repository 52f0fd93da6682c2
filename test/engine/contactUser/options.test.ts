import type { INodeParameters } from 'n8n-workflow';

import { contactWithOptions } from '../contactWithOptions';
import {
	AGENT_UNAVAILABLE,
	commandsSent,
	CONFIGURATION_ERROR,
	CONTACTED,
	ON_ERROR_MODES,
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
		['of an expression', { timeout: '={{ "5,5" }}' }, /^The option Timeout is "5,5" and not a num/],
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
