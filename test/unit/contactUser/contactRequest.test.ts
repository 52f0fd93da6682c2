import fc from 'fast-check';

import {
	contactBody,
	readContactRequest,
	sessionBody,
	type ContactParameters,
} from '../../../nodes/ContactUser/contactRequest';
import { anyText } from '../anyText';

const GOOD = {
	userId: 'user-1',
	customerServiceAccount: '@customer_service_account',
	agentGroup: '',
	agent: '',
};

/** Parameters as n8n gave them: a value each. */
const values = (fields: Record<string, unknown>): ContactParameters => {
	const { userId, customerServiceAccount, agentGroup, agent } = { ...GOOD, ...fields };
	return {
		userId: { value: userId },
		customerServiceAccount: { value: customerServiceAccount },
		agentGroup: { value: agentGroup },
		agent: { value: agent },
	};
};

const read = (fields: Record<string, unknown>) => readContactRequest(values(fields));

const requestOf = (fields: Record<string, unknown>) => {
	const reading = read(fields);
	return reading.ok ? reading.request : reading.refusal.message;
};

const messageOf = (fields: Record<string, unknown>): string => {
	const reading = read(fields);
	return reading.ok ? 'accepted' : reading.refusal.message;
};

const echoOf = (fields: Record<string, unknown>) => {
	const reading = read(fields);
	if (reading.ok) throw new Error('accepted');
	return reading.echo;
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

const TWO_MEGABYTES = 'x'.repeat(2 * 1024 * 1024);

describe('what cannot be right is refused, with the name of the parameter', () => {
	test.each<[string, Record<string, unknown>, string]>([
		['an empty user', { userId: '' }, 'User ID is empty'],
		['a blank user', { userId: ' \t\n' }, 'User ID is empty'],
		['no user', { userId: null }, 'User ID is empty'],
		['an undefined user', { userId: undefined }, 'User ID is empty'],
		['an object as user', { userId: { id: 'a' } }, 'User ID is neither a text nor a number'],
		['a list as user', { userId: ['a'] }, 'User ID is neither a text nor a number'],
		['true as user', { userId: true }, 'User ID is neither a text nor a number'],
		['a large integer as user', { userId: 2n }, 'User ID is neither a text nor a number'],
		['a user of 33 bytes', { userId: 'a'.repeat(33) }, 'User ID is longer than 32 bytes'],
		['a user of 11 Chinese signs', { userId: '用'.repeat(11) }, 'User ID is longer than 32 bytes'],
		['NUL in a user', { userId: 'a\u0000b' }, 'User ID has characters other than printable ASCII'],
		[
			'a line end in a user',
			{ userId: 'a\nb' },
			'User ID has characters other than printable ASCII',
		],
		['an emoji as user', { userId: 'a🙂' }, 'User ID has characters other than printable ASCII'],
		['half an emoji', { userId: '\ud83d' }, 'User ID has characters other than printable ASCII'],
		['a number that lost digits', { userId: 2 ** 53 }, 'User ID is a number too large to be exact'],
		['an infinite number', { userId: Infinity }, 'User ID is a number too large to be exact'],
		['a blank account', { customerServiceAccount: ' ' }, 'Customer Service Account is empty'],
		['no account', { customerServiceAccount: undefined }, 'Customer Service Account is empty'],
		[
			'a long account',
			{ customerServiceAccount: 'a'.repeat(33) },
			'Customer Service Account is longer than 32 bytes',
		],
		['an object as group', { agentGroup: {} }, 'Agent Group is neither a text nor a number'],
		['an agent of 255 bytes', { agent: 'a'.repeat(255) }, 'Agent is longer than 254 bytes'],
		['an emoji as agent', { agent: '🙂' }, 'Agent has characters other than printable ASCII'],
		['an object as agent', { agent: {} }, 'Agent is neither a text nor a number'],
	])('%s', (_name, fields, words) => {
		expect(messageOf(fields)).toBe(`${words}, so nothing was sent`);
	});

	test.each([
		0,
		'0',
		'000',
		-1,
		'-1',
		1.5,
		'1.5',
		'1,5',
		'abc',
		'1001a',
		'0x10',
		'1e3',
		'+5',
		'1 001',
		'9007199254740992',
		'99999999999999999999',
		true,
		[1001],
	])('the agent group %p', (agentGroup) => {
		expect(messageOf({ agentGroup })).toMatch(/^Agent Group .*, so nothing was sent$/);
	});

	test.each([0, '-1', '1.5', 'abc'])(
		'the agent group %p is told to be no positive number',
		(agentGroup) => {
			expect(messageOf({ agentGroup })).toBe(
				'Agent Group is not a positive whole number, so nothing was sent',
			);
		},
	);

	test('2 MB of text, without a copy of it', () => {
		expect(messageOf({ userId: TWO_MEGABYTES })).toMatch(/^User ID is longer than 32 bytes/);
		expect(messageOf({ agentGroup: TWO_MEGABYTES })).toMatch(
			/^Agent Group is longer than 32 bytes/,
		);
		expect(messageOf({ agent: TWO_MEGABYTES })).toMatch(/^Agent is longer than 254 bytes/);
		expect(JSON.stringify(read({ userId: TWO_MEGABYTES })).length).toBeLessThan(500);
	});

	test('a parameter that n8n itself could not read, with its reason cut short', () => {
		const reading = readContactRequest({
			...values({}),
			userId: { unreadable: `Referenced node doesn't exist ${'x'.repeat(5000)}` },
		});
		if (reading.ok) throw new Error('accepted');
		expect(reading.refusal.message).toMatch(
			/^User ID could not be read from the item \(Referenced node doesn't exist x+\), so nothing was sent$/,
		);
		expect(reading.refusal.message.length).toBeLessThan(300);
		expect(reading.echo.userId).toBe('');
	});

	test('of several, the first in the order of the editor is named', () => {
		expect(messageOf({ userId: '', agentGroup: 'abc' })).toMatch(/^User ID /);
		expect(messageOf({ agentGroup: 'abc', agent: '🙂' })).toMatch(/^Agent Group /);
	});
});

describe('a refusal still tells which user was meant', () => {
	test('by all that could be read', () => {
		expect(echoOf({ agentGroup: 'abc', agent: 'agent@example.com' })).toEqual({
			userId: 'user-1',
			customerServiceAccount: '@customer_service_account',
			agentGroup: null,
			agent: 'agent@example.com',
		});
	});

	test('by the start of a text that is too long, without signs that cannot be shown', () => {
		expect(echoOf({ userId: TWO_MEGABYTES }).userId).toBe('x'.repeat(64));
		expect(echoOf({ userId: 'a\u0000b\n\u007fc' }).userId).toBe('abc');
		expect(echoOf({ userId: '🙂'.repeat(100) }).userId).toBe('🙂'.repeat(64));
	});

	test('by nothing when it is no text', () => {
		expect(echoOf({ userId: { id: 'a' } }).userId).toBe('');
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
					const { echo, refusal } = result;
					expect(refusal.message).toMatch(LABELS);
					expect(refusal.message.length).toBeLessThan(300);
					expect(refusal.advice).toMatch(/\.$/);
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

describe('the body of a request', () => {
	const request = {
		userId: 'user-1',
		customerServiceAccount: '@account',
		agentGroup: null,
		agent: null,
	};

	test('has both spellings of the vendor, with the same value', () => {
		expect(contactBody(request, 'both')).toEqual({
			IMAgentUserID: '@account',
			ClientUserID: 'user-1',
			IMAgentUserId: '@account',
			ClientUserId: 'user-1',
		});
	});

	test('has only the spelling of the sample, or only that of the table, when asked for', () => {
		expect(contactBody(request, 'sample')).toEqual({
			IMAgentUserID: '@account',
			ClientUserID: 'user-1',
		});
		expect(contactBody(request, 'table')).toEqual({
			IMAgentUserId: '@account',
			ClientUserId: 'user-1',
		});
	});

	test('has the group as a number and the agent when they were given', () => {
		const asked = { ...request, agentGroup: 1001, agent: 'agent@example.com' };
		expect(contactBody(asked, 'sample')).toEqual({
			IMAgentUserID: '@account',
			ClientUserID: 'user-1',
			GroupId: 1001,
			MemberId: 'agent@example.com',
		});
	});

	test('that asks for the session names the user and the account', () => {
		expect(sessionBody(request)).toEqual({ ClientUserId: 'user-1', CustomerServiceId: '@account' });
	});
});
