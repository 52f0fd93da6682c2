import fc from 'fast-check';

import { credentialRefusalIn, judge } from '../../../../nodes/ContactUser/contact/verdict';
import { appRefusals, describeCode } from '../../../../nodes/shared/api/gatewayCodes';
import { CODES } from './codeTable';

const judgeCode = (errorCode: number) =>
	judge({ kind: 'answer', errorCode, errorInfo: 'text of Tencent', body: {}, retryAfterMs: 1234 });

test.each(CODES)('%d (%s)', (code, _meaning, expected) => {
	const verdict = judgeCode(code);
	const { whateverCommand: _ofOtherCommands, ...ofContactUser } = expected;
	expect({
		outcome: verdict.finding.outcome,
		retryLater: verdict.finding.retryLater,
		next: verdict.next,
		...('rateLimited' in verdict ? { rateLimited: verdict.rateLimited } : {}),
	}).toEqual(ofContactUser);
	expect(verdict.finding).toMatchObject({
		errorCode: code,
		errorInfo: 'text of Tencent',
		assignedAgent: null,
	});
	if (verdict.next === 'resend') expect(verdict.retryAfterMs).toBe(1234);
});

test('what refuses only contact_user, such as a missing right, stops nothing when another command is refused by it', () => {
	for (const [code, , expected] of CODES) {
		const reply = { kind: 'answer' as const, errorCode: code, errorInfo: '', body: {} };
		expect([code, credentialRefusalIn(reply) !== undefined]).toEqual([
			code,
			expected.whateverCommand === true,
		]);
	}
});

test('the table above has each code once', () => {
	expect(new Set(CODES.map(([code]) => code)).size).toBe(CODES.length);
});

test('every code has one sentence of what happened and one of what to do, apart from the text of Tencent', () => {
	for (const [code] of CODES) {
		const { message, advice } = describeCode(code);
		expect(message).toMatch(/^[A-Z][^.]*\.$/);
		// With 141016 an agent is with the user already: nothing is to be done.
		expect(advice).toMatch(code === 141016 ? /^$/ : /^[A-Z][^.]*\.$/);
		expect(message).not.toBe(advice);
	}
});

test('codes that ask for different remedies have different words', () => {
	const causes = [
		141000, 141004, 141010, 141014, 141015, 141018, 141019, 60006, 60010, 60020, 60021,
	];
	const more = [60026, 70001, 70009, 70050, 80003, 141001, 141003, 141011, 141012, 141013, 141016];
	const messages = [...causes, ...more].map((code) => describeCode(code).message);
	expect(new Set(messages).size).toBe(messages.length);
});

test('a code that no table knows is told with its number', () => {
	expect(describeCode(141006).message).toContain('141006');
});

test('the credential test knows the codes that refuse every request of an application, and no others', () => {
	const expected = CODES.filter(([, , { next }]) => next === 'stopApp').map(([code]) => code);
	const known = appRefusals().map(([code]) => code);
	expect([...known].sort()).toEqual([...expected].sort());
	for (const [code, meaning] of appRefusals()) expect(meaning).toEqual(describeCode(code));
});

test('any number at all has a description, and none but the codes above stops an application', () => {
	const stopping = new Set(appRefusals().map(([code]) => code));
	fc.assert(
		fc.property(fc.oneof(fc.integer(), fc.integer({ min: 10000, max: 150000 })), (code) => {
			const { class: codeClass, message, advice } = describeCode(code);
			const stops = codeClass === 'appRefusal' || codeClass === 'credentialRefusal';
			expect(stops).toBe(stopping.has(code));
			expect(message).toMatch(/\.$/);
			if (code !== 141016) expect(advice).toMatch(/\.$/);
		}),
		{ numRuns: 400 },
	);
});
