import fc from 'fast-check';

import { readContactRequest } from '../../../nodes/ContactUser/contactRequest';
import { anyText } from '../anyText';
import { read } from './parameters';

const requestOf = (fields: Record<string, unknown>) => {
	const reading = read(fields);
	return reading.ok ? reading.request : reading.problem.message;
};

describe('what may be sent', () => {
	test('a user and an account are enough', () => {
		expect(requestOf({})).toEqual({
			userId: 'user-1',
			customerServiceAccount: '@customer_service_account',
			agentGroup: null,
			agent: null,
		});
	});

	test('a group and an agent as well', () => {
		expect(requestOf({ agentGroup: '1001', agent: 'agent@example.com' })).toMatchObject({
			agentGroup: 1001,
			agent: 'agent@example.com',
		});
	});

	test.each([
		[7, '7'],
		[0, '0'],
		[13800138000, '13800138000'],
		[Number.MAX_SAFE_INTEGER, '9007199254740991'],
		[1.5, '1.5'],
	])('a user that is the number %p is sent as text', (userId, text) => {
		expect(requestOf({ userId })).toMatchObject({ userId: text });
	});

	test('blanks around a value are dropped, as spreadsheets and forms often add them', () => {
		const fields = {
			userId: ' user-1\n',
			customerServiceAccount: '\t@customer_service_account\u00a0',
			agentGroup: ' 1001 ',
			agent: ' agent@example.com ',
		};
		expect(requestOf(fields)).toEqual({
			userId: 'user-1',
			customerServiceAccount: '@customer_service_account',
			agentGroup: 1001,
			agent: 'agent@example.com',
		});
	});

	const UNSEEN = [
		...['\u200b', '\u200c', '\u200d', '\u200e', '\u200f', '\ufeff', '\u2060', '\u00a0', '\u3000'],
		...[
			'\u202a',
			'\u202e',
			'\u2066',
			'\u2069',
			'\u00ad',
			'\u2028',
			'\u2800',
			'\u3164',
			'\u{e0020}',
		],
	];
	test.each(UNSEEN.map((unseen) => [unseen.codePointAt(0)?.toString(16), unseen]))(
		'U+%s is dropped at the ends and named inside',
		(number, unseen) => {
			const around = `${unseen}\t${unseen}7${unseen} ${unseen}`;
			const fields = { customerServiceAccount: around, agentGroup: around, agent: around };
			expect(requestOf({ userId: around, ...fields })).toEqual({
				userId: '7',
				customerServiceAccount: '7',
				agentGroup: 7,
				agent: '7',
			});
			expect(requestOf({ userId: `crm${unseen}1` })).toBe(
				`User ID has characters other than letters, digits and signs without accents: U+${number?.toUpperCase().padStart(4, '0')}, which cannot be seen, so nothing was sent.`,
			);
		},
	);

	test('megabytes of blanks inside a value cost no time', () => {
		expect(requestOf({ userId: `a${'\u200b'.repeat(2_000_000)}b` })).toMatch(
			/longer than 32 bytes/,
		);
		expect(requestOf({ userId: `${'\u200b'.repeat(200_000)}b` })).toMatchObject({ userId: 'b' });
	});

	test('a blank inside a UserID is part of it', () => {
		expect(requestOf({ userId: 'user 1' })).toMatchObject({ userId: 'user 1' });
	});

	test.each([
		['id of 32 bytes', 'a'.repeat(32)],
		['signs', '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'],
	])('%s', (_name, userId) => {
		expect(requestOf({ userId })).toMatchObject({ userId });
	});

	test.each([
		['1', 1],
		[1, 1],
		['0012', 12],
		[123456789, 123456789],
		['9007199254740991', Number.MAX_SAFE_INTEGER],
	])('the agent group %p', (agentGroup, number) => {
		expect(requestOf({ agentGroup })).toMatchObject({ agentGroup: number });
	});

	test.each([[''], ['  '], [null], [undefined]])(
		'an agent group or agent that is %p is left to Desk',
		(empty) => {
			expect(requestOf({ agentGroup: empty, agent: empty })).toMatchObject({
				agentGroup: null,
				agent: null,
			});
		},
	);

	test('an agent with a mail of 254 characters', () => {
		const agent = `${'a'.repeat(242)}@example.com`;
		expect(requestOf({ agent })).toMatchObject({ agent });
	});
});

describe('anything at all', () => {
	const LABELS = /^(User ID|Customer Service Account|Agent Group|Agent) (is|has|could not be read)/;
	const plausible = fc.oneof(fc.string({ minLength: 1, maxLength: 30 }), fc.integer());
	const anything = fc.oneof(fc.anything(), anyText(300), fc.double(), fc.bigInt(), fc.date());
	const value = fc.oneof(
		{ weight: 4, arbitrary: plausible },
		{ weight: 1, arbitrary: fc.constant('') },
		{ weight: 2, arbitrary: anything },
	);
	const reading = fc.oneof(
		{ weight: 9, arbitrary: fc.record({ value }) },
		{ weight: 1, arbitrary: fc.record({ unreadable: fc.string() }) },
	);

	test('is a request within the limits or a refusal that names a parameter', () => {
		const seen = { requests: 0, refusals: 0 };
		fc.assert(
			fc.property(reading, reading, reading, reading, (userId, account, agentGroup, agent) => {
				const result = readContactRequest({
					userId,
					customerServiceAccount: account,
					agentGroup,
					agent,
				});
				if (result.ok) {
					seen.requests++;
					const { request } = result;
					expect(request.userId).toMatch(/^[\x20-\x7e]{1,32}$/);
					expect(request.customerServiceAccount).toMatch(/^[\x20-\x7e]{1,32}$/);
					expect(request.agent ?? 'a').toMatch(/^[\x20-\x7e]{1,254}$/);
					const group = request.agentGroup ?? 1;
					expect(Number.isSafeInteger(group) && group > 0).toBe(true);
				} else {
					seen.refusals++;
					const { request: echo, problem } = result;
					expect(problem.message).toMatch(LABELS);
					expect(problem.message).toMatch(/, so nothing was sent\.$/);
					expect(problem.message.length).toBeLessThan(300);
					expect(problem.advice).toMatch(/\.$/);
					expect(Array.from(echo.userId).length).toBeLessThanOrEqual(64);
					expect(Array.from(echo.customerServiceAccount).length).toBeLessThanOrEqual(64);
					expect(echo.userId).not.toMatch(/\p{Cc}/u);
				}
			}),
			{ numRuns: 1000 },
		);
		expect(seen.requests).toBeGreaterThan(20);
		expect(seen.refusals).toBeGreaterThan(20);
	});
});
