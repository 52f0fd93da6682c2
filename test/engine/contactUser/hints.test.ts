import type { IExecuteFunctions } from 'n8n-workflow';

import { ContactUser } from '../../../nodes/ContactUser/ContactUser.node';
import { AGENT_UNAVAILABLE, CONTACTED, parameters, useSimulator, users, usersOf } from '../desk';
import { runContactUser } from '../harness';

const simulator = useSimulator();

const runFor = async (userIds: string[], node = {}) =>
	await runContactUser({
		items: users(...userIds),
		parameters: parameters(),
		node,
		credential: simulator().credential,
	});

test('one hint counts what left by Config Error, cause by cause, with the first users', async () => {
	for (const userId of ['a', 'b']) simulator().plan(userId, { answer: 141019 });

	const { hints } = await runFor(['a', 'b', 'ok', '', ' ']);
	expect(hints.map(({ message }) => message)).toEqual([
		expect.stringMatching(
			/^2 items left by Config Error \(a, b\): .*group.*<br>2 items left by Config Error without a User ID: /,
		),
	]);
});

const nobodyContacted = async () => {
	simulator().plan('busy', { answer: 141012 });
	return await runFor(['busy'], { alwaysOutputData: true });
};

test('Always Output Data without a contact gives a hint that an empty item, if there is one, comes from n8n', async () => {
	const { outputs, hints } = await nobodyContacted();

	expect(usersOf(outputs[AGENT_UNAVAILABLE])).toEqual(['busy']);
	expect(hints.map(({ message }) => message)).toEqual([
		expect.stringMatching(
			/^Nobody was contacted\. An empty item on Contacted comes from .*Always Output Data/,
		),
	]);
});

// From n8n 3 on there is none: test/compat/releases.ts.
test('Always Output Data up to n8n 2 puts an empty item on Contacted', async () => {
	const { outputs } = await nobodyContacted();

	expect(outputs[CONTACTED].map(({ json }) => json)).toEqual([{}]);
});

test('a version of n8n that knows no hints runs the node all the same', async () => {
	const { execute } = ContactUser.prototype;
	const spy = jest.spyOn(ContactUser.prototype, 'execute').mockImplementation(async function (
		this: IExecuteFunctions,
	) {
		return await execute.call(Object.create(this, { addExecutionHints: { value: undefined } }));
	});
	simulator().plan('mia', { answer: 141019 });

	const { run, outputs, hints } = await runFor(['mia', 'noa']);
	expect([run.status, hints]).toEqual(['success', []]);
	expect(usersOf(outputs[CONTACTED])).toEqual(['noa']);
	spy.mockRestore();
});
