import { readContactRequest } from '../../../nodes/ContactUser/contactRequest';
import { parametersWith, read } from './parameters';

const messageOf = (fields: Record<string, unknown>): string => {
	const reading = read(fields);
	return reading.ok ? 'accepted' : reading.problem.message;
};

const adviceOf = (fields: Record<string, unknown>): string => {
	const reading = read(fields);
	return reading.ok ? 'accepted' : reading.problem.advice;
};

const echoOf = (fields: Record<string, unknown>) => {
	const reading = read(fields);
	if (reading.ok) throw new Error('accepted');
	return reading.request;
};

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
		[
			'NUL in a user',
			{ userId: 'a\u0000b' },
			'User ID has characters other than letters, digits and signs without accents: U+0000, which cannot be seen',
		],
		[
			'a line end in a user',
			{ userId: 'a\nb' },
			'User ID has characters other than letters, digits and signs without accents: U+000A, which cannot be seen',
		],
		[
			'an emoji as user',
			{ userId: 'a🙂' },
			'User ID has characters other than letters, digits and signs without accents',
		],
		[
			'half an emoji',
			{ userId: '\ud83d' },
			'User ID has characters other than letters, digits and signs without accents: U+D83D, which cannot be seen',
		],
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
		[
			'an emoji as agent',
			{ agent: '🙂' },
			'Agent has characters other than letters, digits and signs without accents',
		],
		['an object as agent', { agent: {} }, 'Agent is neither a text nor a number'],
		['a word for no agent', { agent: ' None ' }, 'Agent is "None", which names nobody'],
	])('%s', (_name, fields, words) => {
		expect(messageOf(fields)).toBe(`${words}, so nothing was sent.`);
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
		expect(messageOf({ agentGroup })).toMatch(/^Agent Group .*, so nothing was sent\.$/);
	});

	test.each([0, '-1', '1.5', 'abc'])(
		'the agent group %p is told to be no positive number',
		(agentGroup) => {
			expect(messageOf({ agentGroup })).toBe(
				'Agent Group is not a positive whole number, so nothing was sent.',
			);
		},
	);

	test.each(['none', 'nil', 'any', 'anyone', 'n/a'])(
		'the agent %p, as models write for nobody in particular',
		(agent) => {
			expect(messageOf({ agent })).toMatch(/^Agent is .*, so nothing was sent\.$/);
			expect(messageOf({ agent: `${agent}@example.com` })).toBe('accepted');
			expect(messageOf({ userId: agent })).toBe('accepted');
		},
	);

	test.each(['undefined', 'null', 'NULL', 'NaN', 'nan', '[object Object]', ' [object Object] '])(
		'%p, which broken expressions give in place of a user, an account or an agent',
		(word) => {
			const fault = `is "${word.trim()}", which names nobody, so nothing was sent.`;
			expect(messageOf({ userId: word })).toBe(`User ID ${fault}`);
			expect(messageOf({ customerServiceAccount: word })).toBe(`Customer Service Account ${fault}`);
			expect(messageOf({ agent: word })).toBe(`Agent ${fault}`);
			expect(adviceOf({ userId: word })).toMatch(
				/expression: it returns a whole object, or names a field/,
			);
			expect(messageOf({ userId: `${word.trim()}-1` })).toBe(
				word.includes('[object Object]')
					? 'User ID holds "[object Object]", which names nobody, so nothing was sent.'
					: 'accepted',
			);
		},
	);

	test('an empty user, with the usual cause: a misspelt field', () => {
		for (const userId of ['', '  ', null, undefined, '\u200b']) {
			expect(messageOf({ userId })).toBe('User ID is empty, so nothing was sent.');
			expect(adviceOf({ userId })).toMatch(/name of the field .* no field of that name/);
		}
		expect(adviceOf({ customerServiceAccount: '' })).toMatch(
			/^Choose the customer service account/,
		);
	});

	test('2 MB of text, without a copy of it', () => {
		expect(messageOf({ userId: TWO_MEGABYTES })).toMatch(/^User ID is longer than 32 bytes/);
		expect(messageOf({ agentGroup: TWO_MEGABYTES })).toMatch(
			/^Agent Group is longer than 254 bytes/,
		);
		expect(messageOf({ agent: TWO_MEGABYTES })).toMatch(/^Agent is longer than 254 bytes/);
		expect(JSON.stringify(read({ userId: TWO_MEGABYTES })).length).toBeLessThan(500);
	});

	test('a parameter that n8n itself could not read, with its reason cut short', () => {
		const readWith = (unreadable: string) => {
			const reading = readContactRequest({ ...parametersWith({}), userId: { unreadable } });
			if (reading.ok) throw new Error('accepted');
			return reading;
		};
		expect(readWith('invalid syntax').problem.advice).toMatch(/^Enter the UserID of a user/);
		const reading = readWith(`Referenced node doesn't exist ${'x'.repeat(5000)}`);
		expect(reading.problem.message).toMatch(
			/^User ID could not be read from the item \(Referenced node doesn't exist x+\), so nothing was sent\.$/,
		);
		expect(reading.problem.message.length).toBeLessThan(300);
		expect(reading.problem.advice).toMatch(
			/^Check the name of the node .+ n8n's own Agents, no other node can be named\. .+ Require approval\.$/,
		);
		expect(reading.request.userId).toBe('');
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

	test('by the start of a text that is too long', () => {
		expect(echoOf({ userId: TWO_MEGABYTES }).userId).toBe('x'.repeat(64));
		expect(echoOf({ userId: '🙂'.repeat(100) }).userId).toBe('🙂'.repeat(64));
	});

	test('with what cannot be seen by its number', () => {
		expect(echoOf({ userId: 'a\u0000b\nc' }).userId).toBe('a(U+0000)b(U+000A)c');
		expect(echoOf({ userId: 'crm\u200b1 \u202e2' }).userId).toBe('crm(U+200B)1 (U+202E)2');
		expect(echoOf({ userId: '\u200b'.repeat(100) + 'a'.repeat(33) }).userId).toHaveLength(64);
	});

	test.each<[unknown, string]>([
		[{ id: 'a' }, '{"id":"a"}'],
		[['x'], '["x"]'],
		[true, 'true'],
		[false, 'false'],
		// As JavaScript has it: the last digits were lost on the way here.
		[Number('7615917337495251231'), '7615917337495251000'],
		[2n, '2'],
		[NaN, 'NaN'],
		[{ text: 'x'.repeat(100) }, `{"text":"${'x'.repeat(55)}`],
	])('by what came as JSON when it is no text: %p', (value, echo) => {
		expect(echoOf({ userId: value }).userId).toBe(echo);
		expect(echoOf({ userId: '', customerServiceAccount: value }).customerServiceAccount).toBe(echo);
		expect(echoOf({ userId: '', agent: value }).agent).toBe(echo);
	});

	test('by its kind when it will not become JSON', () => {
		const refusing = {
			toJSON: () => {
				throw new Error('no');
			},
		};
		expect(echoOf({ userId: refusing }).userId).toBe('object');
	});

	test('by nothing where nothing came', () => {
		expect(echoOf({ userId: undefined, agent: null })).toMatchObject({ userId: '', agent: null });
	});
});
