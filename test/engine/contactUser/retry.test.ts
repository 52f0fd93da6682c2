import { startSimulator } from '../../../simulator/server';
import {
	commandsSent,
	CONTACTED,
	hideSession,
	ON_ERROR_MODES,
	OTHER_OUTCOME,
	parameters,
	reportsOf,
	runBefore,
	startAnew,
	useSimulator,
	users,
	usersOf,
	type OnError,
} from '../desk';
import { retryRun, runContactUser, type ContactUserSetup } from '../harness';

const simulator = useSimulator();

const setupFor = (...userIds: string[]): ContactUserSetup => ({
	items: users(...userIds),
	parameters: parameters({}, { concurrency: 1 }),
	credential: simulator().credential,
});
const RETRY_ON_FAIL = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const contactedUsers = () => simulator().ledger.map(({ userId }) => userId);

interface Case {
	onError: OnError;
	singleOutput: boolean;
	maxTries: number;
}
const CASES = ON_ERROR_MODES.flatMap((onError) =>
	[false, true].flatMap((singleOutput) =>
		[2, 3, 4, 5].map((maxTries): Case => ({ onError, singleOutput, maxTries })),
	),
);

/**
 * `bad` fails in every try of the first execution, and whenever it is asked for, all conversations are over: a second
 * contact would be made. The node behind fails at first, so that there is something to press Retry for.
 */
async function runOnDesk({ onError, singleOutput, maxTries }: Case) {
	const desk = await startSimulator({
		onRequest: ({ userId }) => userId === 'bad' && desk.world.sessions.clear(),
	});
	startAnew(desk);
	desk.plan('bad', ...Array(maxTries).fill({ answer: 141002 }));
	const setup: ContactUserSetup = {
		// n8n looks at the first item only.
		items: onError === 'stopWorkflow' ? users('ann', 'bad', 'ben') : users('bad', 'ann', 'ben'),
		parameters: parameters({}, { concurrency: 1, singleOutput }),
		node: { ...RETRY_ON_FAIL, onError, maxTries },
		credential: desk.credential,
	};
	const look = () => ({
		sent: desk.requests.map(({ userId }) => userId),
		contacted: desk.ledger.map(({ userId }) => userId),
	});
	const behind = async () => {
		throw new Error('Something behind fails');
	};
	const failed = await runContactUser({ ...setup, behind });
	const before = look();
	const retried = await retryRun(failed.run, setup);
	await desk.close();
	return { failed, before, retried, after: look() };
}

describe('Retry On Fail, and the Retry button behind it', () => {
	const ranOf = runBefore(CASES, runOnDesk);

	test.each(CASES)(
		'contact nobody twice with On Error = $onError, Single Output $singleOutput, $maxTries tries',
		(testCase) => {
			const { failed, before, retried, after } = ranOf(testCase);
			const { onError, singleOutput, maxTries } = testCase;
			const statuses = [failed.run.status, retried.run.status];
			const outcomes = reportsOf(retried.outputs.flat()).map(
				({ userId, outcome }) => `${userId} ${outcome}`,
			);
			const badTries = Array<string>(maxTries).fill('bad');

			expect(statuses).toEqual(['error', 'success']);
			if (onError === 'stopWorkflow') {
				expect(before).toEqual({ sent: ['ann', ...badTries], contacted: ['ann'] });
				expect(after).toEqual({
					sent: [...before.sent, 'bad', 'ben'],
					contacted: ['ann', 'bad', 'ben'],
				});
				expect(outcomes).toEqual(['ann contacted', 'bad contacted', 'ben contacted']);
				return;
			}
			// Only there the first item of the first output carries `error`.
			const isRunAgain = onError === 'continueErrorOutput' && singleOutput;
			const [first, ...others] = isRunAgain ? badTries : ['bad'];
			expect(before).toEqual({ sent: [first, 'ann', 'ben', ...others], contacted: ['ann', 'ben'] });
			expect(after).toEqual(before);
			expect(outcomes.sort()).toEqual(['ann contacted', 'bad failed', 'ben contacted']);
		},
	);
});

describe('Retry On Fail', () => {
	it('does not stop again for a doubt that an earlier try left, and sends the rest', async () => {
		simulator().plan('ben', { fault: 'http502', commit: true });
		hideSession(simulator(), 'ben');

		const { run, outputs, thrown } = await runContactUser({
			...setupFor('ann', 'ben', 'cleo'),
			node: RETRY_ON_FAIL,
		});

		expect(run.status).toBe('success');
		expect(thrown).toHaveLength(1);
		expect(reportsOf(outputs[OTHER_OUTCOME])).toMatchObject([
			{ userId: 'ben', outcome: 'unconfirmed', attempts: 1 },
		]);
		expect(contactedUsers()).toEqual(['ann', 'ben', 'cleo']);
		expect(commandsSent(simulator(), 'contact_user')).toBe(3);
	});
});

describe('Stop Workflow, when another execution has left a user in doubt', () => {
	test.each([
		['the Retry button', {}],
		['Retry On Fail', RETRY_ON_FAIL],
	])('stops for it too, once: %s lets it pass and sends the rest', async (way, node) => {
		simulator().plan('mia', { fault: 'http502', commit: true });
		hideSession(simulator(), 'mia');
		const goingOn = { onError: 'continueRegularOutput' as const };
		await runContactUser({ ...setupFor('mia'), node: goingOn });

		const setup = { ...setupFor('ann', 'mia', 'ben'), node };
		const stopped = await runContactUser(setup);
		const ended = way === 'Retry On Fail' ? stopped : await retryRun(stopped.run, setup);

		expect(stopped.thrown).toEqual([
			expect.objectContaining({
				message: expect.stringMatching(/^User mia: .* had no clear answer.*\[item 2 of 3\]$/),
				description: expect.stringContaining(
					'Contacted: 1 user (ann). Unclear, perhaps contacted: 1 user (mia). Not contacted: 0 items. Not tried: 1 item.',
				),
			}),
		]);
		expect(ended.run.status).toBe('success');
		expect(usersOf(ended.outputs[CONTACTED])).toEqual(['ann', 'ben']);
		expect(reportsOf(ended.outputs[OTHER_OUTCOME])).toMatchObject([
			{ userId: 'mia', outcome: 'unconfirmed' },
		]);
		expect(contactedUsers()).toEqual(['mia', 'ann', 'ben']);
	});
});

describe('the Retry button of a failed execution', () => {
	it('replays whom it contacted and sends only the rest', async () => {
		simulator().plan('broken', { answer: 141002 });
		const setup = setupFor('ann', 'broken', 'ben');
		const failed = await runContactUser(setup);

		const { run, outputs, linkedStartItems } = await retryRun(failed.run, setup);

		expect(failed.run.status).toBe('error');
		expect(run.status).toBe('success');
		expect(reportsOf(outputs[CONTACTED])).toMatchObject([
			{ userId: 'ann', outcome: 'contacted', assignedAgent: expect.any(String) },
			{ userId: 'broken', outcome: 'contacted' },
			{ userId: 'ben', outcome: 'contacted' },
		]);
		expect(linkedStartItems[CONTACTED]).toEqual(users('ann', 'broken', 'ben'));
		expect(contactedUsers()).toEqual(['ann', 'broken', 'ben']);
	});

	it('tries again what was mended meanwhile: a refusal is not replayed', async () => {
		simulator().plan('wrong', { answer: 141019 });
		simulator().plan('broken', { answer: 141002 });
		const setup = setupFor('ann', 'wrong', 'broken');
		const failed = await runContactUser(setup);

		const { outputs } = await retryRun(failed.run, setup);

		expect(usersOf(outputs[CONTACTED])).toEqual(['ann', 'wrong', 'broken']);
		expect(contactedUsers()).toEqual(['ann', 'wrong', 'broken']);
		expect(commandsSent(simulator(), 'get_session_state')).toBe(0);
	});

	it('contacts those of whom the stopped run found out, by their sessions, that nobody had contacted them', async () => {
		const unclear = ['ann', 'ben', 'cleo', 'dan'];
		for (const userId of unclear) simulator().plan(userId, { fault: 'http502', commit: false });
		simulator().plan('broken', { answer: 80003 });
		const setup = { ...setupFor(...unclear, 'broken'), parameters: parameters() };
		const failed = await runContactUser(setup);

		expect(failed.error?.message).toMatch(/^User broken: /);
		expect(failed.error?.description).toContain('Contacted: 0 users. Not contacted: 5 items.');
		expect(commandsSent(simulator(), 'contact_user')).toBe(5);

		const { outputs } = await retryRun(failed.run, setup);

		expect(usersOf(outputs[CONTACTED])).toEqual([...unclear, 'broken']);
		expect(contactedUsers().sort()).toEqual([...unclear, 'broken'].sort());
	});

	it('contacts another user than before when the workflow was changed meanwhile', async () => {
		simulator().plan('broken', { answer: 141002 });
		const setup = setupFor('ann', 'broken');
		const failed = await runContactUser(setup);

		const changed = parameters({ userId: '=new-{{ $json.userId }}' }, { concurrency: 1 });
		const { outputs } = await retryRun(failed.run, { ...setup, parameters: changed });

		expect(usersOf(outputs[CONTACTED])).toEqual(['new-ann', 'new-broken']);
		expect(contactedUsers()).toEqual(['ann', 'new-ann', 'new-broken']);
	});

	it('that stops again still tells whom an earlier try contacted', async () => {
		simulator().plan('broken', { answer: 141002 });
		const failed = await runContactUser(setupFor('ann', 'ben', 'broken'));
		simulator().plan('new-ann', { answer: 141002 });

		const changed = parameters(
			{ userId: "={{ $json.userId === 'ann' ? 'new-ann' : $json.userId }}" },
			{ concurrency: 1 },
		);
		const { error } = await retryRun(failed.run, {
			...setupFor('ann', 'ben', 'broken'),
			parameters: changed,
		});

		expect(error?.message).toMatch(/^User new-ann: /);
		expect(error?.description).toContain('Contacted: 1 user (ben). Not contacted: 1 item.');
		expect(contactedUsers()).toEqual(['ann', 'ben']);
	});

	test.each([
		['On Error was set to Continue', { onError: 'continueRegularOutput' as const }, 4],
		// A tool remembers nothing: when the model asks again, it is sent again, and Desk itself says 141016.
		['the node is a tool', { type: 'n8n-nodes-tencent-desk.contactUserTool' }, 6],
	])('contacts nobody twice either when %s meanwhile', async (_what, node, sent) => {
		simulator().plan('broken', { answer: 141002 });
		const setup = setupFor('ann', 'ben', 'broken');
		const failed = await runContactUser(setup);

		await retryRun(failed.run, { ...setup, node });

		expect(contactedUsers()).toEqual(['ann', 'ben', 'broken']);
		expect(commandsSent(simulator(), 'contact_user')).toBe(sent);
	});

	it('leaves nothing behind once it has succeeded', async () => {
		simulator().plan('broken', { answer: 141002 });
		const setup = setupFor('ann', 'broken');
		const failed = await runContactUser(setup);

		const { run } = await retryRun(failed.run, setup);

		expect(JSON.stringify(failed.run.data.executionData?.contextData)).toContain('"kind":"done"');
		expect(run.data.executionData?.contextData).toEqual({ 'node:Contact User': {} });
	});
});
