import {
	AGENT_UNAVAILABLE_CODES,
	CONFIGURATION_ERROR_CODES,
	FAILED_CODES,
	UNSURE_CODES,
	USER_UNAVAILABLE_CODES,
} from './codes';
import {
	AGENT_UNAVAILABLE,
	CONFIGURATION_ERROR,
	CONTACTED,
	ERROR,
	hideSession,
	ON_ERROR_MODES,
	OTHER_OUTCOME,
	parameters,
	reportOf,
	setSession,
	useSimulator,
	users,
	type OnError,
} from './desk';
import { runContactUser, type ContactUserRun } from './harness';

const simulator = useSimulator();
const sentence = expect.stringMatching(/\S.*[.!?]$/s);

async function contact(onError: OnError): Promise<ContactUserRun> {
	return await runContactUser({
		items: users('mia'),
		parameters: parameters(),
		node: { onError },
		credential: simulator().credential,
	});
}

function expectOnly(run: ContactUserRun, output: number): Record<string, unknown> {
	expect(run.run.status).toBe('success');
	expect(run.outputs.map((items) => items.length)).toEqual(
		run.outputs.map((_items, index) => (index === output ? 1 : 0)),
	);
	return reportOf(run.outputs[output][0]);
}

const cases = (codes: Array<[number, string]>) =>
	ON_ERROR_MODES.flatMap((onError) => codes.map(([code, meaning]) => ({ onError, code, meaning })));

describe.each(ON_ERROR_MODES)('an accepted contact with On Error = %s', (onError) => {
	it('leaves by Contacted with the agent that Desk assigned', async () => {
		simulator().plan('mia', { answer: 0, agent: 'anna@example.com' });

		const report = expectOnly(await contact(onError), CONTACTED);

		expect(report).toEqual({
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
		});
		expect(simulator().ledger).toHaveLength(1);
	});
});

test.each(cases(AGENT_UNAVAILABLE_CODES))(
	'$code ($meaning) leaves by Agent Unavailable, to be tried later ($onError)',
	async ({ onError, code }) => {
		simulator().plan('mia', { answer: code, info: 'as Desk says' });

		expect(expectOnly(await contact(onError), AGENT_UNAVAILABLE)).toMatchObject({
			outcome: 'agentUnavailable',
			errorCode: code,
			errorInfo: 'as Desk says',
			retryLater: true,
			message: sentence,
			advice: sentence,
			assignedAgent: null,
			attempts: 1,
		});
	},
);

test.each(cases(CONFIGURATION_ERROR_CODES))(
	'$code ($meaning) leaves by Configuration Error and says what to mend ($onError)',
	async ({ onError, code }) => {
		simulator().plan('mia', { answer: code });

		expect(expectOnly(await contact(onError), CONFIGURATION_ERROR)).toMatchObject({
			outcome: 'configurationError',
			errorCode: code,
			message: sentence,
			advice: sentence,
			attempts: 1,
		});
	},
);

test.each(cases(USER_UNAVAILABLE_CODES))(
	'$code ($meaning) leaves by Other Outcome ($onError)',
	async ({ onError, code }) => {
		simulator().plan('mia', { answer: code });

		expect(expectOnly(await contact(onError), OTHER_OUTCOME)).toMatchObject({
			outcome: 'userUnavailable',
			errorCode: code,
			message: sentence,
			attempts: 1,
		});
	},
);

describe.each([
	{ outcome: 'failed', codes: FAILED_CODES },
	{ outcome: 'unconfirmed', codes: UNSURE_CODES },
])('an answer that ends as $outcome', ({ outcome, codes }) => {
	// The session cannot be read in any of these, so doubt stays doubt.
	const answer = (code: number) => {
		simulator().plan('mia', { answer: code });
		hideSession(simulator(), 'mia');
	};

	test.each(codes)('%i (%s) stops the workflow under Stop Workflow', async (code) => {
		answer(code);

		const { run, error, thrown, outputs } = await contact('stopWorkflow');

		expect(run.status).toBe('error');
		expect(outputs.flat()).toEqual([]);
		expect(thrown).toHaveLength(1);
		expect(error).toMatchObject({ message: expect.stringMatching(/\S/), description: sentence });
		expect(error?.name).toMatch(/^Node(Api|Operation)Error$/);
		expect(error?.context).toMatchObject({ itemIndex: 0 });
	});

	test.each(codes)('%i (%s) leaves by Other Outcome under Continue', async (code) => {
		answer(code);

		const report = expectOnly(await contact('continueRegularOutput'), OTHER_OUTCOME);

		expect(report).toMatchObject({
			outcome,
			errorCode: code,
			message: sentence,
			advice: sentence,
			attempts: 1,
		});
	});

	test.each(codes)('%i (%s) leaves by the Error output when that is chosen', async (code) => {
		answer(code);

		const run = await contact('continueErrorOutput');

		const report = expectOnly(run, ERROR);
		expect(Object.keys(run.outputs[ERROR][0].json).sort()).toEqual(
			['details', 'error', 'message', 'userId'].sort(),
		);
		expect(run.outputs[ERROR][0].json).toMatchObject({ error: sentence, message: sentence });
		expect(report).toMatchObject({ outcome, errorCode: code, advice: sentence, attempts: 1 });
	});
});

test.each([141002, 141009, 60007, 60011, 60018, 60019])(
	'%i, surely not done, is marked as worth another try later',
	async (code) => {
		simulator().plan('mia', { answer: code });

		expect(expectOnly(await contact('continueRegularOutput'), OTHER_OUTCOME)).toMatchObject({
			retryLater: true,
		});
	},
);

test.each(UNSURE_CODES)(
	'%i (%s) counts as contacted when the session shows an agent',
	async (code) => {
		simulator().plan('mia', { answer: code });
		setSession(simulator(), 'mia', 'Agent');

		expect(expectOnly(await contact('stopWorkflow'), CONTACTED)).toMatchObject({
			outcome: 'contacted',
			message: expect.stringMatching(/session/i),
			attempts: 1,
		});
	},
);

test.each(['Agent', 'WaitingForAgentAnswering', 'Queueing'] as const)(
	'a doubtful contact counts as contacted when the session is %s',
	async (state) => {
		simulator().plan('mia', { answer: 60014 });
		setSession(simulator(), 'mia', state);

		expect(expectOnly(await contact('stopWorkflow'), CONTACTED)).toMatchObject({
			outcome: 'contacted',
		});
	},
);

test('a doubtful contact is asked for once, and sent once', async () => {
	simulator().plan('mia', { answer: 60014 });
	setSession(simulator(), 'mia', 'Agent');

	await contact('stopWorkflow');

	expect(simulator().requests.map(({ command }) => command)).toEqual([
		'contact_user',
		'get_session_state',
	]);
});

test('long text from the API is cut at 500 characters', async () => {
	simulator().plan('mia', { answer: 141012, info: 'x'.repeat(2000) });

	const report = expectOnly(await contact('stopWorkflow'), AGENT_UNAVAILABLE);

	expect(report.errorInfo).toBe('x'.repeat(500));
});
