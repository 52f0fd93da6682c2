import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { startSimulator } from '../../../simulator/server';
import { DEFAULT_ACCOUNT, sessionKey } from '../../../simulator/world';
import { useContacts, type ContactWish } from '../contacts';
import {
	byId,
	commandsSent,
	CONTACTED,
	hideSession,
	ON_ERROR_MODES,
	OTHER_OUTCOME,
	parameters,
	reportsOf,
	runBefore,
	startAnew,
	users,
	type OnError,
} from '../desk';
import { retryRun, runContactUser, type NodeRun, type NodeSetup } from '../harness';

const { simulator, contact, setup, contacted } = useContacts();

const ONE_BY_ONE = { options: { concurrency: 1 } };
const RETRY_ON_FAIL = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const BROKEN = { answer: 141002 };
const outcomesOf = ({ outputs }: NodeRun) =>
	Object.fromEntries(reportsOf(outputs.flat()).map(({ userId, outcome }) => [userId, outcome]));

/** Runs, and presses Retry on the workflow as it is saved by then. */
async function runAndRetry(userIds: string[], before: ContactWish = {}, after = before) {
	const failed = await contact(userIds, { ...ONE_BY_ONE, ...before });
	const retried = await retryRun(failed.run, setup(userIds, { ...ONE_BY_ONE, ...after }));
	return { failed, retried };
}

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
	desk.plan('bad', ...Array(maxTries).fill(BROKEN));
	const ofDesk: NodeSetup = {
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
	const failed = await runContactUser({ ...ofDesk, behind });
	const before = look();
	const retried = await retryRun(failed.run, ofDesk);
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
			const badTries = Array<string>(maxTries).fill('bad');

			expect([failed.run.status, retried.run.status]).toEqual(['error', 'success']);
			if (onError === 'stopWorkflow') {
				expect(before).toEqual({ sent: ['ann', ...badTries], contacted: ['ann'] });
				expect(after).toEqual({
					sent: [...before.sent, 'bad', 'ben'],
					contacted: ['ann', 'bad', 'ben'],
				});
				expect(outcomesOf(retried)).toEqual({
					ann: 'contacted',
					bad: 'contacted',
					ben: 'contacted',
				});
				return;
			}
			// Only there the first item of the first output carries `error`.
			const isRunAgain = onError === 'continueErrorOutput' && singleOutput;
			const [first, ...others] = isRunAgain ? badTries : ['bad'];
			expect(before).toEqual({ sent: [first, 'ann', 'ben', ...others], contacted: ['ann', 'ben'] });
			expect(after).toEqual(before);
			expect(outcomesOf(retried)).toEqual({ ann: 'contacted', bad: 'failed', ben: 'contacted' });
		},
	);
});

test('Retry On Fail does not stop again for a doubt that an earlier try left, and sends the rest', async () => {
	simulator().plan('ben', { fault: 'http502', commit: true });
	hideSession(simulator(), 'ben');

	const { run, outputs, thrown } = await contact(['ann', 'ben', 'cleo'], {
		...ONE_BY_ONE,
		node: RETRY_ON_FAIL,
	});

	expect([run.status, thrown.length]).toEqual(['success', 1]);
	expect(reportsOf(outputs[OTHER_OUTCOME])).toMatchObject([
		{ userId: 'ben', outcome: 'unconfirmed', attempts: 1 },
	]);
	expect(contacted()).toEqual(['ann', 'ben', 'cleo']);
	expect(commandsSent(simulator(), 'contact_user')).toBe(3);
});

test.each([
	['the Retry button', {}],
	['Retry On Fail', RETRY_ON_FAIL],
])(
	'Stop Workflow stops for a user whom another execution has left in doubt too, once: %s lets it pass and sends the rest',
	async (way, node) => {
		simulator().plan('mia', { fault: 'http502', commit: true });
		hideSession(simulator(), 'mia');
		await contact(['mia'], { onError: 'continueRegularOutput' });

		const own = setup(['ann', 'mia', 'ben'], { ...ONE_BY_ONE, node });
		const stopped = await runContactUser(own);
		const ended = way === 'Retry On Fail' ? stopped : await retryRun(stopped.run, own);

		expect(stopped.thrown).toEqual([
			expect.objectContaining({
				message: expect.stringMatching(/^User mia: .* had no clear answer.*\[item 2 of 3\]$/),
				description: expect.stringContaining(
					'Contacted: 1 user (ann). Unclear, perhaps contacted: 1 user (mia). Not contacted: 0 items. Not tried: 1 item.',
				),
			}),
		]);
		expect(ended.run.status).toBe('success');
		expect(outcomesOf(ended)).toEqual({ ann: 'contacted', mia: 'unconfirmed', ben: 'contacted' });
		expect(contacted()).toEqual(['mia', 'ann', 'ben']);
	},
);

describe('the Retry button of a failed execution', () => {
	it('replays whom it contacted, sends only the rest, and leaves nothing behind', async () => {
		simulator().plan('broken', BROKEN);
		const { failed, retried } = await runAndRetry(['ann', 'broken', 'ben']);

		expect([failed.run.status, retried.run.status]).toEqual(['error', 'success']);
		expect(reportsOf(retried.outputs[CONTACTED])).toMatchObject([
			{ userId: 'ann', outcome: 'contacted', assignedAgent: expect.any(String) },
			{ userId: 'broken', outcome: 'contacted' },
			{ userId: 'ben', outcome: 'contacted' },
		]);
		expect(retried.linkedStartItems[CONTACTED]).toEqual(users('ann', 'broken', 'ben'));
		expect(contacted()).toEqual(['ann', 'broken', 'ben']);
		const contextOf = ({ run }: NodeRun) => run.data.executionData?.contextData;
		expect(JSON.stringify(contextOf(failed))).toContain('"kind":"done"');
		expect(contextOf(retried)).toEqual({ 'node:Contact User': {} });
	});

	it('that stops again still tells whom an earlier try contacted', async () => {
		for (const userId of ['broken', 'new-ann']) simulator().plan(userId, BROKEN);
		const userId = "={{ $json.userId === 'ann' ? 'new-ann' : $json.userId }}";
		const { retried } = await runAndRetry(['ann', 'ben', 'broken'], {}, { parameters: { userId } });

		expect(retried.error?.message).toMatch(/^User new-ann: /);
		expect(retried.error?.description).toContain('Contacted: 1 user (ben). Not contacted: 1 item.');
		expect(contacted()).toEqual(['ann', 'ben']);
	});

	test.each<[string, ContactWish, number]>([
		['On Error was set to Continue', { onError: 'continueRegularOutput' }, 4],
		// A tool remembers nothing: when the model asks again, it is sent again, and Desk itself says 141016.
		['the node is a tool', { node: { type: 'n8n-nodes-tencent-desk.contactUserTool' } }, 6],
	])('contacts nobody twice either when %s meanwhile', async (_what, changed, sent) => {
		simulator().plan('broken', BROKEN);
		await runAndRetry(['ann', 'ben', 'broken'], {}, changed);

		expect(contacted()).toEqual(['ann', 'ben', 'broken']);
		expect(commandsSent(simulator(), 'contact_user')).toBe(sent);
	});
});

/** The answer to the next contact is lost, and so are two looks at the session. */
function loseAnswerTo(userId: string): void {
	simulator().plan(userId, { fault: 'reset', commit: true });
	simulator().planSession(userId, { fault: 'html' }, { fault: 'html' });
}

/** The users talked with their agents, and the conversations were closed: Desk would make a second contact. */
const endSessions = (...userIds: string[]) =>
	userIds.map((id) => simulator().world.sessions.delete(sessionKey(id, DEFAULT_ACCOUNT)));

test('the Retry button contacts nobody twice when the agent group was changed in the workflow before', async () => {
	simulator().plan('broken', BROKEN);
	const failed = await contact(['ann', 'broken'], ONE_BY_ONE);
	endSessions('ann', 'broken');

	const agentGroup = byId('1001');
	const changed = setup(['ann', 'broken'], { ...ONE_BY_ONE, parameters: { agentGroup } });
	const retried = await retryRun(failed.run, changed);

	expect(outcomesOf(retried)).toEqual({ ann: 'contacted', broken: 'contacted' });
	expect(contacted()).toEqual(['ann', 'broken']);
});

describe('a retry for which', () => {
	const OTHER_APP: IDataObject = { sdkAppId: '1400000009' };
	const REFUSALS: Array<
		{ what: string; parameters?: INodeParameters } & Pick<ContactWish, 'credential'>
	> = [
		{ what: 'there is no credential', credential: null },
		{ what: 'the SDKAppID has letters', credential: { sdkAppId: '14000abc' } },
		{ what: 'the agent group is no group', parameters: { agentGroup: byId('-1') } },
	];
	const SWITCH = { what: 'the credential names another app', credential: OTHER_APP };
	const CHANGES: typeof REFUSALS = [...REFUSALS, SWITCH];

	/** A run that contacted ann and perhaps ben, and its retry after a change. */
	const runOf = runBefore(CHANGES, async ({ what, ...changed }) => {
		const { apps } = simulator().world;
		const isSwitch = changed.credential === OTHER_APP;
		if (isSwitch) apps.push({ ...apps[0], sdkAppId: Number(OTHER_APP.sdkAppId) });
		const names = ['ann', 'ben', 'cleo'];
		const team = names.map((user) => `${user}.${what.length}`);
		loseAnswerTo(team[1]);
		simulator().plan(team[2], BROKEN);
		const failed = await contact(team, ONE_BY_ONE);
		// The other app has no sessions yet, but the simulator keeps those of all apps together.
		if (isSwitch) endSessions(...team);
		const retried = await retryRun(failed.run, setup(team, { ...ONE_BY_ONE, ...changed }));
		const reports = reportsOf(retried.outputs.flat());
		return {
			outcomes: team.map((userId) => outcomesOf(retried)[userId]),
			attempts: reports.find(({ userId }) => userId === team[2])?.attempts,
			contacted: simulator().ledger.flatMap(({ userId }) => names[team.indexOf(userId)] ?? []),
		};
	});

	test.each(REFUSALS)('$what still tells what is known of a contact', (changed) => {
		expect(runOf(changed)).toEqual({
			outcomes: ['contacted', 'unconfirmed', 'configurationError'],
			attempts: 0,
			contacted: ['ann', 'ben'],
		});
	});

	it('the credential names another app contacts every user in the new app', () => {
		expect(runOf(SWITCH)).toMatchObject({
			outcomes: Array(3).fill('contacted'),
			contacted: ['ann', 'ben', 'ann', 'ben', 'cleo'],
		});
	});
});

test('a retry with the credential of another server reports as contacted only whom that server contacted', async () => {
	const other = await startSimulator();
	try {
		// Only the server tells the two applications apart.
		[other.world.apps[0].sdkAppId] = [simulator().world.apps[0].sdkAppId];
		other.credential.sdkAppId = simulator().credential.sdkAppId;
		simulator().plan('broken', BROKEN);
		const { baseUrl } = other.credential;
		const { retried } = await runAndRetry(['ann', 'broken'], {}, { credential: { baseUrl } });

		expect(outcomesOf(retried)).toEqual({ ann: 'contacted', broken: 'contacted' });
		expect(other.ledger.map(({ userId }) => userId)).toEqual(['ann', 'broken']);
		expect(contacted()).toEqual(['ann']);
	} finally {
		await other.close();
	}
});

test('a retry that had to refuse a contacted user does not forget it for the next retry', async () => {
	simulator().plan('broken', BROKEN, BROKEN);
	const agentGroup = byId("={{ $json.userId === 'ann' ? -1 : '' }}");
	const { retried } = await runAndRetry(['ann', 'broken'], {}, { parameters: { agentGroup } });
	endSessions('ann', 'broken');

	const mended = await retryRun(retried.run, setup(['ann', 'broken'], ONE_BY_ONE));

	expect(retried.run.status).toBe('error');
	expect(outcomesOf(mended)).toEqual({ ann: 'contacted', broken: 'contacted' });
	expect(contacted()).toEqual(['ann', 'broken']);
});
