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

	it('costs no contact when the session cannot be read', async () => {
		simulator().planSession('mia', { fault: 'html' });

		const { outputs } = await contact(users('mia'), { includeSession: true });

		expect(reportsOf(outputs[CONTACTED])).toMatchObject([{ userId: 'mia', outcome: 'contacted' }]);
		expect(reportsOf(outputs[CONTACTED])[0].session ?? null).toBeNull();
	});

	it('is off unless asked for', async () => {
		const { outputs } = await contact(users('mia'), {});

		expect(outputs[CONTACTED][0].json).not.toHaveProperty('session');
		expect(commandsSent(simulator(), 'get_session_state')).toBe(0);
	});
});

describe('Request Field Names', () => {
	test.each([
		['both', 'sample'],
		['both', 'table'],
		['sample', 'sample'],
		['table', 'table'],
	] as const)(
		'%s is understood by a Desk that reads the spelling of its %s',
		async (ours, theirs) => {
			simulator().world.fieldSpelling = theirs;

			const { outputs } = await contact(users('mia'), { fieldNames: ours });

			expect(reportsOf(outputs[CONTACTED])).toMatchObject([{ userId: 'mia' }]);
			expect(simulator().ledger).toHaveLength(1);
		},
	);

	test.each([
		['sample', 'table'],
		['table', 'sample'],
	] as const)(
		'%s sends that spelling only: a Desk that reads its %s refuses it',
		async (ours, theirs) => {
			simulator().world.fieldSpelling = theirs;

			const { outputs } = await contact(users('mia'), { fieldNames: ours });

			expect(outputs[CONTACTED]).toEqual([]);
			expect(simulator().ledger).toEqual([]);
		},
	);

	it('is both unless asked for', async () => {
		simulator().world.fieldSpelling = 'table';

		expect((await contact(users('mia'), {})).outputs[CONTACTED]).toHaveLength(1);
	});
});

describe('options out of range are brought into range', () => {
	test.each([
		['concurrency', 0],
		['concurrency', -5],
		['requestsPerSecond', -1],
		['maxRetries', -1],
		['timeout', 0],
		['timeout', '2000'],
		['maxRetries', ''],
	])('%s = %s', async (name, value) => {
		const { run, outputs } = await contact(users('mia', 'noa'), {
			[name]: `={{ ${JSON.stringify(value)} }}`,
		});

		expect(run.status).toBe('success');
		expect(reportsOf(outputs[CONTACTED])).toMatchObject([{ userId: 'mia' }, { userId: 'noa' }]);
	});
});

describe('an option that cannot be read is a configuration error of every item, and nothing is sent', () => {
	test.each<[string, INodeParameters, RegExp]>([
		['a number that is none', { timeout: '5,5' }, /^The option Timeout is "5,5" and not a number/],
		['of an expression', { maxRetries: '={{ "often" }}' }, /^The option Retries is "often"/],
		['a word for a boolean', { includeSession: '={{ "yes" }}' }, /^The option Include Session Det/],
		['no spelling', { fieldNames: '={{ "neither" }}' }, /^The option Request Field Names is "nei/],
		[
			'a failing expression',
			{ concurrency: "={{ $('Nowhere').item.json.x }}" },
			/^The option Concurrent Requests could not be read \(Referenced node/,
		],
	])('%s, in every On Error mode', async (_what, options, words) => {
		for (const onError of ON_ERROR_MODES) {
			const { run, outputs } = await contact(
				[...users('mia', 'noa'), { userId: '' }],
				{ ...options, maxRetries: options.maxRetries ?? 0 },
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
