import fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { DEFAULT_ACCOUNT } from '../../../simulator/world';
import { useContacts } from '../contacts';
import {
	byId,
	CONFIGURATION_ERROR,
	CONTACTED,
	ON_ERROR_MODES,
	reportsOf,
	startAnew,
	usersOf,
} from '../desk';
import { startContactUser } from '../harness';
import { expressionClass } from '../olderEngines';

const { simulator, setup, contact, contacted } = useContacts();
const TWO_MEGABYTES = 'x'.repeat(2 * 1024 * 1024);

/** Every parameter is an expression of the item. */
const FROM_ITEM: INodeParameters = {
	userId: '={{ $json.userId }}',
	customerServiceAccount: byId('={{ $json.account }}'),
	agentGroup: byId('={{ $json.group }}'),
	agent: byId('={{ $json.agent }}'),
};

/** An item for these parameters whose contact succeeds. */
const good = (userId: string): IDataObject => ({
	userId,
	account: DEFAULT_ACCOUNT,
	group: 1001,
	agent: 'anna@example.com',
});

/** What expressions may give; the whole list of what is refused is told by the tests of the request. */
const ODD_VALUES: Array<[label: string, input: IDataObject]> = [
	['User ID', { userId: undefined }],
	['User ID', { userId: { id: 'mia' } }],
	['User ID', { userId: ['mia'] }],
	['User ID', { userId: TWO_MEGABYTES }],
	['User ID', { userId: Number('7615917337495251231') }],
	['Customer Service Account', { account: '' }],
	['Agent Group', { group: 0 }],
	['Agent', { agent: 'anna\u0000@example.com' }],
];
const REFUSED = {
	...{ outcome: 'configurationError', errorCode: null, attempts: 0, retryLater: false },
	advice: expect.stringMatching(/\S/),
};

test('what cannot be right leaves by Config Error with a message that names it, and the batch goes on', async () => {
	const odd = ODD_VALUES.map(([, input]) => ({ ...good('mia'), ...input }));
	const { run, outputs } = await contact([good('before'), ...odd, good('after')], {
		parameters: FROM_ITEM,
		// The size of a report is looked at, not that of what came in.
		options: { includeInputFields: false },
	});

	expect(run.status).toBe('success');
	expect(usersOf(outputs[CONTACTED])).toEqual(['before', 'after']);
	const refused = outputs[CONFIGURATION_ERROR];
	expect(reportsOf(refused)).toMatchObject(
		ODD_VALUES.map(([label]) => ({
			...REFUSED,
			message: expect.stringMatching(new RegExp(`^${label} (?!Group)`)),
		})),
	);
	expect(refused.map(({ pairedItem }) => pairedItem)).toEqual(
		ODD_VALUES.map((_value, index) => ({ item: index + 1 })),
	);
	for (const item of refused) expect(JSON.stringify(item).length).toBeLessThan(2000);
	expect(simulator().requests.map(({ userId }) => userId)).toEqual(['before', 'after']);
});

// n8n itself makes the text of what an expression gives, so only its engine shows what comes.
test.each(['={{ $json.contact }} ', '=crm-{{ $json.contact }}'])(
	'a User ID of %j that is made of an object is refused',
	async (userId) => {
		const { outputs } = await contact([{ contact: { id: 'mia' } }], { parameters: { userId } });

		expect(reportsOf(outputs[CONFIGURATION_ERROR])).toMatchObject([
			{
				message: expect.stringMatching(/^User ID (is|holds) "\[object Object\]"/),
				userId: expect.stringContaining('[object Object]'),
			},
		]);
		expect(simulator().requests).toEqual([]);
	},
);

test.each(ON_ERROR_MODES)(
	'an expression that fails for one item costs that item only, with On Error = %s',
	async (onError) => {
		const failing = (field: string) =>
			`={{ $json.bad === '${field}' ? $('Nowhere').item.json.x : $json.${field} }}`;
		const { run, outputs } = await contact(
			[
				good('before'),
				...['userId', 'account', 'group', 'agent'].map((bad) => ({ ...good('mia'), bad })),
				good('after'),
			],
			{
				parameters: {
					userId: failing('userId'),
					customerServiceAccount: byId(failing('account')),
					agentGroup: byId(failing('group')),
					agent: byId(failing('agent')),
				},
				onError,
			},
		);

		expect(run.status).toBe('success');
		expect(usersOf(outputs[CONTACTED])).toEqual(['before', 'after']);
		expect(reportsOf(outputs[CONFIGURATION_ERROR])).toMatchObject(
			['User ID', 'Customer Service Account', 'Agent Group', 'Agent'].map((label) => ({
				...REFUSED,
				message: expect.stringMatching(`^${label} could not be read`),
			})),
		);
		expect(contacted()).toEqual(['before', 'after']);
	},
);

describe('a User ID left empty in the editor', () => {
	const start = () => startContactUser(setup([good('mia')], { parameters: { userId: '' } }));

	it('keeps the workflow from starting', () => {
		expect(start).toThrow(/(workflow|node) has issues/);
		expect(simulator().requests).toEqual([]);
	});

	it('is named by n8n as what is missing', () => {
		expect(start).toThrow(/User ID.*required/);
	});
});

test('numbers and texts are sent as Desk wants them; of an empty group or agent, Desk decides by itself', async () => {
	const items = [
		{ ...good(''), userId: 4711, group: '1001' },
		{ ...good('mia'), group: '', agent: '' },
	];
	const { outputs } = await contact(items, { parameters: FROM_ITEM, options: { concurrency: 1 } });

	const agent = 'anna@example.com';
	expect(reportsOf(outputs[CONTACTED])).toMatchObject([
		{ userId: '4711', agentGroup: 1001, agent, assignedAgent: agent },
		{ userId: 'mia', agentGroup: null, agent: null },
	]);
	expect(simulator().ledger).toMatchObject([
		{ userId: '4711', agentGroup: 1001, agent },
		{ userId: 'mia', agentGroup: null },
	]);
});

describe('a mere field of the item', () => {
	/** The same fields twice: as a mere field of the item, and in words that are left to n8n. */
	const asField = (...names: string[]) => `={{ $json.${names.join('.')} }}`;
	const byN8n = (...names: string[]) =>
		`={{ $json${names.map((name) => `["${name}"]`).join('')} }}`;
	const parametersOf = (write: typeof asField): INodeParameters => ({
		userId: write('user', 'id'),
		customerServiceAccount: byId(write('account')),
		agentGroup: byId(write('group')),
		agent: byId(write('agent')),
	});

	const ECHO = [
		...['pairedItem', 'item', 'userId', 'customerServiceAccount', 'agentGroup', 'agent'],
		...['attempts', 'outcome', 'message'],
	];
	const askedFor = async (items: IDataObject[], parameters: INodeParameters) => {
		const { outputs } = await contact(items, {
			parameters,
			options: { requestsPerSecond: 0 },
			onError: 'continueRegularOutput',
		});
		return outputs
			.flat()
			.map((item) => ({ pairedItem: item.pairedItem, ...reportsOf([item])[0] }))
			.map((report) => JSON.stringify(report, ECHO))
			.sort();
	};

	const anything = fc.oneof(
		fc.constantFrom(
			'answer-141012.a',
			'answer-141012.b',
			'',
			'  answer-141013.c ',
			'@nobody',
			null,
		),
		fc.constantFrom(0, -1, 4711, 1.5, 1001, 2 ** 53, true, [], ['x'], {}, { id: 'x' }, 'null'),
		fc.string({ maxLength: 40 }),
		fc.string({ unit: 'binary', maxLength: 10 }),
	);

	test('is read as n8n itself reads it, whatever the items hold', async () => {
		const user = fc.oneof(fc.record({ id: anything }, { requiredKeys: [] }), anything);
		const fields = { user, account: anything, group: anything, agent: anything };
		const item = fc.record(fields, { requiredKeys: [] });
		await fc.assert(
			fc.asyncProperty(fc.array(item, { minLength: 1, maxLength: 8 }), async (items) => {
				const asFields = await askedFor(items as IDataObject[], parametersOf(asField));
				startAnew(simulator());
				const leftToN8n = await askedFor(items as IDataObject[], parametersOf(byN8n));
				startAnew(simulator());
				expect(asFields).toEqual(leftToN8n);
			}),
			{ numRuns: 60 },
		);
	});

	const three = ['mia', 'noah', 'olga'].map((id) => ({ user: { id } }));
	test.each<[string, number, string, IDataObject[]]>([
		['once for it', 1, asField('user', 'id'), three],
		['for everything else of every item', 3, byN8n('user', 'id'), three],
		// Nothing can be compared when the first item lacks the field.
		[
			'for every item where the first one proves nothing',
			3,
			asField('user', 'id'),
			[{}, ...three.slice(1)],
		],
	])('n8n is asked %s', async (_when, times, userId, items) => {
		const evaluate = jest.spyOn(expressionClass().prototype, 'getParameterValue');

		await askedFor(items, { userId });

		expect(evaluate.mock.calls.filter(([value]) => value === userId)).toHaveLength(times);
		expect(contacted().sort()).toEqual(
			items.flatMap(({ user }) => (user as IDataObject)?.id ?? []),
		);
		evaluate.mockRestore();
	});
});
