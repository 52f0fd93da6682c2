import { runHints } from '../../../../nodes/ContactUser/output/hints';
import { OUTCOMES, reportOf } from '../contact/resultOf';

const AS_EVER = { mode: 'continue', alwaysOutputData: false } as const;
const ALWAYS = { mode: 'continue', alwaysOutputData: true } as const;

const misconfigured = (errorCode: number | null, message: string) =>
	reportOf({ outcome: 'configurationError', errorCode, message, advice: 'Mend it.' });

const messages = (...reports: ReturnType<typeof reportOf>[]) =>
	runHints(reports, AS_EVER).map(({ message }) => message);

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

test('a batch with hundreds of causes gives ten hints and one that there are more', () => {
	const causes = Array.from({ length: 300 }, (_, i) => misconfigured(null, `Cause ${i}.`));
	const hints = messages(...causes);
	expect(hints).toHaveLength(11);
	expect(hints[10]).toBe('And 290 more causes: see the items on Configuration Error.');
	expect(messages(...causes.slice(0, 10))).toHaveLength(10);
});

test('hints are warnings beside the output', () => {
	expect(runHints([misconfigured(141015, 'It is so.')], AS_EVER)).toEqual([
		expect.objectContaining({ type: 'warning', location: 'outputPane' }),
	]);
});

describe('the empty item that Always Output Data puts on Contacted', () => {
	test('is explained when nobody was contacted', () => {
		const hints = runHints([reportOf({ outcome: 'agentUnavailable' })], ALWAYS);
		expect(hints).toEqual([
			expect.objectContaining({
				message: expect.stringMatching(/^Nobody was contacted\..*Always Output Data/),
			}),
		]);
	});

	test('is not there when somebody was, or when the setting is off', () => {
		const failed = reportOf({ outcome: 'failed' });
		expect(runHints([failed, reportOf({})], ALWAYS)).toEqual([]);
		expect(runHints([failed], AS_EVER)).toEqual([]);
	});
});

test('a tool has one output only, so nothing is said of outputs', () => {
	const reports = [misconfigured(141015, 'It is so.')];
	expect(runHints(reports, { mode: 'tool', alwaysOutputData: true })).toEqual([]);
});
