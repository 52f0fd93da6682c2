import type { IDataObject } from 'n8n-workflow';

import {
	byId,
	CONFIGURATION_ERROR,
	CONTACTED,
	ON_ERROR_MODES,
	parameters,
	reportsOf,
	useSimulator,
	usersOf,
} from '../desk';
import { FROM_ITEM, good } from '../itemParameters';
import { runContactUser, startContactUser } from '../harness';

const simulator = useSimulator();
const TWO_MEGABYTES = 'x'.repeat(2 * 1024 * 1024);

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

test('what cannot be right leaves by Config Error with a message that names it, and the batch goes on', async () => {
	const { run, outputs } = await runContactUser({
		items: [
			good('before'),
			...ODD_VALUES.map(([, input]) => ({ ...good('mia'), ...input })),
			good('after'),
		],
		// The size of a report is looked at, not that of what came in.
		parameters: parameters(FROM_ITEM, { includeInputFields: false }),
		credential: simulator().credential,
	});

	expect(run.status).toBe('success');
	expect(usersOf(outputs[CONTACTED])).toEqual(['before', 'after']);
	const refused = outputs[CONFIGURATION_ERROR];
	expect(reportsOf(refused)).toMatchObject(
		ODD_VALUES.map(([label]) => ({
			outcome: 'configurationError',
			errorCode: null,
			attempts: 0,
			retryLater: false,
			message: expect.stringMatching(new RegExp(`^${label} (?!Group)`)),
			advice: expect.stringMatching(/\S/),
		})),
	);
	expect(refused.map(({ pairedItem }) => pairedItem)).toEqual(
		ODD_VALUES.map((_value, index) => ({ item: index + 1 })),
	);
	for (const item of refused) expect(JSON.stringify(item).length).toBeLessThan(2000);
	expect(simulator().requests.map(({ userId }) => userId)).toEqual(['before', 'after']);
});

// n8n itself makes the text of what an expression gives, so only its engine shows what comes.
test.each<[string, IDataObject]>([
	['={{ $json.contact }} ', { contact: { id: 'mia' } }],
	['=crm-{{ $json.contact }}', { contact: { id: 'mia' } }],
])('a User ID of %j that is made of an object is refused', async (userId, fields) => {
	const { outputs } = await runContactUser({
		items: [{ ...good('mia'), ...fields }],
		parameters: parameters({ ...FROM_ITEM, userId }),
		credential: simulator().credential,
	});

	expect(reportsOf(outputs[CONFIGURATION_ERROR])).toMatchObject([
		{
			message: expect.stringMatching(/^User ID (is|holds) "\[object Object\]"/),
			userId: expect.stringContaining('[object Object]'),
		},
	]);
	expect(simulator().requests).toEqual([]);
});

describe.each([
	['User ID', { userId: "={{ $json.bad ? $('Nowhere').item.json.x : $json.userId }}" }],
	[
		'Customer Service Account',
		{ customerServiceAccount: byId("={{ $json.bad ? $('Nowhere').item.json.x : $json.account }}") },
	],
	[
		'Agent Group',
		{ agentGroup: byId("={{ $json.bad ? $('Nowhere').item.json.x : $json.group }}") },
	],
	['Agent', { agent: byId("={{ $json.bad ? $('Nowhere').item.json.x : $json.agent }}") }],
])('an expression of %s that fails for one item', (label, override) => {
	test.each(ON_ERROR_MODES)('costs that item only, with On Error = %s', async (onError) => {
		const { run, outputs } = await runContactUser({
			items: [good('before'), { ...good('mia'), bad: true }, good('after')],
			parameters: parameters({ ...FROM_ITEM, ...override }),
			node: { onError },
			credential: simulator().credential,
		});

		expect(run.status).toBe('success');
		expect(usersOf(outputs[CONTACTED])).toEqual(['before', 'after']);
		expect(reportsOf(outputs[CONFIGURATION_ERROR])).toMatchObject([
			{
				outcome: 'configurationError',
				message: expect.stringContaining(label),
				errorCode: null,
				attempts: 0,
			},
		]);
		expect(simulator().ledger).toHaveLength(2);
	});
});

describe('a User ID left empty in the editor', () => {
	const start = () =>
		startContactUser({
			items: [good('mia')],
			parameters: parameters({ ...FROM_ITEM, userId: '' }),
			credential: simulator().credential,
		});

	it('keeps the workflow from starting', () => {
		expect(start).toThrow(/(workflow|node) has issues/);
		expect(simulator().requests).toEqual([]);
	});

	it('is named by n8n as what is missing', () => {
		expect(start).toThrow(/User ID.*required/);
	});
});
