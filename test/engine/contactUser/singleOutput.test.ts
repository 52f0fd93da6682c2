import { parameters, reportsOf, useSimulator, users, usersOf, type OnError } from '../desk';
import { runContactUser } from '../harness';
import { runAgentWithTool } from '../toolHarness';

const simulator = useSimulator();

/** In this order, so that no outcome stands where its output would put it. */
const USERS = ['engaged', 'busy', 'ok', 'wrong', '', 'broken', 'fine'];
const OUTCOMES = [
	'userUnavailable',
	'agentUnavailable',
	'contacted',
	'configurationError',
	'configurationError',
	'failed',
	'contacted',
];

beforeEach(() => {
	simulator().plan('engaged', { answer: 141016 });
	simulator().plan('busy', { answer: 141012 });
	simulator().plan('wrong', { answer: 141019 });
	simulator().plan('broken', { answer: 141002 });
});

const run = async (userIds: string[], onError: OnError, singleOutput: unknown = true) =>
	await runContactUser({
		items: users(...userIds),
		parameters: parameters({}, { singleOutput: singleOutput as boolean }),
		node: { onError },
		credential: simulator().credential,
	});

const withoutFailed = <T>(list: T[]) => list.filter((_, index) => OUTCOMES[index] !== 'failed');

test.each(['stopWorkflow', 'continueRegularOutput'] as const)(
	'all items leave by the first output in their order, told apart by outcome, with On Error = %s',
	async (onError) => {
		const stops = onError === 'stopWorkflow';
		const [userIds, outcomes] = [USERS, OUTCOMES].map((list) =>
			stops ? withoutFailed(list) : list,
		);

		const { outputs, linkedStartItems } = await run(userIds, onError);

		expect(reportsOf(outputs[0]).map(({ outcome }) => outcome)).toEqual(outcomes);
		expect(usersOf(outputs[0])).toEqual(userIds);
		expect(outputs.slice(1).flat()).toEqual([]);
		expect(linkedStartItems[0]).toEqual(users(...userIds));
	},
);

test('what failed leaves by the Error output, which is then the second one, with the fields of its input', async () => {
	const { outputs } = await run(USERS, 'continueErrorOutput');

	expect(usersOf(outputs[0])).toEqual(withoutFailed(USERS));
	expect(outputs[1].map(({ json }) => json)).toMatchObject([
		{ userId: 'broken', error: { outcome: 'failed' } },
	]);
	expect(outputs.slice(2).flat()).toEqual([]);
});

test('On Error = Stop Workflow stops as ever', async () => {
	const { error, outputs } = await run(USERS, 'stopWorkflow');

	expect(error?.message).toMatch(/item 6/);
	expect(outputs.flat()).toEqual([]);
});

test.each([false, 'false', '={{ true }}', null])(
	'with %p there are four outputs, as the canvas shows',
	async (singleOutput) => {
		const { outputs } = await run(USERS, 'continueRegularOutput', singleOutput);

		expect(outputs.map(usersOf)).toEqual([
			['ok', 'fine'],
			['busy'],
			['wrong', ''],
			['engaged', 'broken'],
			[],
		]);
	},
);

test('Always Output Data adds nothing, since the one output is never empty', async () => {
	const { outputs, hints } = await runContactUser({
		items: users('busy'),
		parameters: parameters({}, { singleOutput: true }),
		node: { alwaysOutputData: true },
		credential: simulator().credential,
	});

	expect(usersOf(outputs[0])).toEqual(['busy']);
	expect(hints).toEqual([]);
});

test('a tool of an AI Agent answers as ever, even where a workflow has the option stored', async () => {
	const { observations } = await runAgentWithTool('callsTheTool', {
		calls: users('busy'),
		parameters: parameters(
			{ userId: "={{ $fromAI('userId', 'who to contact', 'string') }}" },
			{ singleOutput: true },
		),
		credential: simulator().credential,
	});

	expect(JSON.parse(observations[0])).toMatchObject([{ outcome: 'agentUnavailable' }]);
});
