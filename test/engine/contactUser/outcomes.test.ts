import { codesOf } from '../../codes';
import {
	AGENT_UNAVAILABLE,
	CONFIGURATION_ERROR,
	CONTACTED,
	ON_ERROR_MODES,
	OTHER_OUTCOME,
	parameters,
	reportOf,
	useSimulator,
	users,
	type OnError,
} from '../desk';
import { runContactUser, type ContactUserRun } from '../harness';

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

test.each(cases(codesOf('agentUnavailable')))(
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

test.each(cases(codesOf('configurationError')))(
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

test.each(cases(codesOf('userUnavailable')))(
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

test.each([141002, 141009, 60007, 60011, 60018, 60019])(
	'%i, surely not done, is marked as worth another try later',
	async (code) => {
		simulator().plan('mia', { answer: code });

		expect(expectOnly(await contact('continueRegularOutput'), OTHER_OUTCOME)).toMatchObject({
			retryLater: true,
		});
	},
);

test('long text from the API is cut at 500 characters', async () => {
	simulator().plan('mia', { answer: 141012, info: 'x'.repeat(2000) });

	const report = expectOnly(await contact('stopWorkflow'), AGENT_UNAVAILABLE);

	expect(report.errorInfo).toBe('x'.repeat(500));
});
