import { runHints, type HintSettings } from '../../../nodes/ContactUser/hints';
import type { ContactReport } from '../../../nodes/ContactUser/report';
import { OUTCOMES, reportOf } from './contacts';

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

test('whoever may have been contacted is named first, and no other outcome gives a hint', () => {
	const others = OUTCOMES.filter((outcome) => outcome !== 'configurationError');
	const reports = others.map((outcome) => reportOf({ outcome, advice: 'Look.' }));
	expect(messages([unknown('u1'), ...reports])).toEqual([
		'1 of 6 items may have been contacted (user-1): Look.<br>1 item left by Config Error (u1): The user account does not exist. Mend it.',
	]);
	expect(messages(reports.filter(({ outcome }) => outcome !== 'unconfirmed'))).toEqual([]);
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
	const failed = reportOf({ outcome: 'failed' });

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
