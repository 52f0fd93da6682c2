import fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { byId, parameters, reportsOf, startAnew, useSimulator } from '../desk';
import { runContactUser } from '../harness';
import { expressionClass } from '../olderEngines';

const simulator = useSimulator();

/** The same fields twice: as a mere field of the item, and in words that are left to n8n. */
const AS_FIELDS: INodeParameters = {
	userId: '={{ $json.user.id }}',
	customerServiceAccount: byId('={{ $json.account }}'),
	agentGroup: byId('={{$json.group}}'),
	agent: byId('={{ $json.agent }}'),
};
const BY_N8N: INodeParameters = {
	userId: '={{ $json.user["id"] }}',
	customerServiceAccount: byId('={{ $json["account"] }}'),
	agentGroup: byId('={{ $json["group"] }}'),
	agent: byId('={{ $json["agent"] }}'),
};

async function askedFor(items: IDataObject[], different: INodeParameters) {
	const { outputs } = await runContactUser({
		items,
		parameters: parameters(different, { maxRetries: 0, requestsPerSecond: 0 }),
		node: { onError: 'continueRegularOutput' },
		credential: simulator().credential,
	});
	const reports = outputs.flatMap((output) =>
		output.map(({ pairedItem }, i) => ({ pairedItem, ...reportsOf(output)[i] })),
	);
	return reports
		.map((report) => JSON.stringify(report, ECHO))
		.sort()
		.map((text) => JSON.parse(text) as unknown);
}
const ECHO = [
	...['pairedItem', 'item', 'userId', 'customerServiceAccount', 'agentGroup', 'agent', 'attempts'],
	...['outcome', 'message'],
];

const anything = fc.oneof(
	fc.constantFrom('answer-141012.a', 'answer-141012.b', '', '  answer-141013.c ', '@nobody', null),
	fc.constantFrom(0, -1, 4711, 1.5, 1001, 2 ** 53, true, [], ['x'], {}, { id: 'x' }, 'null'),
	fc.string({ maxLength: 40 }),
	fc.string({ unit: 'binary', maxLength: 10 }),
);

test('whatever the items hold, a field is read as n8n itself reads it', async () => {
	const item = fc.record(
		{
			user: fc.oneof(fc.record({ id: anything }, { requiredKeys: [] }), anything),
			account: anything,
			group: anything,
			agent: anything,
		},
		{ requiredKeys: [] },
	);
	await fc.assert(
		fc.asyncProperty(fc.array(item, { minLength: 1, maxLength: 8 }), async (items) => {
			const asFields = await askedFor(items as IDataObject[], AS_FIELDS);
			startAnew(simulator());
			const byN8n = await askedFor(items as IDataObject[], BY_N8N);
			startAnew(simulator());
			expect(asFields).toEqual(byN8n);
		}),
		{ numRuns: 60 },
	);
});

test('n8n is asked for a field once, and for everything else of every item', async () => {
	const evaluate = jest.spyOn(expressionClass().prototype, 'getParameterValue');
	const items = ['mia', 'noah', 'olga'].map((id) => ({ user: { id } }));
	const asked = (expression: string) =>
		evaluate.mock.calls.filter(([value]) => value === expression).length;

	await askedFor(items, { userId: '={{ $json.user.id }}' });
	await askedFor(items, { userId: '={{ $json.user["id"] }}' });

	expect(asked('={{ $json.user.id }}')).toBe(1);
	expect(asked('={{ $json.user["id"] }}')).toBe(3);
	evaluate.mockRestore();
});

test('where the first item proves nothing, every item is left to n8n', async () => {
	// Nothing can be compared when the first item lacks the field.
	const items = [{}, { user: { id: 'mia' } }, { user: { id: 'noah' } }];
	const evaluate = jest.spyOn(expressionClass().prototype, 'getParameterValue');

	await askedFor(items, { userId: '={{ $json.user.id }}' });

	const asked = evaluate.mock.calls.filter(([value]) => value === '={{ $json.user.id }}');
	expect(asked.length).toBe(3);
	expect(
		simulator()
			.ledger.map(({ userId }) => userId)
			.sort(),
	).toEqual(['mia', 'noah']);
	evaluate.mockRestore();
});
