import {
	CONFIGURATION_ERROR,
	CONTACTED,
	ON_ERROR_MODES,
	parameters,
	reportsOf,
	useSimulator,
	users,
	usersOf,
} from '../desk';
import { runContactUser } from '../harness';

const simulator = useSimulator();
const FAILING = "$('Nowhere').item.json.x";

test.each([
	['cannot be resolved', `={{ $json.userId === 'ben' ? ${FAILING} : $json.app }}`],
	['gives letters', "={{ $json.userId === 'ben' ? 'abc' : $json.app }}"],
])('a credential field that %s for one item costs that item only', async (_what, sdkAppId) => {
	const { outputs } = await runContactUser({
		items: users('ann', 'ben', 'cleo').map((item) => ({
			...item,
			app: simulator().credential.sdkAppId,
		})),
		parameters: parameters(),
		credential: { ...simulator().credential, sdkAppId },
	});

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

	const reportWith = async (change: object) => {
		const { outputs } = await runContactUser({
			items: users('ann'),
			parameters: parameters(),
			credential: { ...simulator().credential, ...change },
		});
		expect(simulator().requests).toEqual([]);
		return reportsOf(outputs[CONFIGURATION_ERROR])[0];
	};

	test.each([
		['$env, which n8n blocks', '={{ $env.DESK_KEY }}', 'access to env vars denied'],
		['a node that does not exist', `={{ ${FAILING} }}`, "Referenced node doesn't exist"],
		['a slip of the pen', '={{ foo( }}', 'invalid syntax'],
	])('gets advice about the expression: %s', async (_what, secretKey, reason) => {
		const { message, advice } = await reportWith({ secretKey });
		expect(message).toContain(reason);
		expect(message).toContain('expression');
		expect(advice).toMatch(/^Correct the expression in the credential/);
	});

	test('says that the field is empty for this item', async () => {
		const { message, advice } = await reportWith({ adminUserId: '={{ $json.a.b.c }}' });
		expect(message).toBe('The Administrator UserID of the credential is empty for this item.');
		expect(advice).toContain('expression');
	});
});

test('credential fields may be expressions of the item: each item is signed with its own', async () => {
	const [app] = simulator().world.apps;
	app.admins.push('admin-ann', 'admin-ben');

	const { outputs, userSigs } = await runContactUser({
		// The refused one first, since it must not stop the others, which another administrator signs for.
		items: users('cleo', 'ann', 'ben'),
		parameters: parameters({}, { concurrency: 1 }),
		credential: { ...simulator().credential, adminUserId: '=admin-{{ $json.userId }}' },
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

	const { credentialReads } = await runContactUser({
		items: users('ann', 'ben', 'cleo'),
		parameters: parameters({}, { includeSession: true, maxRetries: 2 }),
		node: { onError: 'continueRegularOutput' },
		credential: simulator().credential,
	});

	expect(simulator().requests.length).toBeGreaterThan(4);
	expect([...credentialReads].sort()).toEqual([0, 1, 2]);
});

// What cannot be right about a credential is told by the tests of the account.
test.each(ON_ERROR_MODES)(
	'a node whose credential cannot be right, or that has none, sends nothing, and every item says so, with On Error = %s',
	async (onError) => {
		for (const [credential, named] of [
			[{ ...simulator().credential, sdkAppId: '14000abc' }, /SDKAppID/],
			[{ ...simulator().credential, secretKey: ' \n' }, /Secret Key/],
			[{ ...simulator().credential, baseUrl: 'http://desk.example.com' }, /Base URL/],
			[null, /credential/],
		] as const) {
			const { run, outputs, hints } = await runContactUser({
				items: users('ann', 'ben'),
				parameters: parameters(),
				node: { onError },
				credential,
			});

			expect(run.status).toBe('success');
			expect(outputs.flat()).toHaveLength(2);
			expect(reportsOf(outputs[CONFIGURATION_ERROR])).toMatchObject(
				['ann', 'ben'].map((userId) => ({
					userId,
					outcome: 'configurationError',
					message: expect.stringMatching(named),
					advice: expect.stringMatching(/\S/),
					errorCode: null,
					attempts: 0,
				})),
			);
			expect(hints).toHaveLength(1);
		}
		expect(simulator().requests).toEqual([]);
	},
);
