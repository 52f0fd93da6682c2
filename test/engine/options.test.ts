import { contactWithOptions } from './contactWithOptions';
import { AGENT_UNAVAILABLE, commandsSent, CONTACTED, reportsOf, useSimulator, users } from './desk';

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

describe('options out of range or not a number are brought into range', () => {
	test.each([
		['concurrency', 0],
		['concurrency', -5],
		['concurrency', 'many'],
		['requestsPerSecond', -1],
		['requestsPerSecond', 'fast'],
		['maxRetries', -1],
		['maxRetries', 'often'],
		['timeout', 0],
		['timeout', 'long'],
		['fieldNames', 'neither'],
	])('%s = %s', async (name, value) => {
		const { run, outputs } = await contact(users('mia', 'noa'), {
			[name]: `={{ ${JSON.stringify(value)} }}`,
		});

		expect(run.status).toBe('success');
		expect(reportsOf(outputs[CONTACTED])).toMatchObject([{ userId: 'mia' }, { userId: 'noa' }]);
	});

	it('an option whose expression fails does not send the inputs down Contacted', async () => {
		for (const onError of ['continueRegularOutput', 'continueErrorOutput'] as const) {
			const { outputs } = await contact(
				users('mia', 'noa'),
				{ concurrency: "={{ $('Nowhere').item.json.x }}" },
				onError,
			);

			for (const report of reportsOf(outputs[CONTACTED])) expect(report.outcome).toBe('contacted');
			expect(outputs.flat()).toHaveLength(2);
		}
	});
});
