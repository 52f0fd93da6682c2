import type { IExecuteFunctions } from 'n8n-workflow';

import { ContactUser } from '../../../nodes/ContactUser/ContactUser.node';
import {
	AGENT_UNAVAILABLE,
	byId,
	CONTACTED,
	parameters,
	useSimulator,
	users,
	usersOf,
} from '../desk';
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

test('one hint counts what left by Config Error, cause by cause, with the first users', async () => {
	for (const userId of ['a', 'b', 'c', 'f']) simulator().plan(userId, { answer: 141019 });
	for (const userId of ['d', 'e']) simulator().plan(userId, { answer: 141015 });

	const hints = await hintsFor(['a', 'd', 'b', 'c', 'f', 'e', 'ok', '', ' ']);

	expect(hints).toEqual([
		expect.stringMatching(
			/^8 of 9 items left by Config Error\. 4 \(a, b, c and 1 more\): .*group.* 2 \(d, e\): .*user account.* 2 without a User ID: /,
		),
	]);
});

test('parameters that cannot be right are told apart in it', async () => {
	const hints = await hintsFor(['a', 'b', '', ' '], {
		agentGroup: byId("={{ $json.userId === 'a' ? 'abc' : '' }}"),
	});

	expect(hints).toEqual([
		expect.stringMatching(/^3 of 4 items left.* 1 \(a\): Agent Group.* 2 without a User ID/),
	]);
});

const nobodyContacted = async () => {
	simulator().plan('busy', { answer: 141012 });
	return await runContactUser({
		items: users('busy'),
		parameters: parameters(),
		node: { alwaysOutputData: true },
		credential: simulator().credential,
	});
};

test('Always Output Data without a contact gives a hint that an empty item, if there is one, comes from n8n', async () => {
	const { outputs, hints } = await nobodyContacted();

	expect(usersOf(outputs[AGENT_UNAVAILABLE])).toEqual(['busy']);
	expect(hints.map(({ message }) => message)).toEqual([
		expect.stringMatching(
			/^Nobody was contacted\. If there is an empty item on Contacted.*Always Output Data/,
		),
	]);
});

// From n8n 3 on there is none: test/compat/releases.ts.
test('Always Output Data up to n8n 2 puts an empty item on Contacted', async () => {
	const { outputs } = await nobodyContacted();

	expect(outputs[CONTACTED].map(({ json }) => json)).toEqual([{}]);
});

test('no hint appears when nothing has to be mended', async () => {
	simulator().plan('busy', { answer: 141012 });
	simulator().plan('engaged', { answer: 141016 });

	expect(await hintsFor(['ok', 'busy', 'engaged'])).toEqual([]);
});

test('a version of n8n that knows no hints runs the node all the same', async () => {
	const { execute } = ContactUser.prototype;
	const spy = jest.spyOn(ContactUser.prototype, 'execute').mockImplementation(async function (
		this: IExecuteFunctions,
	) {
		return await execute.call(Object.create(this, { addExecutionHints: { value: undefined } }));
	});
	simulator().plan('mia', { answer: 141019 });

	expect(await hintsFor(['mia', 'noa'])).toEqual([]);
	expect(simulator().ledger.map(({ userId }) => userId)).toEqual(['noa']);
	spy.mockRestore();
});
