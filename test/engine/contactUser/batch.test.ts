import { CONTACTED, parameters, useSimulator, users, usersOf, type OnError } from '../desk';
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

/** Who leaves by Other and by Error; the first three outputs are the same in every mode. */
const MODES = [
	{ onError: 'stopWorkflow' as const, userIds: UNDISPUTED, last: [of('engaged'), []] },
	{
		onError: 'continueRegularOutput' as const,
		userIds: MIXED,
		last: [of('engaged', 'broken'), []],
	},
	{ onError: 'continueErrorOutput' as const, userIds: MIXED, last: [of('engaged'), of('broken')] },
];

describe.each([1, 50])('a mixed batch, %i at once', (concurrency) => {
	test.each(MODES)(
		"with On Error = $onError every item leaves once, by its output, in the order of the items, and a later node reads the trigger's item with $('Start').item",
		async ({ onError, userIds, last }) => {
			const { run, outputs, linkedStartItems } = await contactAll(userIds, onError, {
				concurrency,
			});

			expect(run.status).toBe('success');
			expect(outputs.map(usersOf)).toEqual([of('ok'), of('busy'), of('wrong'), ...last]);
			expect(linkedStartItems.map((items) => items.map(({ userId }) => userId))).toEqual(
				outputs.map(usersOf),
			);
			for (const item of outputs.flat()) {
				expect(item.pairedItem).toEqual({ item: userIds.indexOf(usersOf([item])[0] as string) });
			}
			expect(
				simulator()
					.ledger.map(({ userId }) => userId)
					.sort(),
			).toEqual(of('ok').sort());
		},
	);
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
		expect(run.outputs.slice(1).map(usersOf)).toEqual([of('busy'), of('wrong'), of('engaged'), []]);
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
