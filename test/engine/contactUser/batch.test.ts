import {
	AGENT_UNAVAILABLE,
	CONFIGURATION_ERROR,
	CONTACTED,
	ERROR,
	OTHER_OUTCOME,
	parameters,
	reportsOf,
	useSimulator,
	users,
	usersOf,
	type OnError,
} from '../desk';
import { runContactUser, type ContactUserRun } from '../harness';

const simulator = useSimulator();

/** Three users per outcome, interleaved, so that order and links are visible on every output. */
const OUTCOMES = ['ok', 'busy', 'wrong', 'engaged', 'broken'];
const MIXED = ['1', '2', '3'].flatMap((round) => OUTCOMES.map((kind) => `${kind}-${round}`));
const UNDISPUTED = MIXED.filter((userId) => !userId.startsWith('broken'));
const ANSWERS: Record<string, number> = {
	ok: 0,
	busy: 141012,
	wrong: 141019,
	engaged: 141016,
	broken: 141002,
};

const of = (...kinds: string[]) => MIXED.filter((userId) => kinds.includes(userId.split('-')[0]));

async function contactAll(
	userIds: string[],
	onError: OnError,
	options: { concurrency?: number; alwaysOutputData?: boolean } = {},
): Promise<ContactUserRun> {
	for (const userId of userIds) {
		const answer = ANSWERS[userId.split('-')[0]];
		simulator().plan(userId, { answer });
	}
	return await runContactUser({
		items: users(...userIds),
		parameters: parameters({}, { concurrency: options.concurrency ?? 50 }),
		node: { onError, alwaysOutputData: options.alwaysOutputData },
		credential: simulator().credential,
	});
}

function expectLinksToStart({ outputs, linkedStartItems }: ContactUserRun): void {
	expect(linkedStartItems.map((items) => items.map(({ userId }) => userId))).toEqual(
		outputs.map(usersOf),
	);
}

describe.each([1, 50])('a mixed batch, %i at once', (concurrency) => {
	it('leaves by the five outputs in the order of the items under Continue (using error output)', async () => {
		const run = await contactAll(MIXED, 'continueErrorOutput', { concurrency });

		expect(run.run.status).toBe('success');
		expect(usersOf(run.outputs[CONTACTED])).toEqual(of('ok'));
		expect(usersOf(run.outputs[AGENT_UNAVAILABLE])).toEqual(of('busy'));
		expect(usersOf(run.outputs[CONFIGURATION_ERROR])).toEqual(of('wrong'));
		expect(usersOf(run.outputs[OTHER_OUTCOME])).toEqual(of('engaged'));
		expect(usersOf(run.outputs[ERROR])).toEqual(of('broken'));
	});

	it('leaves by four outputs in the order of the items under Continue', async () => {
		const run = await contactAll(MIXED, 'continueRegularOutput', { concurrency });

		expect(usersOf(run.outputs[CONTACTED])).toEqual(of('ok'));
		expect(usersOf(run.outputs[AGENT_UNAVAILABLE])).toEqual(of('busy'));
		expect(usersOf(run.outputs[CONFIGURATION_ERROR])).toEqual(of('wrong'));
		expect(usersOf(run.outputs[OTHER_OUTCOME])).toEqual(of('engaged', 'broken'));
		expect(run.outputs[ERROR]).toEqual([]);
	});

	it('leaves by four outputs under Stop Workflow when nothing was left open', async () => {
		const run = await contactAll(UNDISPUTED, 'stopWorkflow', { concurrency });

		expect(run.run.status).toBe('success');
		expect(usersOf(run.outputs[CONTACTED])).toEqual(of('ok'));
		expect(usersOf(run.outputs[AGENT_UNAVAILABLE])).toEqual(of('busy'));
		expect(usersOf(run.outputs[CONFIGURATION_ERROR])).toEqual(of('wrong'));
		expect(usersOf(run.outputs[OTHER_OUTCOME])).toEqual(of('engaged'));
	});
});

describe.each([
	{ onError: 'stopWorkflow' as const, userIds: UNDISPUTED },
	{ onError: 'continueRegularOutput' as const, userIds: MIXED },
	{ onError: 'continueErrorOutput' as const, userIds: MIXED },
])('with On Error = $onError', ({ onError, userIds }) => {
	it('every item comes out once, and one contact is made for each item on Contacted', async () => {
		const run = await contactAll(userIds, onError);

		expect(run.outputs.flatMap(usersOf).sort()).toEqual([...userIds].sort());
		expect(
			simulator()
				.ledger.map(({ userId }) => userId)
				.sort(),
		).toEqual(usersOf(run.outputs[CONTACTED]).sort());
	});

	it("a later node reads the trigger's item of every user with $('Start').item", async () => {
		const run = await contactAll(userIds, onError);

		expectLinksToStart(run);
		for (const { json, pairedItem } of run.outputs.flat()) {
			const { userId } = reportsOf([{ json }])[0];
			expect(pairedItem).toEqual({ item: userIds.indexOf(userId as string) });
		}
	});
});

describe('Always Output Data', () => {
	it('adds nothing when an item left by Contacted', async () => {
		const run = await contactAll(MIXED, 'continueErrorOutput', { alwaysOutputData: true });

		expect(run.outputs.flat()).toHaveLength(MIXED.length);
	});

	it('puts nothing on Contacted that reports a contact otherwise, and every report stays where it belongs', async () => {
		const userIds = of('busy', 'wrong', 'engaged');
		const run = await contactAll(userIds, 'continueRegularOutput', { alwaysOutputData: true });

		// An empty item up to n8n 2 (hints.test.ts), nothing from n8n 3 on.
		expect(run.outputs[CONTACTED].flatMap(({ json }) => Object.keys(json))).toEqual([]);
		expect(usersOf(run.outputs[AGENT_UNAVAILABLE])).toEqual(of('busy'));
		expect(usersOf(run.outputs[CONFIGURATION_ERROR])).toEqual(of('wrong'));
		expect(usersOf(run.outputs[OTHER_OUTCOME])).toEqual(of('engaged'));
	});
});

test('items are worked on at once, up to Concurrent Requests', async () => {
	const userIds = Array.from({ length: 12 }, (_, index) => `user-${index}`);
	for (const userId of userIds) simulator().plan(userId, { delayMs: 300 });

	await runContactUser({
		items: users(...userIds),
		parameters: parameters({}, { concurrency: 4 }),
		credential: simulator().credential,
	});

	expect(simulator().maxInFlight).toBe(4);
});
