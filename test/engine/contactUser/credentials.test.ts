import type { IDataObject } from 'n8n-workflow';

import { useContacts } from '../contacts';
import { CONFIGURATION_ERROR, CONTACTED, ON_ERROR_MODES, reportsOf, users, usersOf } from '../desk';

const { simulator, contact } = useContacts();
const FAILING = "$('Nowhere').item.json.x";

test.each([
	['cannot be resolved', `={{ $json.userId === 'ben' ? ${FAILING} : $json.app }}`],
	['gives letters', "={{ $json.userId === 'ben' ? 'abc' : $json.app }}"],
])('a credential field that %s for one item costs that item only', async (_what, sdkAppId) => {
	const app = simulator().credential.sdkAppId;
	const items = users('ann', 'ben', 'cleo').map((item) => ({ ...item, app }));
	const { outputs } = await contact(items, { credential: { sdkAppId } });

	expect(usersOf(outputs[CONTACTED])).toEqual(['ann', 'cleo']);
	expect(reportsOf(outputs[CONFIGURATION_ERROR])).toMatchObject([
		{ userId: 'ben', message: expect.stringMatching(/credential/i), errorCode: null, attempts: 0 },
	]);
});

describe('a credential field with an expression that gives nothing', () => {
	const blocksEnv = process.env.N8N_BLOCK_ENV_ACCESS_IN_NODE;
	beforeAll(() => {
		process.env.N8N_BLOCK_ENV_ACCESS_IN_NODE = 'true';
	});
	afterAll(() => {
		if (blocksEnv === undefined) delete process.env.N8N_BLOCK_ENV_ACCESS_IN_NODE;
		else process.env.N8N_BLOCK_ENV_ACCESS_IN_NODE = blocksEnv;
	});

	const CORRECT = /^Correct the expression in the credential/;
	test.each<[string, string, RegExp, RegExp]>([
		['$env, which n8n blocks', '={{ $env.DESK_KEY }}', /expression.*\(access to env var/, CORRECT],
		['a node that does not exist', `={{ ${FAILING} }}`, /expression.*\(Referenced node/, CORRECT],
		['a slip of the pen', '={{ foo( }}', /expression.*\(invalid syntax/, CORRECT],
		[
			'a field that is not there',
			'={{ $json.a.b.c }}',
			/^The Secret Key .* empty for/,
			/expression/,
		],
	])('gets advice about the expression: %s', async (_what, secretKey, message, advice) => {
		const { outputs } = await contact(['ann'], { credential: { secretKey } });

		expect(simulator().requests).toEqual([]);
		expect(reportsOf(outputs[CONFIGURATION_ERROR])).toMatchObject([
			{ message: expect.stringMatching(message), advice: expect.stringMatching(advice) },
		]);
	});
});

test('credential fields may be expressions of the item: each item is signed with its own', async () => {
	simulator().world.apps[0].admins.push('admin-ann', 'admin-ben');

	// The refused one first, since it must not stop the others, which another administrator signs for.
	const { outputs, userSigs } = await contact(['cleo', 'ann', 'ben'], {
		options: { concurrency: 1 },
		credential: { adminUserId: '=admin-{{ $json.userId }}' },
	});

	expect(usersOf(outputs[CONTACTED])).toEqual(['ann', 'ben']);
	expect(reportsOf(outputs[CONFIGURATION_ERROR])).toMatchObject([
		{ userId: 'cleo', errorCode: 60010 },
	]);
	expect(userSigs).toHaveLength(3);
});

test('the credential is read once per item, whatever has to be sent for it', async () => {
	simulator().plan('ben', { answer: 60014 });
	simulator().planSession('ben', { fault: 'html' });
	simulator().plan('cleo', { answer: 141002 });

	const { credentialReads } = await contact(['ann', 'ben', 'cleo'], {
		options: { includeSession: true, maxRetries: 2 },
		onError: 'continueRegularOutput',
	});

	expect(simulator().requests.length).toBeGreaterThan(4);
	expect([...credentialReads].sort()).toEqual([0, 1, 2]);
});

// What cannot be right about a credential is told by the tests of the account.
const UNUSABLE: Array<[credential: IDataObject | null, named: RegExp]> = [
	[{ sdkAppId: '14000abc' }, /SDKAppID/],
	[{ secretKey: ' \n' }, /Secret Key/],
	[{ baseUrl: 'http://desk.example.com' }, /Base URL/],
	[null, /credential/],
];

test.each(ON_ERROR_MODES)(
	'a node whose credential cannot be right, or that has none, sends nothing, and every item says so, with On Error = %s',
	async (onError) => {
		for (const [credential, named] of UNUSABLE) {
			const { run, outputs, hints } = await contact(['ann', 'ben'], { onError, credential });

			expect(run.status).toBe('success');
			expect(outputs.flat()).toHaveLength(2);
			expect(reportsOf(outputs[CONFIGURATION_ERROR])).toMatchObject(
				['ann', 'ben'].map((userId) => ({
					...{ userId, outcome: 'configurationError', errorCode: null, attempts: 0 },
					message: expect.stringMatching(named),
					advice: expect.stringMatching(/\S/),
				})),
			);
			expect(hints).toHaveLength(1);
		}
		expect(simulator().requests).toEqual([]);
	},
);
