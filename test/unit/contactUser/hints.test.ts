import { runHints } from '../../../nodes/ContactUser/hints';
import { OUTCOMES, reportOf } from './endings';

const misconfigured = (errorCode: number | null, message: string) =>
	reportOf({ outcome: 'configurationError', errorCode, message, advice: 'Mend it.' });

const messages = (...reports: ReturnType<typeof reportOf>[]) =>
	runHints(reports, false).map(({ message }) => message);

test('one hint per cause, with how many items it struck', () => {
	const hints = messages(
		misconfigured(141015, 'The user account does not exist.'),
		reportOf({}),
		misconfigured(null, 'User ID is empty.'),
		misconfigured(141015, 'The user account does not exist.'),
		misconfigured(null, 'Agent Group is empty.'),
	);
	expect(hints).toEqual([
		'2 items left by Configuration Error: The user account does not exist. Mend it.',
		'1 item left by Configuration Error: User ID is empty. Mend it.',
		'1 item left by Configuration Error: Agent Group is empty. Mend it.',
	]);
});

test('items that were not sent since another was refused count to its cause, in its words', () => {
	const hints = messages(
		misconfigured(70009, 'The secret key does not belong to this SDKAppID.'),
		...Array.from({ length: 199 }, () => misconfigured(70009, 'Not sent, since ...')),
	);
	expect(hints).toEqual([
		'200 items left by Configuration Error: The secret key does not belong to this SDKAppID. Mend it.',
	]);
});

test('no other outcome gives a hint', () => {
	const others = OUTCOMES.filter((outcome) => outcome !== 'configurationError');
	expect(messages(...others.map((outcome) => reportOf({ outcome })))).toEqual([]);
});

test('a batch with hundreds of causes gives ten hints', () => {
	const causes = Array.from({ length: 300 }, (_, i) => misconfigured(null, `Cause ${i}.`));
	expect(messages(...causes)).toHaveLength(10);
});

test('hints are warnings beside the output', () => {
	expect(runHints([misconfigured(141015, 'It is so.')], false)).toEqual([
		expect.objectContaining({ type: 'warning', location: 'outputPane' }),
	]);
});

describe('the empty item that Always Output Data puts on Contacted', () => {
	test('is explained when nobody was contacted', () => {
		const hints = runHints([reportOf({ outcome: 'agentUnavailable' })], true);
		expect(hints).toEqual([
			expect.objectContaining({
				message: expect.stringMatching(/^Nobody was contacted\..*Always Output Data/),
			}),
		]);
	});

	test('is not there when somebody was, or when the setting is off', () => {
		const failed = reportOf({ outcome: 'failed' });
		expect(runHints([failed, reportOf({})], true)).toEqual([]);
		expect(runHints([failed], false)).toEqual([]);
	});
});
