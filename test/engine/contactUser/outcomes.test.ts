import {
	CONTACTED,
	ERROR,
	hideSession,
	ON_ERROR_MODES,
	OTHER_OUTCOME,
	parameters,
	reportsOf,
	runBefore,
	useSimulator,
	users,
	type OnError,
} from '../desk';
import { runContactUser, type ContactUserRun } from '../harness';

const simulator = useSimulator();
const sentence = expect.stringMatching(/\S.*[.!?]$/s);

const contact = async (
	userId: string,
	onError: OnError = 'continueRegularOutput',
): Promise<ContactUserRun> =>
	await runContactUser({
		items: users(userId),
		parameters: parameters(),
		node: { onError },
		credential: simulator().credential,
	});
const sizesOf = ({ outputs }: ContactUserRun) => outputs.map((items) => items.length);

test('an accepted contact is reported with the agent that Desk assigned', async () => {
	simulator().plan('mia', { answer: 0, agent: 'anna@example.com' });

	const { outputs } = await contact('mia');

	expect(outputs[CONTACTED].map(({ json }) => json)).toEqual([
		{
			outcome: 'contacted',
			message: sentence,
			advice: '',
			retryLater: false,
			errorCode: 0,
			errorInfo: '',
			userId: 'mia',
			customerServiceAccount: '@customer_service_account',
			agentGroup: null,
			agent: null,
			assignedAgent: 'anna@example.com',
			attempts: 1,
		},
	]);
	expect(simulator().ledger).toHaveLength(1);
});

// One code of each outcome: which code leads to which one is told by the tests of the tables.
test.each([
	[141012, 'agentUnavailable', true],
	[141019, 'configurationError', false],
	[141016, 'userUnavailable', false],
	[141002, 'failed', true],
])('%i is reported as %s, with what Desk says, cut short', async (code, outcome, retryLater) => {
	simulator().plan('mia', { answer: code, info: 'x'.repeat(2000) });

	const { run, outputs } = await contact('mia');

	expect(run.status).toBe('success');
	expect(reportsOf(outputs.flat())).toMatchObject([
		{
			outcome,
			retryLater,
			errorCode: code,
			errorInfo: 'x'.repeat(500),
			message: sentence,
			assignedAgent: null,
			attempts: 1,
		},
	]);
});

describe.each([
	{ outcome: 'failed', code: 141002 },
	// The session cannot be read, so doubt stays doubt.
	{ outcome: 'unconfirmed', code: 60014 },
])('a contact that ends as $outcome', ({ outcome, code }) => {
	const runOf = runBefore(ON_ERROR_MODES, async (onError) => {
		simulator().plan(onError, { answer: code, info: 'as Desk says' });
		hideSession(simulator(), onError);
		return await contact(onError, onError);
	});
	const report = {
		outcome,
		errorCode: code,
		errorInfo: 'as Desk says',
		message: sentence,
		advice: sentence,
		attempts: 1,
	};

	it('stops the workflow', () => {
		const { run, error, thrown, outputs } = runOf('stopWorkflow');

		expect(run.status).toBe('error');
		expect(outputs.flat()).toEqual([]);
		expect(thrown).toHaveLength(1);
		expect(error).toMatchObject({ message: expect.stringMatching(/\S/), description: sentence });
		expect(error?.name).toMatch(/^Node(Api|Operation)Error$/);
	});

	it('leaves by Other under Continue', () => {
		const ended = runOf('continueRegularOutput');

		expect(ended.run.status).toBe('success');
		expect(sizesOf(ended)).toEqual([0, 0, 0, 1, 0]);
		expect(ended.outputs[OTHER_OUTCOME][0].json).toMatchObject(report);
	});

	it('leaves by the Error output when that is chosen', () => {
		const ended = runOf('continueErrorOutput');

		expect(ended.run.status).toBe('success');
		expect(sizesOf(ended)).toEqual([0, 0, 0, 0, 1]);
		expect(ended.outputs[ERROR][0].json).toEqual({
			userId: 'continueErrorOutput',
			message: sentence,
			error: expect.objectContaining(report),
		});
	});
});
