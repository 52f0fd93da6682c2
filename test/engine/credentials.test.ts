import {
	CONFIGURATION_ERROR,
	CONTACTED,
	parameters,
	reportsOf,
	useSimulator,
	users,
	usersOf,
} from './desk';
import { runContactUser } from './harness';

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

	test.each([
		['SDKAppID', { sdkAppId: '={{ $json.app }}' }],
		['Administrator UserID', { adminUserId: '={{ $json.a.b.c }}' }],
		['Secret Key', { secretKey: '={{ $json.key }}' }],
	])('says that the %s is empty for this item', async (field, change) => {
		const { message, advice } = await reportWith(change);
		expect(message).toBe(`The ${field} of the credential is empty for this item.`);
		expect(advice).toContain('expression');
	});

	test('is told from a field that nobody has filled in', async () => {
		const { message, advice } = await reportWith({ sdkAppId: '' });
		expect(message).toBe('The SDKAppID of the credential is empty.');
		expect(advice).toMatch(/^Copy the SDKAppID/);
	});
});

test('credential fields may be expressions of the item: each item is signed with its own', async () => {
	const [app] = simulator().world.apps;
	app.admins.push('admin-ann', 'admin-ben');

	const { outputs, userSigs } = await runContactUser({
		items: users('ann', 'ben', 'cleo'),
		parameters: parameters(),
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

test('blanks around the fields of the credential do no harm', async () => {
	const { sdkAppId, adminUserId, secretKey, baseUrl } = simulator().credential;

	const { outputs } = await runContactUser({
		items: users('ann'),
		parameters: parameters(),
		credential: {
			dataCenter: 'custom',
			baseUrl: ` ${baseUrl} `,
			sdkAppId: ` ${sdkAppId}\n`,
			adminUserId: ` ${adminUserId} `,
			secretKey: `${secretKey}\n`,
		},
	});

	expect(usersOf(outputs[CONTACTED])).toEqual(['ann']);
});

describe('a refused credential', () => {
	const wrongKey = () => ({ ...simulator().credential, secretKey: 'wrong' });

	it('costs one request, and every item tells the truth about itself', async () => {
		const userIds = Array.from({ length: 40 }, (_, index) => `user-${index}`);

		const { outputs, hints } = await runContactUser({
			items: users(...userIds),
			parameters: parameters(),
			credential: wrongKey(),
		});

		expect(simulator().requests).toHaveLength(1);
		expect(usersOf(outputs[CONFIGURATION_ERROR])).toEqual(userIds);
		const reports = reportsOf(outputs[CONFIGURATION_ERROR]);
		expect(reports.map(({ errorCode }) => errorCode)).toEqual(userIds.map(() => 70009));
		expect(reports.map(({ attempts }) => attempts)).toEqual([1, ...userIds.slice(1).map(() => 0)]);
		expect(reports[1].message).toMatch(/not sent/i);
		expect(hints).toHaveLength(1);
	});

	it('stops the sending of its own app only', async () => {
		const { secretKey, sdkAppId } = simulator().credential;

		const { outputs } = await runContactUser({
			items: users('wrong-1', 'ann', 'wrong-2', 'ben'),
			parameters: parameters(),
			credential: {
				...simulator().credential,
				sdkAppId: `={{ $json.userId.startsWith('wrong') ? '1400000001' : '${sdkAppId}' }}`,
				secretKey: `={{ $json.userId.startsWith('wrong') ? 'wrong' : '${secretKey}' }}`,
			},
		});

		expect(usersOf(outputs[CONTACTED])).toEqual(['ann', 'ben']);
		expect(usersOf(outputs[CONFIGURATION_ERROR])).toEqual(['wrong-1', 'wrong-2']);
	});
});
