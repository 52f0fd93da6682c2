import type { FaultName } from '../../../simulator/contract';
import {
	commandsSent,
	CONTACTED,
	ERROR,
	hideSession,
	OTHER_OUTCOME,
	parameters,
	reportsOf,
	runBefore,
	useSimulator,
	users,
	usersOf,
} from '../desk';
import { runContactUser } from '../harness';

const simulator = useSimulator();

/** Answers that are no verdict of Desk. `failed`: surely not done; `unconfirmed`: nobody knows. */
const FAULTS: Array<{ fault: FaultName; outcome: 'failed' | 'unconfirmed' }> = [
	{ fault: 'html', outcome: 'unconfirmed' },
	{ fault: 'empty', outcome: 'unconfirmed' },
	{ fault: 'codeMissing', outcome: 'unconfirmed' },
	{ fault: 'statusMissing', outcome: 'unconfirmed' },
	{ fault: 'contradiction', outcome: 'unconfirmed' },
	{ fault: 'duplicateKeys', outcome: 'unconfirmed' },
	{ fault: 'hang', outcome: 'unconfirmed' },
	{ fault: 'reset', outcome: 'unconfirmed' },
	{ fault: 'halfBody', outcome: 'unconfirmed' },
	{ fault: 'stalledBody', outcome: 'unconfirmed' },
	{ fault: 'http500', outcome: 'unconfirmed' },
	{ fault: 'http502', outcome: 'unconfirmed' },
	{ fault: 'http503', outcome: 'unconfirmed' },
	{ fault: 'http504', outcome: 'unconfirmed' },
	{ fault: 'http302', outcome: 'failed' },
	{ fault: 'http401', outcome: 'failed' },
	{ fault: 'http403', outcome: 'failed' },
	{ fault: 'http429', outcome: 'failed' },
];
const FAULT_NAMES = FAULTS.map(({ fault }) => fault);

function planFaults(commit: boolean): void {
	for (const fault of FAULT_NAMES) simulator().plan(fault, { fault, commit });
	hideSession(simulator(), ...FAULT_NAMES);
}

const EXPECTED = FAULTS.map(({ fault, outcome }) => ({
	userId: fault,
	outcome,
	errorCode: null,
	attempts: 1,
	message: expect.stringMatching(/\S/),
	advice: expect.stringMatching(/\S/),
}));

test.each([
	{ onError: 'continueRegularOutput' as const, output: OTHER_OUTCOME, commit: false },
	{ onError: 'continueErrorOutput' as const, output: ERROR, commit: true },
])(
	'a web page, an empty body, a redirect, a time-out ... is never counted as contacted ($onError, contact made: $commit)',
	async ({ onError, output, commit }) => {
		planFaults(commit);

		const { run, outputs } = await runContactUser({
			items: users('first', ...FAULT_NAMES, 'last'),
			parameters: parameters({}, { timeout: 3000 }),
			node: { onError },
			credential: simulator().credential,
		});

		expect(run.status).toBe('success');
		expect(usersOf(outputs[CONTACTED])).toEqual(['first', 'last']);
		expect(reportsOf(outputs[output])).toMatchObject(EXPECTED);
	},
);

describe('under Stop Workflow', () => {
	const runOf = runBefore(FAULTS, async ({ fault }) => {
		simulator().plan(`stop.${fault}`, { fault });
		hideSession(simulator(), `stop.${fault}`);
		return await runContactUser({
			items: users(`stop.${fault}`),
			parameters: parameters({}, { timeout: 3000 }),
			credential: simulator().credential,
		});
	});

	test.each(FAULTS)('$fault stops the workflow', (testCase) => {
		const { run, error, outputs } = runOf(testCase);

		expect(run.status).toBe('error');
		expect(outputs.flat()).toEqual([]);
		expect(error?.message).toMatch(/\S/);
	});
});

test.each(['http401', 'http403', 'http302'] as const)(
	'%s is sent once and not again, even with retries allowed',
	async (fault) => {
		simulator().plan('mia', { fault });

		await runContactUser({
			items: users('mia'),
			parameters: parameters({}, { maxRetries: 3 }),
			node: { onError: 'continueRegularOutput' },
			credential: simulator().credential,
		});

		expect(commandsSent(simulator(), 'contact_user')).toBe(1);
	},
);

test('a redirect is not followed', async () => {
	simulator().plan('mia', { fault: 'http302' });

	await runContactUser({
		items: users('mia'),
		parameters: parameters(),
		node: { onError: 'continueRegularOutput' },
		credential: simulator().credential,
	});

	expect(simulator().requests.map(({ command }) => command)).toEqual(['contact_user']);
});

test('a server that nobody listens on is a failed contact, not a configuration error', async () => {
	const { outputs } = await runContactUser({
		items: users('mia', 'noa'),
		parameters: parameters(),
		node: { onError: 'continueRegularOutput' },
		credential: { ...simulator().credential, baseUrl: 'http://127.0.0.1:9' },
	});

	expect(reportsOf(outputs[OTHER_OUTCOME])).toMatchObject([
		{ userId: 'mia', outcome: 'failed', retryLater: true, errorCode: null },
		{ userId: 'noa', outcome: 'failed', retryLater: true, errorCode: null },
	]);
});

test.each(['gzip', 'wrongType', 'codeAsString', 'big'] as const)(
	'an odd but valid answer (%s) is read as what it says',
	async (fault) => {
		simulator().plan('mia', { fault });

		const { outputs } = await runContactUser({
			items: users('mia'),
			parameters: parameters(),
			credential: simulator().credential,
		});

		expect(reportsOf(outputs[CONTACTED])).toMatchObject([{ userId: 'mia', outcome: 'contacted' }]);
		expect(simulator().ledger).toHaveLength(1);
	},
);
