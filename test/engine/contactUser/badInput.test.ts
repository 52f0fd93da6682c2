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

const BAD_VALUES: Array<{ label: string; what: string; input: IDataObject }> = [
	{ label: 'User ID', what: 'empty', input: { userId: '' } },
	{ label: 'User ID', what: 'blank', input: { userId: ' \t\n ' } },
	{ label: 'User ID', what: 'missing', input: { userId: undefined } },
	{ label: 'User ID', what: 'null', input: { userId: null } },
	{ label: 'User ID', what: 'an object', input: { userId: { id: 'mia' } } },
	{ label: 'User ID', what: 'an array', input: { userId: ['mia'] } },
	{ label: 'User ID', what: 'true', input: { userId: true } },
	{ label: 'User ID', what: '2 MB long', input: { userId: TWO_MEGABYTES } },
	{ label: 'User ID', what: 'with a NUL', input: { userId: 'mia\u0000' } },
	{ label: 'User ID', what: 'with an emoji', input: { userId: 'mia🙂' } },
	{ label: 'User ID', what: '[object Object]', input: { userId: '[object Object] ' } },
	{ label: 'User ID', what: 'undefined as text', input: { userId: 'undefined' } },
	{
		label: 'User ID',
		what: 'a number that lost digits',
		input: { userId: Number('7615917337495251231') },
	},
	{ label: 'User ID', what: 'with U+200B in it', input: { userId: 'm\u200bia' } },
	{ label: 'User ID', what: 'too long', input: { userId: 'x'.repeat(33) } },
	{ label: 'Customer Service Account', what: 'empty', input: { account: '' } },
	{ label: 'Customer Service Account', what: 'blank', input: { account: '   ' } },
	{ label: 'Customer Service Account', what: 'an object', input: { account: { id: 'x' } } },
	{ label: 'Customer Service Account', what: 'null as text', input: { account: 'null' } },
	{ label: 'Customer Service Account', what: '2 MB long', input: { account: TWO_MEGABYTES } },
	{ label: 'Customer Service Account', what: 'with a NUL', input: { account: '@desk\u0000' } },
	{ label: 'Customer Service Account', what: 'with an emoji', input: { account: '@desk🙂' } },
	{ label: 'Agent Group', what: '0', input: { group: 0 } },
	{ label: 'Agent Group', what: '0 as text', input: { group: '0' } },
	{ label: 'Agent Group', what: '-1', input: { group: -1 } },
	{ label: 'Agent Group', what: '1.5', input: { group: 1.5 } },
	{ label: 'Agent Group', what: '1.5 as text', input: { group: '1.5' } },
	{ label: 'Agent Group', what: 'abc', input: { group: 'abc' } },
	{ label: 'Agent Group', what: 'hexadecimal', input: { group: '0x10' } },
	{ label: 'Agent Group', what: 'too large to be exact', input: { group: '9007199254740993' } },
	{ label: 'Agent Group', what: 'an object', input: { group: { id: 1001 } } },
	{ label: 'Agent Group', what: '2 MB long', input: { group: TWO_MEGABYTES } },
	{ label: 'Agent', what: 'an object', input: { agent: { mail: 'anna@example.com' } } },
	{ label: 'Agent', what: '2 MB long', input: { agent: TWO_MEGABYTES } },
	{ label: 'Agent', what: 'with a NUL', input: { agent: 'anna\u0000@example.com' } },
];

test.each(BAD_VALUES)(
	'$label that is $what leaves by Configuration Error with a message that names it, and the batch goes on',
	async ({ label, input }) => {
		const { run, outputs } = await runContactUser({
			items: [good('before'), { ...good('mia'), ...input }, good('after')],
			// The size of a report is looked at, not that of what came in.
			parameters: parameters(FROM_ITEM, { includeInputFields: false }),
			credential: simulator().credential,
		});

		expect(run.status).toBe('success');
		expect(usersOf(outputs[CONTACTED])).toEqual(['before', 'after']);
		const [report] = reportsOf(outputs[CONFIGURATION_ERROR]);
		expect(report).toMatchObject({
			outcome: 'configurationError',
			errorCode: null,
			attempts: 0,
			retryLater: false,
			advice: expect.stringMatching(/\S/),
		});
		expect(report.message).toMatch(new RegExp(`\\b${label}\\b(?! Group)`));
		expect(JSON.stringify(report).length).toBeLessThan(2000);
		expect(outputs[CONFIGURATION_ERROR][0].pairedItem).toEqual({ item: 1 });
		expect(simulator().requests.map(({ userId }) => userId)).toEqual(['before', 'after']);
	},
);

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
