import {
	likelyMistake,
	runHints,
	watchProgress,
	type HintSettings,
} from '../../../nodes/ContactUser/hints';
import type { ContactReport } from '../../../nodes/ContactUser/report';
import { done, timeOut } from '../replies';
import { endedBy, OUTCOMES, reportOf } from './contacts';

const settings = (fields: Partial<HintSettings> = {}): HintSettings => ({
	mode: 'continue',
	singleOutput: false,
	alwaysOutputData: false,
	isFirstEmpty: false,
	...fields,
});

const misconfigured = (userId: string, errorCode: number | null, message: string) =>
	reportOf({ outcome: 'configurationError', userId, errorCode, message, advice: 'Mend it.' });
const withoutUser = misconfigured('', null, 'User ID is empty, so nothing was sent.');
const unknown = (userId: string) =>
	misconfigured(userId, 141015, 'The user account does not exist.');

const messages = (reports: ContactReport[], given: Partial<HintSettings> = {}) =>
	runHints(reports, settings(given)).map(({ message }) => message);

describe('items that left by Config Error', () => {
	test('are counted in one box, cause by cause, with the first users of each', () => {
		const reports = [
			unknown('u1'),
			reportOf({}),
			withoutUser,
			...['u2', 'u3', 'u4', 'u5'].map(unknown),
			misconfigured('ann', null, 'Agent Group is not a positive whole number.'),
			withoutUser,
		];
		expect(messages(reports)).toEqual([
			'5 items left by Config Error (u1, u2, u3 and 2 more): The user account does not exist. Mend it.<br>2 items left by Config Error without a User ID: check the name of the field in User ID.<br>1 item left by Config Error (ann): Agent Group is not a positive whole number. Mend it.',
		]);
	});

	test('that were not sent since another was refused count to its cause, in its words', () => {
		const reports = [
			misconfigured('ann', 70009, 'The secret key does not belong to this SDKAppID.'),
			...Array.from({ length: 199 }, () => misconfigured('ann', 70009, 'Not sent, since ...')),
		];
		expect(messages(reports)).toEqual([
			'200 items left by Config Error (ann): The secret key does not belong to this SDKAppID. Mend it.',
		]);
	});

	test('for hundreds of causes are explained for three, and the others counted', () => {
		const reports = Array.from({ length: 300 }, (_, i) => misconfigured('', null, `Cause ${i}.`));
		const [message] = messages(reports);
		expect(message).toContain(
			'1 item left by Config Error: Cause 2. Mend it.<br>And 297 more causes: see the items.',
		);
		expect(message).not.toContain('Cause 10.');
		expect(messages(reports.slice(0, 3))[0]).not.toContain('more cause');
		expect(messages(reports.slice(0, 4))[0]).toContain('And 1 more cause: see the items.');
	});

	test('are told by their outcome where Single Output leaves no Config Error', () => {
		expect(messages([unknown('u1')], { singleOutput: true })).toEqual([
			'1 item ended as configurationError (u1): The user account does not exist. Mend it.',
		]);
	});

	test('are shown as they are, though the editor takes hints for HTML', () => {
		expect(messages([unknown('<b>&')])[0]).toContain('(&lt;b>&amp;): ');
	});
});

describe('user ids that look like a mistake', () => {
	test('are told, kind by kind, unless the user was contacted', () => {
		const busy = ['a@example.com', '+8613800138000', 'b@example.com', 'crm-1'].map((userId) =>
			reportOf({ outcome: 'agentUnavailable', userId }),
		);
		const contacted = reportOf({ userId: 'c@example.com' });
		const check = 'The node sent it unchanged. Check whether Desk knows the user by it.';
		expect(messages([...busy, contacted])).toEqual([
			`2 items (a@example.com, b@example.com): the User ID looks like an e-mail address. ${check}<br>1 item (+8613800138000): the User ID looks like a phone number. ${check}`,
		]);
	});

	test('stand in the same box as what left by Config Error', () => {
		expect(messages([unknown('a@example.com')])).toEqual([
			expect.stringMatching(
				/^1 item left by Config Error .*<br>1 item .* looks like an e-mail address\./,
			),
		]);
	});
});

test('whoever may have been contacted is named first, then who failed; what went well or may, gives none', () => {
	const others = OUTCOMES.filter((outcome) => outcome !== 'configurationError');
	const reports = others.map((outcome) => reportOf({ outcome, advice: 'Look.' }));
	expect(messages([unknown('u1'), ...reports])).toEqual([
		`1 of 6 items may have been contacted (user-1): Look.<br>1 item failed (user-1): ${reports[0].message} Look.<br>1 item left by Config Error (u1): The user account does not exist. Mend it.`,
	]);
	const quiet = reports.filter(({ outcome }) => !['unconfirmed', 'failed'].includes(outcome));
	expect(messages(quiet)).toEqual([]);
	expect(messages([reportOf({ outcome: 'failed', simulated: true })])).toEqual([
		'Simulate Only is on: nobody was contacted.',
	]);
});

test('users who already talk with an agent are counted, since a second test run meets them', () => {
	const talking = (userId: string) =>
		reportOf({ outcome: 'userUnavailable', errorCode: 141016, userId });
	expect(messages([talking('u1'), talking('u2'), reportOf({})])).toEqual([
		'2 of 3 items are already in a conversation with an agent (u1, u2), perhaps from your last test.',
	]);
});

test('a hint is a warning beside the output', () => {
	expect(runHints([unknown('u1')], settings())).toEqual([
		expect.objectContaining({ type: 'warning', location: 'outputPane' }),
	]);
});

describe('the empty item of Always Output Data', () => {
	const failed = reportOf({ outcome: 'agentUnavailable' });

	const on = { alwaysOutputData: true, isFirstEmpty: true };

	test.each([
		[false, 'Contacted'],
		[true, 'the first output'],
	])(
		'is explained where nothing leaves by the first output (Single Output: %s)',
		(singleOutput, first) => {
			expect(messages([failed], { ...on, singleOutput })).toEqual([
				`Nobody was contacted. An empty item on ${first} comes from the setting Always Output Data. Turn it off for this node.`,
			]);
		},
	);

	test('is not there when something leaves, or when the setting is off', () => {
		expect(messages([failed], { ...on, isFirstEmpty: false })).toEqual([]);
		expect(messages([failed], { ...on, alwaysOutputData: false })).toEqual([]);
	});
});

test('a tool has one output only, so nothing is said of outputs', () => {
	expect(messages([unknown('u1')], { mode: 'tool', alwaysOutputData: true })).toEqual([]);
});

describe('a User ID', () => {
	test.each<[string, string[]]>([
		['looks like an e-mail address', ['mia@example.com', 'mia.lee+crm@mail.example.co.uk']],
		[
			'looks like a phone number',
			[
				...['+8613800138000', '+86 138-0013-8000', '+49 (30) 1234567', '+1.555.123.4567'],
				...['(555) 123-4567', '555-123-4567', '555 123 4567', '138 0013 8000', '138-0013-8000'],
				'13800138000',
			],
		],
	])('%s', (looks, userIds) => {
		expect(userIds.filter((userId) => likelyMistake(userId) !== looks)).toEqual([]);
	});

	test('may well be what it is', () => {
		const userIds = [
			...['', 'crm-4711', '4711', '1234567890', '0000012345', '107525684321', '1700000000000'],
			...['7615917337495251231', '12800138000', '2024-10-01', '2024-10-01-0001', '@RBT#001'],
			...['550e8400-e29b-41d4-a716', '@customer_service_account', 'mia@home', 'mia @example.com'],
			...['+1234', '+user12345678', '555-123 4567', 'administrator'],
		];
		expect(userIds.filter((userId) => likelyMistake(userId) !== undefined)).toEqual([]);
	});
});

describe('a run of ten items', () => {
	/** On a clock of its own; what it told whom. */
	function startRun({ name = 'Contact User', broken = false } = {}) {
		const log: string[] = [];
		const browser: string[] = [];
		const customData = new Map<string, string>();
		let nowMs = 1000;
		const context = {
			getNode: () => ({ name }),
			logger: { info: (text: string) => log.push(text) },
			sendMessageToUI: (text: string) => {
				if (broken) throw new Error('nobody listens');
				browser.push(text);
			},
			getWorkflowDataProxy: () => ({ $execution: { customData } }),
		} as unknown as Parameters<typeof watchProgress>[0];
		const tell = watchProgress(context, 10, () => nowMs);
		const end = (atMs: number, reply = done) => {
			nowMs = 1000 + atMs;
			tell(endedBy(reply));
		};
		return { log, browser, customData, end };
	}

	test.each([
		['is over within 5 seconds', Array.from({ length: 10 }, (_, i) => 500 * i)],
		['waits for its last item alone, and is over', [...Array<number>(9).fill(100), 60_000]],
	])('that %s says nothing', (_what, ends) => {
		const { log, browser, customData, end } = startRun();
		for (const ms of ends) end(ms);
		expect([log, browser, [...customData]]).toEqual([[], [], []]);
	});

	test('tells log and browser every 5 seconds how far it is; from then on the custom data of the execution are true after every item', () => {
		const { log, browser, customData, end } = startRun();
		end(100);
		end(5000, timeOut);
		end(9999);
		end(10_000);
		end(10_001);
		const told = ['2 of 10 items done, 1 contacted', '4 of 10 items done, 3 contacted'];
		expect(log).toEqual(told.map((text) => `Contact User: ${text}`));
		expect(browser).toEqual(told);
		expect([...customData]).toEqual([['Contact_User', '5 of 10 items done, 4 contacted']]);
	});

	test.each([
		['Contact User 2', 'Contact_User_2'],
		['联系用户', '联系用户'],
		['a-b/c.d', 'a_b_c_d'],
	])('of a node named %s has the key %s, since n8n takes no other characters', (name, key) => {
		const { customData, end } = startRun({ name });
		end(5000);
		expect([...customData.keys()]).toEqual([key]);
	});

	test('does not fail for an n8n that cannot take a message', () => {
		const { log, end } = startRun({ broken: true });
		end(5000);
		end(10_000);
		expect(log).toHaveLength(2);
	});
});
