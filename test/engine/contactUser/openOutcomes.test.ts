import { codesOf } from '../../codes';
import {
	CONTACTED,
	ERROR,
	hideSession,
	ON_ERROR_MODES,
	OTHER_OUTCOME,
	parameters,
	reportOf,
	runBefore,
	setSession,
	useSimulator,
	users,
	type OnError,
} from '../desk';
import { runContactUser, type ContactUserRun } from '../harness';

const simulator = useSimulator();
const sentence = expect.stringMatching(/\S.*[.!?]$/s);

async function contact(userId: string, onError: OnError): Promise<ContactUserRun> {
	return await runContactUser({
		items: users(userId),
		parameters: parameters(),
		node: { onError },
		credential: simulator().credential,
	});
}

describe.each([
	{ outcome: 'failed', codes: codesOf('failed') },
	{ outcome: 'unconfirmed', codes: codesOf('unconfirmed') },
])('an answer that ends as $outcome', ({ outcome, codes }) => {
	const cases = ON_ERROR_MODES.flatMap((onError) =>
		codes.map(([code, meaning]) => ({ onError, code, meaning, userId: `${onError}.${code}` })),
	);
	const casesOf = (mode: OnError) => cases.filter(({ onError }) => onError === mode);

	const runOf = runBefore(cases, async ({ onError, code, userId }) => {
		simulator().plan(userId, { answer: code, info: 'as Desk says' });
		// The session cannot be read, so doubt stays doubt.
		hideSession(simulator(), userId);
		return await contact(userId, onError);
	});

	test.each(casesOf('stopWorkflow'))('$code ($meaning) stops the workflow', (testCase) => {
		const { run, error, thrown, outputs } = runOf(testCase);

		expect(run.status).toBe('error');
		expect(outputs.flat()).toEqual([]);
		expect(thrown).toHaveLength(1);
		expect(error).toMatchObject({ message: expect.stringMatching(/\S/), description: sentence });
		expect(error?.name).toMatch(/^Node(Api|Operation)Error$/);
		expect(error?.context).toMatchObject({ itemIndex: 0 });
	});

	test.each(casesOf('continueRegularOutput'))(
		'$code ($meaning) leaves by Other Outcome under Continue',
		(testCase) => {
			const { run, outputs } = runOf(testCase);

			expect(run.status).toBe('success');
			expect(outputs.map((items) => items.length)).toEqual([0, 0, 0, 1, 0]);
			expect(outputs[OTHER_OUTCOME][0].json).toMatchObject({
				outcome,
				errorCode: testCase.code,
				errorInfo: 'as Desk says',
				userId: testCase.userId,
				message: sentence,
				advice: sentence,
				attempts: 1,
			});
		},
	);

	test.each(casesOf('continueErrorOutput'))(
		'$code ($meaning) leaves by the Error output when that is chosen',
		(testCase) => {
			const { run, outputs } = runOf(testCase);

			expect(run.status).toBe('success');
			expect(outputs.map((items) => items.length)).toEqual([0, 0, 0, 0, 1]);
			expect(outputs[ERROR][0].json).toEqual({
				userId: testCase.userId,
				message: sentence,
				error: expect.objectContaining({
					outcome,
					errorCode: testCase.code,
					message: sentence,
					advice: sentence,
					attempts: 1,
				}),
			});
		},
	);
});

describe('a contact after which Tencent had trouble of its own', () => {
	test.each(codesOf('unconfirmed'))(
		'(%i, %s) counts when the session shows an agent',
		async (code) => {
			simulator().plan('mia', { answer: code });
			setSession(simulator(), 'mia', 'Agent');

			const { outputs } = await contact('mia', 'stopWorkflow');

			expect(outputs.map((items) => items.length)).toEqual([1, 0, 0, 0, 0]);
			expect(reportOf(outputs[CONTACTED][0])).toMatchObject({
				outcome: 'contacted',
				message: expect.stringMatching(/session/i),
				attempts: 1,
			});
		},
	);

	test.each(['WaitingForAgentAnswering', 'Queueing'] as const)(
		'counts when the session is %s',
		async (state) => {
			simulator().plan('mia', { answer: 60014 });
			setSession(simulator(), 'mia', state);

			const { outputs } = await contact('mia', 'stopWorkflow');

			expect(reportOf(outputs[CONTACTED][0])).toMatchObject({ outcome: 'contacted' });
		},
	);

	test.each(['NotInSession', 'Chatbot'] as const)(
		'is sent again when the session is %s long enough after it',
		async (state) => {
			simulator().plan('mia', { answer: 60014 });
			setSession(simulator(), 'mia', state);

			const { outputs } = await runContactUser({
				items: users('mia'),
				parameters: parameters({}, { maxRetries: 1 }),
				credential: simulator().credential,
			});

			expect(reportOf(outputs[CONTACTED][0])).toMatchObject({ outcome: 'contacted', attempts: 2 });
			const sent = simulator().requests.filter(({ command }) => command === 'contact_user');
			expect(sent[1].at - sent[0].at).toBeGreaterThanOrEqual(3400);
			expect(simulator().ledger).toHaveLength(1);
		},
	);

	it('is asked for once, and sent once', async () => {
		simulator().plan('mia', { answer: 60014 });
		setSession(simulator(), 'mia', 'Agent');

		await contact('mia', 'stopWorkflow');

		expect(simulator().requests.map(({ command }) => command)).toEqual([
			'contact_user',
			'get_session_state',
		]);
	});
});
