import type { DeskContext } from '../../../../nodes/shared/desk/callDesk';
import { readCredential } from '../../../../nodes/shared/n8n/credential';
import { CREDENTIAL } from '../../credentials/credential';

const contextWith = (getCredentials: () => Promise<object>, credentials?: object) =>
	({ getNode: () => ({ credentials }), getCredentials }) as unknown as DeskContext;

const giving = (data: object) => contextWith(async () => data);
const failing = (error: unknown, credentials?: object) =>
	contextWith(async () => {
		throw error;
	}, credentials);

const expressionError = Object.assign(new Error('access to env vars denied'), {
	name: 'ExpressionError',
});
const NEEDS_FIXED_VALUES = {
	problem: {
		message: 'A field of the credential is an expression, which only a run can read.',
		advice: 'Enter fixed values in the credential.',
	},
};

test('a credential that can be right is given with the account in it', async () => {
	const reading = await readCredential(giving(CREDENTIAL), 0);
	expect(reading).toMatchObject({
		credential: { account: { sdkAppId: 1400000000 }, data: CREDENTIAL },
	});
});

describe('where no item is, as in a list of the editor or a poll, fixed values are needed', () => {
	test.each([
		['whose expression fails', failing(expressionError)],
		['whose expression fails further back', failing({ name: 'NodeError', cause: expressionError })],
		['whose expression gives nothing', giving({ ...CREDENTIAL, sdkAppId: undefined })],
		['whose expression gives null', giving({ ...CREDENTIAL, secretKey: null })],
	])('a credential %s', async (_what, context) => {
		expect(await readCredential(context)).toEqual(NEEDS_FIXED_VALUES);
	});

	test('a field that nobody has filled in is told as that', async () => {
		expect(await readCredential(giving({ ...CREDENTIAL, sdkAppId: '' }))).toMatchObject({
			problem: { message: 'The SDKAppID of the credential is empty.' },
		});
	});
});

test('of an item, an expression that fails gets advice about the expression', async () => {
	expect(await readCredential(failing(expressionError), 0)).toMatchObject({
		problem: {
			message: expect.stringContaining('(access to env vars denied)'),
			advice: expect.stringMatching(/^Correct the expression in the credential/),
		},
	});
});

test.each([
	[
		'none is chosen',
		undefined,
		'The node has no Tencent Desk API credential',
		/^Choose a Tencent Desk API credential in the node\.$/,
	],
	[
		'one is chosen',
		{ tencentDeskApi: { id: '1', name: 'Desk' } },
		'could not be read',
		/may have been deleted/,
	],
])(
	'a credential that is not there: what is told when %s',
	async (_what, chosen, message, advice) => {
		for (const error of [new Error('Credential with ID "1" does not exist'), 'a text', null]) {
			expect(await readCredential(failing(error, chosen), 0)).toMatchObject({
				problem: {
					message: expect.stringContaining(message),
					advice: expect.stringMatching(advice),
				},
			});
		}
	},
);
