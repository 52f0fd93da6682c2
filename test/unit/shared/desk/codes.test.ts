import fc from 'fast-check';

import { credentialRefusalIn, judge } from '../../../../nodes/ContactUser/contact/verdict';
import { contactCodes, describeContactCode } from '../../../../nodes/ContactUser/contactCommand';
import { gatewayCodes } from '../../../../nodes/shared/desk/codes';
import { rateLimitIn } from '../../../../nodes/shared/desk/reply';
import { CODES } from '../../../codes';

const judgeCode = (errorCode: number) =>
	judge({ kind: 'answer', errorCode, errorInfo: 'text of Tencent', body: {}, retryAfterMs: 1234 });

test.each(CODES)('%d (%s)', (code, _meaning, expected) => {
	const verdict = judgeCode(code);
	const { whateverCommand: _ofOtherCommands, ...ofContactUser } = expected;
	expect({
		outcome: verdict.result.outcome,
		retryLater: verdict.result.retryLater,
		next: verdict.next,
		...('rateLimited' in verdict ? { rateLimited: verdict.rateLimited } : {}),
	}).toEqual(ofContactUser);
	expect(verdict.result).toMatchObject({
		errorCode: code,
		errorInfo: 'text of Tencent',
		assignedAgent: null,
	});
	if (verdict.next === 'resend') expect(verdict.retryAfterMs).toBe(1234);
	const reply = { kind: 'answer' as const, errorCode: code, errorInfo: '', body: {} };
	const limited = { ...reply, retryAfterMs: 1234 };
	expect(rateLimitIn(limited)).toBe(expected.rateLimited ? limited : undefined);
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

test('codes that ask for different remedies have different words', () => {
	const causes = [
		141000, 141004, 141010, 141014, 141015, 141018, 141019, 60006, 60010, 60020, 60021,
	];
	const more = [60026, 70001, 70009, 70050, 80003, 141001, 141003, 141011, 141012, 141013, 141016];
	const messages = [...causes, ...more].map((code) => describeContactCode(code).message);
	expect(new Set(messages).size).toBe(messages.length);
});

test('a code that no table knows is told with its number', () => {
	expect(describeContactCode(141006).message).toContain('141006');
});

test('the tables of the node have the codes of this list, and no others', () => {
	const inList = CODES.filter(
		([, , { next, outcome }]) => next !== 'report' || outcome !== 'failed',
	);
	const [first, last] = [120001, 130000];
	const ofTables = inList.map(([code]) => code).filter((code) => code < first || code > last);
	const known = new Set([...gatewayCodes(), ...contactCodes()].map(([code]) => code));
	// 80003 is `failed` at once, and yet known.
	expect([...known].sort()).toEqual([...ofTables, 80003].sort());
});

test('a code that any command may answer says nothing of contacts', () => {
	for (const [, { message, advice }] of gatewayCodes()) {
		expect(`${message} ${advice}`).not.toMatch(/contact|Requests per Second|Agent|workbench/i);
	}
});

test('any number at all has a description, and none but the codes above stops an application', () => {
	const stopping = new Set(
		CODES.filter(([, , { next }]) => next === 'stopApp').map(([code]) => code),
	);
	fc.assert(
		fc.property(fc.oneof(fc.integer(), fc.integer({ min: 10000, max: 150000 })), (code) => {
			const { class: codeClass, message, advice } = describeContactCode(code);
			const stops = codeClass === 'app' || codeClass === 'credential';
			expect(stops).toBe(stopping.has(code));
			expect(message).toMatch(/\.$/);
			if (code !== 141016) expect(advice).toMatch(/\.$/);
		}),
		{ numRuns: 400 },
	);
});
