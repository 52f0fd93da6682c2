import { byId, CONTACTED, parameters, useSimulator, users } from '../desk';
import { runContactUser } from '../harness';

const simulator = useSimulator();

async function hintsFor(userIds: string[], overrides = {}): Promise<string[]> {
	const { hints } = await runContactUser({
		items: users(...userIds),
		parameters: parameters(overrides),
		credential: simulator().credential,
	});
	return hints.map(({ message }) => message);
}

test('one hint appears per cause on Configuration Error, however many items it met', async () => {
	for (const userId of ['a', 'b', 'c']) simulator().plan(userId, { answer: 141019 });
	for (const userId of ['d', 'e']) simulator().plan(userId, { answer: 141015 });

	const hints = await hintsFor(['a', 'b', 'c', 'd', 'e', 'f']);

	expect(hints).toHaveLength(2);
	expect(new Set(hints).size).toBe(2);
});

test('a hint says what the reports say, so that an unwired output is still seen', async () => {
	simulator().plan('mia', { answer: 141019 });

	const [hint] = await hintsFor(['mia']);

	expect(hint).toMatch(/group/i);
	expect(hint).toMatch(/141019|Configuration Error/);
});

test('parameters that cannot be right give one hint per parameter', async () => {
	const hints = await hintsFor(['a', 'b', '', ' '], {
		agentGroup: byId("={{ $json.userId === 'a' ? 'abc' : '' }}"),
	});

	expect(hints).toHaveLength(2);
	expect(hints.join('\n')).toMatch(/Agent Group[^]*User ID|User ID[^]*Agent Group/);
});

test("Always Output Data without a contact gives a hint that the empty item is n8n's", async () => {
	simulator().plan('busy', { answer: 141012 });

	const { outputs, hints } = await runContactUser({
		items: users('busy'),
		parameters: parameters(),
		node: { alwaysOutputData: true },
		credential: simulator().credential,
	});

	expect(outputs[CONTACTED].map(({ json }) => json)).toEqual([{}]);
	expect(hints.map(({ message }) => message)).toEqual([
		expect.stringMatching(/Nobody was contacted.*Always Output Data/),
	]);
});

test('no hint appears when nothing has to be mended', async () => {
	simulator().plan('busy', { answer: 141012 });
	simulator().plan('engaged', { answer: 141016 });

	expect(await hintsFor(['ok', 'busy', 'engaged'])).toEqual([]);
});
